import CoSim
import Engine
import Foundation
import Golden
import Network
import Randomness
import Testing
import Verification

/// Law: whenever the supply fails, a network's result is that of a run that nothing interrupted, and model and twin agree in every
/// cycle with power, though each failure fills registers and volatile memories of the model with noise.
@Suite struct PowerFailureTests {
    private static let small: Engine.NetworkEngine = with {
        $0.rows = 512
        $0.columns = 16
        $0.wordCodes = 4
        $0.chunks = 4
        $0.entries = 128
        $0.channels = 32
        $0.depth = 128
        $0.layers = 4
        $0.weightBits = 3
        $0.activationBits = 4
        $0.planeLanes = 2
        $0.pixels = 4
        $0.pixelLanes = 2
        $0.poolArea = 9
        $0.shadowWord = 32
    }

    private struct Case {
        let network: QuantizedNetwork
        let image: [UInt8]
        let result: [Int32]

        init(seed: UInt64, on engine: Engine.NetworkEngine) throws {
            var networks = RandomNetwork(
                random: StimulusRandom(seed: seed), Golden.NetworkEngine.Parameters(engine))
            network = try networks.draw().network
            var random = KeyedStream(seed: seed, stream: 5)
            let codes = UInt32(network.input.largestCode + 1)
            image = (0..<network.input.features).map { _ in UInt8(random.nextIndex(below: codes)) }
            result = network.infer(activations: image)
        }
    }

