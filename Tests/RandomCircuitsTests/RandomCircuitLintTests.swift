import Foundation
import RandomCircuits
import Testing
import Verilog

/// Law: Verilator reads any circuit without a complaint, but for comparisons that are constant for reasons that only it
/// looks for, which chance makes in one circuit of thirty; and yosys finds no latch, no loop, no wire
/// of several drivers and none of no driver.
@Suite("Random circuits for linters", .serialized)
struct RandomCircuitLintTests {
    @Test("Verilator finds nothing to warn about", arguments: 1...60 as ClosedRange<UInt64>)
    func verilator(seed: UInt64) throws {
        try withScratchFolder { folder in
            let files = try write(seed, to: folder)
            let chance = ["-Wno-UNSIGNED", "-Wno-CMPCONST"]
            #expect(try runTool("verilator", ["--lint-only", "-Wall"] + chance + files, in: folder) == "")
        }
    }

    @Test("yosys finds nothing wrong", arguments: stride(from: 1 as UInt64, through: 300, by: 15).map { $0 })
    func yosys(seed: UInt64) throws {
        try withScratchFolder { folder in
            let files = try write(seed, to: folder)
            let script = """
                read_verilog \(files.joined(separator: " ")); hierarchy -check -top random_\(seed); proc; check -assert;
                select -assert-none t:$dlatch t:$adlatch t:$dlatchsr
                """
            let arguments = ["-q", "-p", script.replacingOccurrences(of: "\n", with: " ")]
            _ = try runTool("yosys", arguments, in: folder, seconds: 120)
        }
    }

    /// Writes a circuit's files, and gives their names, the top first.
    private func write(_ seed: UInt64, to folder: URL) throws -> [String] {
        let emission = try emit(Recipe.drawn(seed: seed).design())
        for file in emission.modules { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
        return emission.modules.reversed().map(\.name)
    }
}
