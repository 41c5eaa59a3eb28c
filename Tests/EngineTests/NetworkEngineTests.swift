import Engine
import Golden
import Testing
import Verification

/// Law: an engine's outputs are its twin's in every cycle, whatever the network, the engine's shape and the upsets.
@Suite struct NetworkEngineTests {
    @Test(arguments: [0, 0.01]) func agreesWithItsTwin(upsetRate: Double) throws {
        try expectAgreement(
            NetworkEnginePair.self, with { $0.rows = 1024 }, cycles: 50_000, seeds: [1, 2], upsetRate: upsetRate)
    }
}
