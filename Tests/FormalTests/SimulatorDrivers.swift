import BitVectors
import Formal
import Foundation
import HDL
import Verilog

/// A simulator of its own that runs a stimulus on emitted Verilog, and the first check that it says failed.
enum OutsideSimulator: String, CaseIterable, Sendable {
    case verilator, icarus, cxxrtl

    /// Runs a stimulus of one clock.
    /// - Returns: the first failures, those of one cycle; Verilator stops at the first of them.
    func firstFailures(of problem: ProofProblem, _ emission: Emission, _ stimulus: ProofStimulus) throws
        -> [ReportedFailure]
    {
        try withTemporaryFolder { folder in
            for file in problem.files { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
            let text: String
            switch self {
            case .verilator, .icarus:
                let bench = VerilogBench(problem: problem, stimulus: stimulus).text
                try Data(bench.utf8).write(to: folder.appendingPathComponent("bench.v"))
                let sources = ["bench.v"] + problem.files.map(\.name)
                if self == .verilator {
                    let options = ["--binary", "--timing", "--assert", "-DFORMAL", "--top-module", "bench"]
                    try runChecked("verilator", options + ["-Wno-PINMISSING", "-j", "1"] + sources, in: folder)
                    // It aborts at a failed assertion, and says so.
                    text = try runFile(folder.appendingPathComponent("obj_dir/Vbench").path, [], in: folder).text
                } else {
                    try runChecked(
                        "iverilog", ["-g2012", "-DFORMAL", "-s", "bench", "-o", "bench"] + sources, in: folder)
                    // Its status is zero whatever fails.
                    text = try runChecked("vvp", ["-n", "bench"], in: folder)
                }
            case .cxxrtl:
                text = try CXXRTLBench(problem: problem, emission: emission, stimulus: stimulus).run(in: folder)
            }
            guard text.contains("cycle 0\n") else { throw ToolError(description: "nothing was simulated:\n\(text)") }
            let failures = failures(in: text, problem)
            return failures.filter { $0.cycle == failures.first?.cycle }
        }
    }

    /// Reads the lines `cycle 7` of the bench, and those in which the simulator reports the scope of a failure.
    private func failures(in text: String, _ problem: ProofProblem) -> [ReportedFailure] {
        let mark =
            switch self {
            case .verilator: "Assertion failed in TOP.bench.subject"
            case .icarus: "Scope: bench.subject"
            case .cxxrtl: "failed subject"
            }
        var cycle = -1
        var found: [ReportedFailure] = []
        for line in text.split(separator: "\n") {
            if line.hasPrefix("cycle ") { cycle = Int(line.dropFirst(6)) ?? -1 }
            guard let place = line.range(of: mark) else { continue }
            let scope = line[place.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            let path = scope.split(separator: ".").map(String.init)
            guard let block = path.last else { continue }
            let failure = problem.failure(path: path.dropLast().joined(separator: "."), block: block, cycle: cycle)
            if let failure { found.append(failure) }
        }
        return found
    }
}

/// A bench in Verilog that drives the design and prints the cycle before each edge.
struct VerilogBench {
    let problem: ProofProblem
    let stimulus: ProofStimulus

    var text: String {
        let clock = problem.clocks[0]
        let inputs = (clock.reset.map { [ProofProblem.Input(name: $0, width: 1)] } ?? []) + problem.inputs
        var lines = ["`timescale 1ns/1ns", "module bench;", "    reg \(clock.port) = 1'b0;"]
        lines += inputs.map { "    reg [\($0.width - 1):0] \($0.name);" }
        let connections = ([clock.port] + inputs.map(\.name)).map { ".\($0)(\($0))" }.joined(separator: ", ")
        lines += ["    \(problem.top) subject (\(connections));", "    initial begin"]
        for (number, cycle) in stimulus.cycles.enumerated() {
            for input in cycle.inputs {
                lines.append("        \(input.name) = \(input.value.width)'h\(input.value.hexDigits);")
            }
            lines.append("        #1 $display(\"cycle \(number)\");")
            lines.append("        #1 \(clock.port) = 1'b1; #1 \(clock.port) = 1'b0;")
        }
        lines += ["        $finish;", "    end", "endmodule", ""]
        return lines.joined(separator: "\n")
    }
}

/// A program in C++ around the model that yosys makes, which has no assertions: it looks at the wires of the checks
/// before each edge in which the reset is inactive.
struct CXXRTLBench {
    let problem: ProofProblem
    let emission: Emission
    let stimulus: ProofStimulus

    func run(in folder: URL) throws -> String {
        let files = problem.files.map(\.name).joined(separator: " ")
        let script = "read_verilog -sv -DFORMAL -noassert -noassume \(files); hierarchy -top \(problem.top)"
        try runChecked("yosys", ["-q", "-p", "\(script); write_cxxrtl design.cc"], in: folder)
        try Data(text.utf8).write(to: folder.appendingPathComponent("bench.cc"))
        let data = try runChecked("yosys-config", ["--datdir"], in: folder).trimmingCharacters(
            in: .whitespacesAndNewlines)
        try runChecked(
            "clang++", ["-std=c++17", "-w", "-I\(data)/include", "-o", "bench", "bench.cc"], in: folder)
        return try runFile(folder.appendingPathComponent("bench").path, [], in: folder).text
    }

    private var text: String {
        let clock = problem.clocks[0]
        var watched: [String] = []
        for occurrence in problem.occurrences {
            for check in emission.checks where check.module == occurrence.module && check.kind != .cover {
                let path = occurrence.path.split(separator: ".").joined(separator: " ")
                let item = (path.isEmpty ? "" : path + " ") + check.wire
                let scope = ["subject", occurrence.path, check.block].filter { !$0.isEmpty }.joined(separator: ".")
                watched.append("    if (isZero(items, \"\(item)\")) std::printf(\"failed \(scope)\\n\");")
            }
        }
        var cycles: [String] = []
        for (number, cycle) in stimulus.cycles.enumerated() {
            for input in cycle.inputs {
                // A chunk has 32 bits.
                let chunks = (0..<(input.value.width + 31) / 32).map {
                    "\(UInt32(truncatingIfNeeded: input.value.words[$0 / 2] >> UInt64($0 % 2 * 32)))u"
                }
                cycles.append("    set(items, \"\(input.name)\", {\(chunks.joined(separator: ", "))});")
            }
            let isReset = cycle.inputs.contains { $0.name == clock.reset && $0.value[0] == (clock.resetLevel == .high) }
            cycles.append("    std::printf(\"cycle \(number)\\n\"); top.step();")
            if !isReset { cycles.append("    look(items);") }
            cycles.append("    set(items, \"\(clock.port)\", {1u}); top.step();")
            cycles.append("    set(items, \"\(clock.port)\", {0u}); top.step();")
        }
        return """
            #include "design.cc"
            #include <cstdio>
            #include <initializer_list>

            static cxxrtl::debug_item &find(cxxrtl::debug_items &items, const char *name) {
                return items.table.at(name).at(0);
            }
            static void set(cxxrtl::debug_items &items, const char *name, std::initializer_list<uint32_t> chunks) {
                uint32_t *place = find(items, name).curr;
                for (uint32_t chunk : chunks) *place++ = chunk;
            }
            static bool isZero(cxxrtl::debug_items &items, const char *name) {
                cxxrtl::debug_item &item = find(items, name);
                if (item.outline) item.outline->eval();
                return *item.curr == 0;
            }
            static void look(cxxrtl::debug_items &items) {
            \(watched.joined(separator: "\n"))
            }
            int main() {
                cxxrtl_design::p_\(problem.top.replacing("_", with: "__")) top;
                cxxrtl::debug_items items;
                top.debug_info(items);
            \(cycles.joined(separator: "\n"))
                return 0;
            }

            """
    }
}
