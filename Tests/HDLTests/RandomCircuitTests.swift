import BitVectors
import Foundation
import HDL
import Testing
import Verilog

/// Law: the emitted text means in any simulator what the operations of the arena mean over `BitVector`, and every
/// tool reads it without a complaint.
@Suite("Random circuits", .serialized)
struct RandomCircuitTests {
    static let seeds: [UInt64] = Array(1...40)
    static let cycles = 40

    /// Files of all circuits, side by side in one folder.
    private func write(_ designs: [Design], to folder: URL) throws {
        for design in designs {
            let emission = try emit(design)
            for file in emission.modules + [emission.fileList] {
                try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
            }
        }
    }

    private func designs() throws -> [Design] {
        try RandomCircuitTests.seeds.map { try elaborate(RandomCircuit(seed: $0)) }
    }

    @Test("the circuits use every operation")
    func coverage() throws {
        let used = Set(try designs().flatMap { $0.circuits.flatMap { $0.nodes.map(\.operation) } })
        #expect(Operation.allCases.filter { !used.contains($0) } == [])
    }

    @Test("Verilator finds nothing to warn about, yosys nothing to complain of")
    func lint() throws {
        try withTemporaryFolder { folder in
            let designs = try designs()
            try write(designs, to: folder)
            for design in designs {
                // In a random circuit some comparison is always between things that happen to be constant.
                let chance = ["-Wno-UNSIGNED", "-Wno-CMPCONST"]
                let arguments = ["--lint-only", "-Wall"] + chance + ["-f", "\(design.top.name).f"]
                do {
                    #expect(try run("verilator", arguments, in: folder) == "")
                } catch {
                    Issue.record("\(error)")
                }
            }
            let files = Set(designs.flatMap { $0.circuits.map { "\($0.name).v" } }).sorted().joined(separator: " ")
            let script = "read_verilog \(files); proc; check -assert"
            // Two writes at constant addresses, as chance makes them, are registers to yosys: a remark, not a complaint.
            let remarks = try run("yosys", ["-q", "-p", script], in: folder).split(separator: "\n")
                .filter { !$0.hasPrefix("Warning: Replacing memory") }
            #expect(remarks == [])
        }
    }

    @Test("Verilator computes what the operations mean")
    func verilator() throws {
        try simulate { folder, files in
            _ = try run(
                "verilator",
                [
                    "--binary", "--timing", "-Wno-fatal", "-MAKEFLAGS", "OPT_FAST=-O0 OPT_SLOW=-O0 OPT_GLOBAL=-O0",
                    "-j", "2", "--top-module", "bench", "bench.v",
                ]
                    + files, in: folder)
            return try run("env", ["./obj_dir/Vbench"], in: folder)
        }
    }

    @Test("Icarus computes what the operations mean, with nothing unknown")
    func icarus() throws {
        try simulate { folder, files in
            let options = ["-g2005", "-m", "v2009", "-s", "bench", "-o", "bench.vvp", "bench.v"]
            _ = try run("iverilog", options + files, in: folder)
            return try run("vvp", ["-n", "bench.vvp"], in: folder)
        }
    }

    /// Verilator 5.006 writes some values of `%h` with more digits than they have.
    private func withoutLeadingZeros(_ line: Substring) -> String {
        line.split(separator: " ").map { $0.count == 1 ? $0 : $0.drop { $0 == "0" } }.joined(separator: " ")
    }

    private func simulate(_ runBench: (URL, [String]) throws -> String) throws {
        try withTemporaryFolder { folder in
            let designs = try designs()
            try write(designs, to: folder)
            var bench = Bench(cycles: RandomCircuitTests.cycles)
            for (seed, design) in zip(RandomCircuitTests.seeds, designs) { bench.add(design, seed: seed) }
            try Data(bench.text.utf8).write(to: folder.appendingPathComponent("bench.v"))
            for (name, words) in bench.stimuli {
                try Data((words.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(name))
            }
            let files = Set(designs.flatMap { $0.circuits.map { "\($0.name).v" } }).sorted()
            let lines = try runBench(folder, files).split(separator: "\n").map(withoutLeadingZeros)
            let simulated = Set(lines.filter { $0.hasPrefix("random_") })
            #expect(simulated.count == bench.expected.count)
            let wrong = bench.expected.map { withoutLeadingZeros($0[...]) }.filter { !simulated.contains($0) }
            for line in wrong.prefix(3) {
                let place = line.split(separator: " ").prefix(2).joined(separator: " ") + " "
                let found = lines.first { $0.hasPrefix(place) } ?? "nothing"
                Issue.record("seed is the number after 'random_': expected \(line), simulated \(found)")
            }
        }
    }
}

/// A test bench in plain Verilog for many circuits at once, and what it must print.
private struct Bench {
    let cycles: Int
    private(set) var expected: [String] = []
    private(set) var stimuli: [(name: String, words: [String])] = []
    private var declarations = ""
    private var displays = ""
    private var loads = ""