    /// A failure at each cycle of the images of a small network in turn, saved at intervals or when a warning comes.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8]) func aFailureAtAnyCycleChangesNothing(writeCycles: Int) throws {
        var engine = Self.small
        engine.shadowWrite = writeCycles
        let small = try Case(seed: 6, on: engine)
        let policies = [PowerPolicy(heedsWarnings: false, interval: 40), PowerPolicy()]
        let policy = policies[writeCycles % 2]
        var run = try PowerRun(
            small.network, on: engine, seed: 1, policy: policy, supply: PowerTrace(periods: []),
            shadowFailRate: 0.01)
        // The first image's cycles hold the loading of the network.
        #expect(try run.run(small.image) == small.result)
        let loaded = run.statistics.cycles
        #expect(try run.run(small.image) == small.result)
        let cycles = run.statistics.cycles - loaded
        // A network of a layer of each kind or two; each cycle of it, and of what follows the failure.
        #expect(cycles > 300)
        // Until an image ends before its failure: failing shadow writes make one longer than the other.
        var cycle = 0
        while run.statistics.failures == cycle {
            run.supply = SingleFailure(at: cycle, holdUpCycles: 70)
            try #require(try run.run(small.image) == small.result, "failure at cycle \(cycle)")
            cycle += 1
        }
        let statistics = run.statistics
        #expect(statistics.failures > cycles / 2)
        #expect(statistics.resumptions > cycles / 3)
        #expect(statistics.torn > 0)
    }

    /// Random networks under traces of every kind.
    @Test(arguments: 1...12) func randomTracesChangeNothing(seed: UInt64) throws {
        try Self.expectTracesChangeNothing(seed: seed, engine: Self.small)
    }

    static func expectTracesChangeNothing(seed: UInt64, engine: Engine.NetworkEngine) throws {
        let drawn = try Case(seed: seed, on: engine)
        var random = KeyedStream(seed: seed, stream: 6)
        let supplies: [any PowerSupply] = [
            PowerTrace(periods: [900 + Int(random.nextIndex(below: 300))], holdUpCycles: 80),
            PowerTrace(
                periods: (0..<20).map { _ in 1 + Int(random.nextIndex(below: 1200)) },
                holdUpCycles: Int(random.nextIndex(below: 120))),
            PowerTrace(periods: [2000, 30, 7, 1, 1, 60, 900], holdUpCycles: 40),
            AdversarialSupply(seed: seed, failures: 60),
        ]
        for (kind, supply) in supplies.enumerated() {
            var run = try PowerRun(
                drawn.network, on: engine, skipsZeros: kind % 2 == 1, seed: seed,
                policy: PowerPolicy(heedsWarnings: kind != 1, interval: kind == 2 ? 0 : 50), supply: supply,
                shadowFailRate: [0, 0.02, 0.1, 0.02][kind])
            for _ in 0..<2 { try #require(try run.run(drawn.image) == drawn.result, "seed \(seed), trace \(kind)") }
        }
    }

    /// Senses that are repeated after a failure see the chance events that they saw before.
    @Test func chanceIsThatOfAnUninterruptedRun() throws {
        for seed in 20...24 as ClosedRange<UInt64> {
            let drawn = try Case(seed: seed, on: Self.small)
            func results(_ supply: any PowerSupply) throws -> (results: [[Int32]], statistics: PowerRun.Statistics) {
                var run = try PowerRun(
                    drawn.network, on: Self.small, seed: seed, upsetRate: 0.02, policy: PowerPolicy(interval: 60),
                    supply: supply)
                return ([try run.run(drawn.image), try run.run(drawn.image)], run.statistics)
            }
            let calm = try results(PowerTrace(periods: []))
            let rough = try results(PowerTrace(periods: [300, 411, 250], holdUpCycles: 80))
            #expect(calm.results == rough.results)
            #expect(rough.statistics.failures > 0)
        }
    }

    /// Without checkpoints a network begins again, and ends only in a time with power that is long enough.
    @Test func withoutCheckpointsANetworkBeginsAgain() throws {
        let drawn = try Case(seed: 6, on: Self.small)
        func run(_ periods: [Int]) throws -> PowerRun {
            try PowerRun(
                drawn.network, on: Self.small, seed: 1, policy: PowerPolicy(makesCheckpoints: false),
                supply: PowerTrace(periods: periods))
        }
        var patient = try run([300, 400, 5000])
        #expect(try patient.run(drawn.image) == drawn.result)
        #expect(patient.statistics.restarts == 2)
        #expect(patient.statistics.resumptions == 0)
        var hopeless = try run([300])
        let error = #expect(throws: NoProgress.self) { try hopeless.run(drawn.image) }
        #expect(error?.failures == 1000)
        #expect(error?.longestPeriod == 300)
    }

    /// Times with power that are too short for a checkpoint are found to be so; a little longer, the network ends.
    @Test func tooShortATimeWithPowerIsSaid() throws {
        let drawn = try Case(seed: 6, on: Self.small)
        var run = try PowerRun(
            drawn.network, on: Self.small, seed: 1, policy: PowerPolicy(interval: 20),
            supply: PowerTrace(periods: [45]))
        let error = #expect(throws: NoProgress.self) { try run.run(drawn.image) }
        #expect(
            error?.description
                == "no progress is possible: 1000 failures of the supply in a row without a checkpoint or a result between; "
                + "the longest time with power had 45 cycles")
        run = try PowerRun(
            drawn.network, on: Self.small, seed: 1, policy: PowerPolicy(interval: 20),
            supply: PowerTrace(periods: [200]))
        #expect(try run.run(drawn.image) == drawn.result)
    }

    /// A mutant that turns the flag over before the words are written resumes what is no state.
    @Test func aCommitInTheWrongOrderIsCaught() throws {
        let drawn = try Case(seed: 6, on: Self.small)
        var caught = 0
        for cycle in stride(from: 60, to: 900, by: 7) {
            var run = try PowerRun(
                drawn.network, on: Self.small, seed: 1, policy: PowerPolicy(interval: 40),
                supply: SingleFailure(at: cycle), mutating: Self.flagFirst)
            do {
                if try run.run(drawn.image) != drawn.result { caught += 1 }
            } catch is OutputMismatch {
                caught += 1
            }
        }
        #expect(caught > 0)
    }

    /// From rest to the flag, not to the words.
    private static func flagFirst(_ source: ModelSource) throws -> ModelSource {
        var source = source
        for index in source.files.indices where source.files[index].name.hasPrefix("checkpoint_controller") {
            var mutant = String(decoding: source.files[index].text, as: UTF8.self)
            // The first of them is the one in rest.
            let order = try #require(mutant.range(of: "<= STATE_WRITE;"))
            mutant.replaceSubrange(order, with: "<= STATE_WRITE_FLAG;")
            source.files[index] = ModelSource.File(name: source.files[index].name, text: mutant)
        }
        return source
    }
}
