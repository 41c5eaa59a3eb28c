import Tools
import CoSim

/// An Icarus Verilog run that cannot be done or read.
public enum IcarusError: Error, Equatable, Sendable, CustomStringConvertible {
    case missing
    case compilation(String)
    case noVerdict(String)

    public var description: String {
        switch self {
        case .missing: "iverilog is not found (PATH); install it: sudo apt-get install iverilog"
        case .compilation(let line): "iverilog cannot compile the design: \(line)"
        case .noVerdict(let line): "the Icarus run gave no verdict: \(line)"
        }
    }
}

/// Replays vectors on a design in Icarus Verilog, through files and the plain test bench.
struct IcarusReplay {
    let source: ModelSource
    /// Where the files of the run lie.
    let folder: String

    struct Verdict {
        let mismatch: OutputMismatch?
        /// Cycles with a difference.
        let mismatches: Int
    }

    /// - Throws: `IcarusError`, `FileError`.
    func run(inputs: [UInt64], expected: [UInt64], cycles: Int) throws -> Verdict {
        let bench = ReplayTestbench(source)
        try writeFile("\(folder)/inputs.hex", bench.hexLines(inputs, direction: .input, cycles: cycles))
        try writeFile("\(folder)/expected.hex", bench.hexLines(expected, direction: .output, cycles: cycles))
        return try run(
            inputs: "inputs.hex", expected: "expected.hex", cycles: cycles, testbench: Array(bench.text.utf8))
    }

    /// Replays vector files; their paths are absolute or relative to the folder.
    func run(inputs: String, expected: String, cycles: Int, testbench: [UInt8]) throws -> Verdict {
        guard let compiler = ExternalTool("iverilog"), let simulator = ExternalTool("vvp") else {
            throw IcarusError.missing
        }
        let bench = ReplayTestbench(source)
        for file in source.files { try writeFile("\(folder)/\(file.name)", file.text) }
        try writeFile("\(folder)/\(bench.name).v", testbench)
        let compiled = try compiler.run(
            [
                "-g2005", "-m", "v2009", "-o", "sim.vvp", "-s", bench.name,
                "-P\(bench.name).MAX_CYCLES=\(max(cycles, 1))",
            ]
                + source.files.map(\.name) + ["\(bench.name).v"], in: folder, log: "compile.log")
        guard compiled.status == 0 else {
            throw IcarusError.compilation(compiled.lines.first.map(String.init) ?? "status \(compiled.status)")
        }
        let run = try simulator.run(
            ["-n", "sim.vvp", "+inputs=\(inputs)", "+expected=\(expected)", "+cycles=\(cycles)"], in: folder,
            log: "run.log")
        return try verdict(run.lines, cycles: cycles)
    }

    /// Passed is only what says that it compared every cycle.
    private func verdict(_ lines: [Substring], cycles: Int) throws(IcarusError) -> Verdict {
        let first = lines.first { $0.hasPrefix("MISMATCH") }.flatMap(mismatch)
        if cycles > 0, lines.last == "PASS \(cycles) cycles" { return Verdict(mismatch: nil, mismatches: 0) }
        guard let fail = lines.last(where: { $0.hasPrefix("FAIL") }), let first,
            let count = fail.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw .noVerdict(lines.last.map(String.init) ?? "it printed nothing") }
        return Verdict(mismatch: first, mismatches: count)
    }

    /// `MISMATCH cycle N port P expected X actual Y`.
    private func mismatch(_ line: Substring) -> OutputMismatch? {
        let words = line.split(separator: " ")
        guard words.count == 9, let cycle = Int(words[2]) else { return nil }
        return OutputMismatch(
            cycle: cycle, port: String(words[4]), expected: String(words[6]), actual: String(words[8]))
    }
}
