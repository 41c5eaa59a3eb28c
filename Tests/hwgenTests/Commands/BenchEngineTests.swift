import Foundation
import Testing

/// Law: `hwgen bench engine` gives the RTL's cycles, which are at least the datapath's steps, beside RBE's by its formula.
@Suite struct BenchEngineTests {
    @Test func countsADenseLayerBesideRBE() throws {
        let outcome = try Executable.run(["bench", "engine", "--bits", "2", "--json"])
        let layers = try #require(try outcome.json()["layers"] as? [[String: Any]], "\(outcome.errors)")
        #expect(outcome.status == 0 && layers.count == 1)
        let layer = layers[0]
        func number(_ key: String) throws -> Int { try #require(layer[key] as? Int, "\(key)") }
        // 64 filters, four chunks of 144 codes, one magnitude plane of either sign; 144 pixels, eight at a time.
        let steps = 64 * 4 * 2 * (144 / 8)
        #expect(try number("cycles") >= steps && number("senses") == steps)
        // What docs/engine.md says.
        #expect(try number("cycles") == 9600)
        // Sixteen tiles of nine pixels, two by two pieces of 32 channels, 32 cycles a weight bit and two.
        #expect(try number("rbe_cycles") == 16 * 4 * (2 * 32 + 2))
        #expect(try number("products_per_cycle") == 144 * 4 * 8 && number("rbe_products_per_cycle") == 81 * 4 * 32)
        let ratio =
            try Double(number("rbe_cycles") * number("rbe_products_per_cycle"))
            / Double(number("cycles") * number("products_per_cycle"))
        #expect(try abs(#require(layer["ratio"] as? Double) - ratio) < 1e-9)
        #expect(try abs(#require(layer["utilisation"] as? Double) - Double(steps) / Double(number("cycles"))) < 1e-9)
    }

    @Test func refusesWidthsThatThePeerHasNot() throws {
        #expect(
            try Executable.failure(["bench", "engine", "--bits", "1"], status: 2)
                == "--bits: found '1', allowed 2 to 8")
    }
}
