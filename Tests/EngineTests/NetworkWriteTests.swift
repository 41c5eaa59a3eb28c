import Engine
import Golden
import Network
import Testing
import Verification

/// Law: an engine of pulsed cells writes its rows by its controller, between networks, and then computes what an engine
/// of ideal cells does.
@Suite struct NetworkWriteTests {
    static let kinds = [Engine.CellKind.stt, .complementary, .sot, .nandSpin]

    private static func engine(_ kind: Engine.CellKind, banks: Int) -> Engine.NetworkEngine {
        with {
            $0.rows = 64 * banks
            $0.columns = 20
            $0.banks = banks
            $0.weightBits = 4
            $0.kind = kind.rawValue
        }
    }

    @Test(arguments: kinds, [3, 4])
    func agreesWithItsTwin(kind: Engine.CellKind, banks: Int) throws {
        try expectAgreement(
            NetworkEnginePair.self, Self.engine(kind, banks: banks), cycles: 30_000, seeds: [UInt64(banks)],
            upsetRate: 0.001)
    }

    /// Images on RTL and twin in step, against the network's definition.
    @Test(arguments: kinds)
    func computesWhatWasWritten(kind: Engine.CellKind) throws {
        let hardware = Self.engine(kind, banks: 4)
        var networks = RandomNetwork(random: StimulusRandom(seed: 9), Golden.NetworkEngine.Parameters(hardware))
        for _ in 0..<2 {
            let (network, _) = try networks.draw()
            var run = try NetworkRun(network, on: hardware, seed: 3)
            let image = (0..<network.input.features).map { UInt8($0 * 7 % (network.input.largestCode + 1)) }
            #expect(try run.run(image).result.map { Int($0) } == NetworkReference.result(network, image))
        }
    }

    @Test func refusesRowsThatDoNotFillStrings() {
        var engine = Engine.NetworkEngine()
        engine.kind = Engine.CellKind.nandSpin.rawValue
        engine.rows = 1000
        #expect {
            try engine.validate()
        } throws: {
            "\($0)" == "parameter rows: found 1000, strings in 4 banks need a multiple of 32"
        }
    }
}
