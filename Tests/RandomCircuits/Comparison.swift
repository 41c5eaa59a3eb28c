import BitVectors
public import Foundation
import HDL
import Verilog

/// A simulator that is compared with the evaluation over `BitVector`.
public enum ComparedSimulator: String, CaseIterable, Sendable {
    case builtIn = "built-in", verilator = "Verilator", icarus = "Icarus", cxxrtl = "CXXRTL"

    /// What the simulator gives for the circuits: for each the outputs of each cycle in hexadecimal digits.
    func outputs(of trials: [Trial], in folder: URL) throws -> [String: [[String]]] {
        if self == .builtIn {
            return try Dictionary(uniqueKeysWithValues: trials.map { ($0.recipe.name, try $0.simulated()) })
        }
        let bench = VerilogBench(trials: trials)
        try bench.write(to: folder)
        let text: String
        switch self {
        case .builtIn: text = ""
        case .verilator:
            try Data(bench.text.utf8).write(to: folder.appendingPathComponent("bench.v"))
            try Data(VerilogBench.program.utf8).write(to: folder.appendingPathComponent("main.cpp"))
            // One file for the C++ compiler, without optimisation, and clang: a quarter of the time.
            let compiler = "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0 VM_PARALLEL_BUILDS=0 CXX=clang++"
            let options = [
                "--cc", "--exe", "--build", "-Wno-fatal", "--output-split", "0", "-MAKEFLAGS", compiler,
                "-CFLAGS", Emission.clangOptions.joined(separator: " "), "--top-module", "bench", "main.cpp", "bench.v",
            ]
            try runTool("verilator", options + Emission.verilatorOptions + bench.files, in: folder)
            text = try runTool("./obj_dir/Vbench", [], in: folder)
        case .icarus:
            try Data((bench.text + VerilogBench.driver).utf8).write(to: folder.appendingPathComponent("bench.v"))
            let options = ["-g2005", "-m", "v2009", "-s", "driver", "-o", "bench.vvp", "bench.v"]
            try runTool("iverilog", options + bench.files, in: folder)
            text = try runTool("vvp", ["-n", "bench.vvp"], in: folder)
        case .cxxrtl:
            let program = CXXRTLBench(trials: trials)
            try Data(program.shell.utf8).write(to: folder.appendingPathComponent("shell.v"))
            try Data(program.program.utf8).write(to: folder.appendingPathComponent("program.cc"))
            let script = "read_verilog -sv shell.v \(bench.files.joined(separator: " ")); write_cxxrtl shell.cc"
            try runTool("yosys", ["-q", "-p", script], in: folder)
            // A read beyond a memory's last word, whose value nothing takes, stops the model unless NDEBUG is defined.
            let data = try runTool("yosys-config", ["--datdir"], in: folder).trimmingCharacters(
                in: .whitespacesAndNewlines)
            try CXXRTLRuntime.write(to: folder, from: data)
            let options = [
                "-std=c++17", "-O0", "-DNDEBUG", "-w", "-I.", "-I\(data)/include", "-o", "program", "program.cc",
            ]
            try runTool("clang++", options, in: folder)
            text = try runTool("./program", [], in: folder, seconds: 60)
        }
        return read(text)
    }

    private func read(_ text: String) -> [String: [[String]]] {
        var outputs: [String: [[String]]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count >= 2, words[0].hasPrefix("random_"), let cycle = Int(words[1]),
                cycle == outputs[String(words[0]), default: []].count
            else { continue }
            outputs[String(words[0]), default: []].append(words.dropFirst(2).map(String.init))
        }
        return outputs
    }
}

/// An output that a simulator gives another value than the evaluation.
public struct Disagreement: CustomStringConvertible, Sendable {
    public let recipe: Recipe
    public let seed: UInt64
    public let simulator: ComparedSimulator
    public let cycle: Int
    public let output: String
    public let expected: String
    public let found: String

    public var description: String {
        "seed \(seed), \(simulator.rawValue), cycle \(cycle), '\(output)': expected \(expected), found \(found)"
    }
}

/// The first disagreement of each circuit with one simulator.
public func disagreements(
    _ trials: [Trial], with simulator: ComparedSimulator, in folder: URL
) throws -> [Disagreement] {
    if trials.isEmpty { return [] }
    let outputs = try simulator.outputs(of: trials, in: folder)
    return trials.compactMap { trial in
        let found = outputs[trial.recipe.name] ?? []
        for cycle in 0..<Trial.cycles {
            let row = cycle < found.count ? found[cycle] : []
            for (index, port) in trial.outputs.enumerated() {
                let expected = trial.expected[cycle][index].hexDigits
                let value = index < row.count ? row[index] : "nothing"
                // Verilator 5.006 writes some values of `%h` with more digits than they have.
                guard expected.drop(while: { $0 == "0" }) != value.drop(while: { $0 == "0" }) else { continue }
                return Disagreement(
                    recipe: trial.recipe, seed: trial.seed, simulator: simulator, cycle: cycle, output: port.name,
                    expected: expected, found: value)
            }
        }
        return nil
    }
}
