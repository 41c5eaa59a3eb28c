import Foundation
import RandomCircuits
import Testing
import Verilog

/// Law: Verilator reads any circuit without a complaint, but for signals that the text does not use: chance makes shifts
/// of a single signed bit, whose amount the emitted text leaves out.
@Suite("Random circuits for linters", .serialized)
struct RandomCircuitLintTests {
    @Test("Verilator finds nothing to warn about", arguments: 1...25 as ClosedRange<UInt64>)
    func verilator(seed: UInt64) throws {
        try withScratchFolder { folder in
            let emission = try emit(Recipe.drawn(seed: seed).design())
            for file in emission.modules { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
            // In a random circuit some comparison is always between things that happen to be constant.
            let chance = ["-Wno-UNSIGNED", "-Wno-CMPCONST", "-Wno-UNUSEDSIGNAL"]
            let arguments = ["--lint-only", "-Wall"] + chance + emission.modules.reversed().map(\.name)
            #expect(try runTool("verilator", arguments, in: folder) == "")
        }
    }
}
