import CoSim
import Engine
import Foundation
import Golden
import Network
import Testing
import Verification

/// Law: an accelerator's outputs are its twin's in every cycle, whatever the host does, and what it sends are the results of
/// the network's integer inference.
@Suite struct AcceleratorTests {
    private static let engines: [Engine.NetworkEngine] = [
        with { _ in },
        with {
            ($0.rows, $0.columns, $0.banks) = (2000, 40, 3)
            ($0.activationBits, $0.planeLanes, $0.weightBits) = (5, 2, 4)
            ($0.pixels, $0.pixelLanes, $0.wordCodes) = (8, 2, 7)
        },
        with {
            ($0.rows, $0.columns, $0.banks, $0.phases.evaluate) = (2000, 100, 1, 3)
            ($0.activationBits, $0.planeLanes, $0.weightBits) = (4, 4, 2)
            ($0.pixels, $0.pixelLanes, $0.wordCodes, $0.depth) = (1, 1, 1, 3000)
        },
    ]

    /// With pauses on every channel, faults of all kinds and resets; every kind of error comes, and no image is wrong.
    @Test(arguments: [0, 1, 2]) func agreesWithItsTwin(engine: Int) throws {
        _ = Scratch.folder
        let design = try CheckedDesign(AcceleratorPair.self, Engine.Accelerator(Self.engines[engine]))
        let library = try ModelLibrary(source: design.source, options: BuildOptions())
        var errors: Set<Golden.HostError> = []
        var (images, resets) = (0, 0)
        for seed: UInt64 in [1, 2] {
            var driver = try AcceleratorPair.driver(of: design.hardware, seed: seed, upsetRate: 0)
            let lockstep = try Lockstep(
                Model(library, seed: seed), twin: AcceleratorPair.twin(of: design.hardware), idle: driver.idle)
            for _ in 0..<300 {
                let before = lockstep.twin.count(.packets)
                try lockstep.run(&driver, cycles: 100)
                errors.insert(lockstep.twin.lastError)
                if lockstep.twin.count(.packets) < before { resets += 1 }
            }
            #expect(driver.wrongImages == 0 && driver.wrongAnswers == 0, "engine \(engine), seed \(seed)")
            images += driver.checkedImages
        }
        #expect(images >= 4 && resets > 0, "engine \(engine): \(images) images, \(resets) resets")
        let wanted: Set<Golden.HostError> = [
            .unknownTarget, .outsideMemory, .tooShort, .tooLong, .memoryInUse, .startWhileBusy,
        ]
        #expect(errors.isSuperset(of: wanted), "engine \(engine): \(errors)")
    }

    /// Bits that read wrong come to the same senses as without the host interface.
    @Test func runsImagesAsTheEngineDoes() throws {
        _ = Scratch.folder
        let engine = Self.engines[1]
        let parameters = Golden.NetworkEngine.Parameters(engine)
        var networks = RandomNetwork(random: StimulusRandom(seed: 5), parameters)
        var random = StimulusRandom(seed: 6)
        for _ in 0..<3 {
            let network = try networks.draw().network
            let mapping = try NetworkMapping(network, parameters)
            var host = try HostRun(network, on: engine, seed: 4, upsetRate: 0.01)
            var direct = try NetworkRun(network, on: engine, seed: 4, upsetRate: 0.01)
            for image in 1...2 {
                let codes = (0..<network.input.features).map { _ in
                    UInt8(random.below(network.input.largestCode + 1))
                }
                let (found, expected) = (try host.run(codes), try direct.run(codes))
                #expect(found.result == expected.result)
                #expect(found.cycles == expected.cycles && found.senses == expected.senses)
                #expect(found.upsets == expected.upsets)
                // Counters say what the mapper predicts.
                #expect(host.count(.images) == image)
                #expect(host.count(.cycles) == image * mapping.cycles)
                #expect(host.count(.senses) == image * mapping.senses)
                #expect(host.count(.skippedSenses) == 0 && host.count(.errors) == 0)
                #expect(host.count(.windowStalls) == image * mapping.layers.reduce(0) { $0 + $1.windowStalls })
                #expect(host.count(.bankStalls) == image * mapping.layers.reduce(0) { $0 + $1.bankStalls })
            }
        }
    }

    /// Where zeros are skipped, senses and skipped senses are the rows that are stored.
    @Test func countsSkippedSenses() throws {
        _ = Scratch.folder
        let engine = Self.engines[1]
        let parameters = Golden.NetworkEngine.Parameters(engine)
        var networks = RandomNetwork(random: StimulusRandom(seed: 7), parameters)
        var random = StimulusRandom(seed: 8)
        var skipped = 0
        for _ in 0..<3 {
            let network = try networks.draw().network
            let mapping = try NetworkMapping(network, parameters, skipsZeros: true)
            var host = try HostRun(network, on: engine, skipsZeros: true, seed: 4)
            for image in 1...2 {
                let codes = (0..<network.input.features).map { _ in random.once(in: 6) ? UInt8(1) : 0 }
                #expect(try host.run(codes).result == network.infer(activations: codes))
                #expect(host.count(.senses) + host.count(.skippedSenses) == image * mapping.senses)
            }
            skipped += host.count(.skippedSenses)
        }
        #expect(skipped > 0)
    }
}