    init(cycles: Int) { self.cycles = cycles }

    mutating func add(_ design: Design, seed: UInt64) {
        let top = design.top
        let name = top.name
        let inputs = top.ports.filter(\.isInput)
        let outputs = top.ports.filter { !$0.isInput }
        let width = 1 + inputs.reduce(0) { $0 + $1.width }
        declarations += "reg [\(width - 1):0] stimulus_\(name) [0:\(cycles - 1)];\nreg [\(width - 1):0] now_\(name);\n"
        loads += "    $readmemh(\"\(name).hex\", stimulus_\(name));\n"
        for port in outputs { declarations += "wire [\(port.width - 1):0] \(name)_\(port.name);\n" }
        declarations += "\(name) \(name)_instance (.clk(clk), .rst(now_\(name)[0])"
        var low = 1
        for port in inputs {
            declarations += ", .\(port.name)(now_\(name)[\(low + port.width - 1):\(low)])"
            low += port.width
        }
        for port in outputs { declarations += ", .\(port.name)(\(name)_\(port.name))" }
        declarations += ");\n"
        let format = outputs.map { _ in "%h" }.joined(separator: " ")
        let values = outputs.map { "\(name)_\($0.name)" }.joined(separator: ", ")
        displays += "        if (cycle > 0) $display(\"\(name) %0d \(format)\", cycle, \(values));\n"
        evaluate(design, seed: seed)
    }

    private mutating func evaluate(_ design: Design, seed: UInt64) {
        let name = design.top.name
        var random = SplitMix(state: seed ^ 0x5717)
        let evaluator = Evaluator(design.top, of: design)
        var words: [String] = []
        for cycle in 0..<cycles {
            // Reset for a cycle, and again in the middle; `enable` waits until the registers are known.
            let reset = cycle == 0 || cycle == cycles / 2
            let values = design.top.ports.filter(\.isInput).map { port in
                port.name == "enable"
                    ? BitVector(cycle > 1 && Bool.random(using: &random) ? 1 : 0, width: 1)
                    : stimulus(width: port.width, random: &random)
            }
            words.append(BitVector.concatenating(values.reversed() + [BitVector(reset ? 1 : 0, width: 1)]).hexDigits)
            evaluator.set(values)
            if cycle > 0 {
                expected.append(
                    "\(name) \(cycle) " + evaluator.outputs().map(\.hexDigits).joined(separator: " "))
            }
            evaluator.clockEdge(reset: reset)
        }
        stimuli.append(("\(name).hex", words))
    }

    private func stimulus(width: Int, random: inout SplitMix) -> BitVector {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .zeros(width)
        case 1: .ones(width)
        case 2: BitVector(1, width: width) << (width - 1)
        case 3: BitVector(Int.random(in: 0..<8, using: &random), width: width)
        default: BitVector(words: (0..<3).map { _ in random.next() }, width: width)
        }
    }

    var text: String {
        """
        module bench;
        reg clk = 0;
        integer cycle;
        \(declarations)
        initial begin
        \(loads)
            for (cycle = 0; cycle < \(cycles); cycle = cycle + 1) begin
        \(stimuli.map { $0.name.dropLast(4) }.map { "        now_\($0) = stimulus_\($0)[cycle];\n" }.joined())
                #1;
        \(displays)
                #1 clk = 1;
                #1 clk = 0;
            end
            $finish;
        end
        endmodule

        """
    }
}
