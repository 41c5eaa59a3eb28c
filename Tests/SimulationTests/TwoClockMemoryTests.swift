import BitVectors
import Foundation
import HDL
import RandomCircuits
import Simulation
import Testing
import Verilog

/// A memory that one clock writes and both read: what each kind of read gives is an output.
private struct TwoClockMemory: Module {
    var depth: Int
    /// Parts of a word that are written one by one.
    var lanes: Int
    var writeEdge: Clocking.Edge
    var readEdge: Clocking.Edge

    struct Ports: SignalBundle {
        let write, read: ClockPort
        let isWritten = Input(1, "write"), mask: Input
        let address: Input
        let value = Input(6, "write")
        let ownAddress: Input
        let enable = Input(1, "read")
        let otherAddress: Input
        let own = Output(6, "write"), forwarded = Output(6, "write")
        let other = Output(6, "read"), now = Output(6, "read")
    }

    func ports() -> Ports {
        let width = addressWidth(depth)
        return Ports(
            write: ClockPort(Clocking(edge: writeEdge, reset: .none)),
            read: ClockPort(Clocking(edge: readEdge, reset: .none)), mask: Input(lanes, "write"),
            address: Input(width, "write"),
            ownAddress: Input(width, "write"), otherAddress: Input(width, "read"))
    }

    func build(_ m: Builder<Ports>) {
        // Declared in a third domain, which has no port at all.
        let store = m.memory("store", depth: depth, width: 6)
        let writePort = store.clocked(by: m.write)
        let readPort = store.clocked(by: m.read)
        m.own.drive(writePort.readSynchronous("own_word", m.ownAddress))
        m.forwarded.drive(writePort.readSynchronous("forwarded_word", m.ownAddress, underWrite: .new))
        m.other.drive(readPort.readSynchronous("other_word", m.otherAddress, enable: m.enable))
        m.now.drive(readPort.crossingRead(m.otherAddress))
        when(m.isWritten) { writePort.write(m.address, m.value, mask: m.mask) }
    }
}

/// The inputs of a moment, and which clocks have their edge after it.
private struct Moment {
    var inputs: [Int]
    var write: Bool
    var read: Bool
}

/// Law: a synchronous read of another clock takes the word as it is before its edge, also when the writes have their edge
/// at the same instant; one of the clock of the writes takes that word, or the written one. The same in every simulator.
@Suite("A memory with two clocks", .serialized)
struct TwoClockMemoryTests {
    private static let names = [
        "is_written", "mask", "address", "value", "own_address", "enable", "other_address",
    ]
    private static let outputs = ["own", "forwarded", "other", "now"]

    struct Shape: Sendable, CustomStringConvertible {
        let depth: Int
        let lanes: Int
        let edges: (write: Clocking.Edge, read: Clocking.Edge)
        /// Units of time; zero for edges at random.
        let periods: (write: Int, read: Int)
        let seed: UInt64
        var description: String { "depth \(depth), lanes \(lanes), edges \(edges), periods \(periods), seed \(seed)" }

        static let all = [
            Shape(depth: 4, lanes: 2, edges: (.rising, .rising), periods: (1, 1), seed: 1),
            Shape(depth: 3, lanes: 1, edges: (.rising, .falling), periods: (3, 2), seed: 2),
            Shape(depth: 5, lanes: 3, edges: (.falling, .rising), periods: (7, 10), seed: 3),
            Shape(depth: 2, lanes: 2, edges: (.falling, .falling), periods: (0, 0), seed: 4),
            Shape(depth: 8, lanes: 1, edges: (.rising, .rising), periods: (0, 0), seed: 5),
            Shape(depth: 1, lanes: 6, edges: (.rising, .rising), periods: (101, 100), seed: 6),
        ]

        fileprivate func moments(_ count: Int) -> [Moment] {
            var random = SplitMix(state: seed)
            let address = addressWidth(depth)
            let widths = [1, lanes, address, 6, address, 1, address]
            var inputs = widths.map { _ in 0 }
            return (0..<count).map { time in
                var (write, read) = (false, false)
                if periods.write == 0 {
                    (write, read) = [(true, false), (false, true), (true, true)][Int.random(in: 0..<3, using: &random)]
                } else {
                    (write, read) = (time % periods.write == 0, time % periods.read == 0)
                }
                for (index, width) in widths.enumerated() {
                    // An address often stays, so that the same word is read and written.
                    if width == address, Int.random(in: 0..<3, using: &random) > 0 { continue }
                    inputs[index] = Int.random(in: 0..<1 << width, using: &random)
                }
                return Moment(inputs: inputs, write: write, read: read)
            }
        }

        /// What comes out at each moment, by an array of integers.
        fileprivate func expected(_ moments: [Moment]) -> [[Int]] {
            var words = [Int](repeating: 0, count: depth)
            var (own, forwarded, other) = (0, 0, 0)
            func word(_ address: Int) -> Int { address < depth ? words[address] : 0 }
            return moments.map { moment in
                let x = moment.inputs
                defer {
                    if moment.read, x[5] == 1 { other = word(x[6]) }
                    if moment.write {
                        own = word(x[4])
                        if x[0] == 1, x[2] < depth {
                            let size = 6 / lanes
                            let kept = (0..<lanes).reduce(0) {
                                $0 | (x[1] >> $1 & 1 == 1 ? 0 : (1 << size - 1) << (size * $1))
                            }
                            words[x[2]] = words[x[2]] & kept | x[3] & ~kept
                        }
                        forwarded = word(x[4])
                    }
                }
                return [own, forwarded, other, word(x[6])]
            }
        }

        fileprivate var module: TwoClockMemory {
            TwoClockMemory(depth: depth, lanes: lanes, writeEdge: edges.write, readEdge: edges.read)
        }
    }

    @Test("the built-in simulator", arguments: Shape.all)
    func builtIn(_ shape: Shape) throws {
        let simulator = try Simulator(elaborate(shape.module))
        let moments = shape.moments(500)
        for (time, (moment, expected)) in zip(moments, shape.expected(moments)).enumerated() {
            for (name, value) in zip(TwoClockMemoryTests.names, moment.inputs) { simulator.set(name, value) }
            let found = TwoClockMemoryTests.outputs.map { simulator.get($0).intValue ?? -1 }
            try #require(found == expected, "\(shape), moment \(time)")
            simulator.step(clocks: Set((moment.write ? ["write"] : []) + (moment.read ? ["read"] : [])))
        }
    }

    @Test("Verilator and Icarus, whichever clock the bench sets first", arguments: [true, false])
    func outside(isWriteFirst: Bool) throws {
        for shape in Shape.all {
            let moments = shape.moments(200)
            let expected = shape.expected(moments).map { $0.map(String.init).joined(separator: " ") }
            try withFolder { folder in
                for file in try emit(elaborate(shape.module)).modules {
                    try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
                    if file.name.hasSuffix(".v") {
                        try runTool("verilator", ["--lint-only", "-Wall", file.name], in: folder)
                    }
                }
                let name = shape.module.moduleName
                let bench = bench(shape, moments, isWriteFirst: isWriteFirst)
                try Data(bench.utf8).write(to: folder.appendingPathComponent("bench.v"))
                let files = ["bench.v", "\(name).v"]
                try runTool(
                    "verilator",
                    ["--binary", "--timing", "-Wno-fatal", "-MAKEFLAGS", "OPT_FAST=-O0", "--top-module", "bench"]
                        + files, in: folder)
                try runTool("iverilog", ["-g2005", "-s", "bench", "-o", "bench.vvp"] + files, in: folder)
                for (program, arguments) in [("env", ["./obj_dir/Vbench"]), ("vvp", ["-n", "bench.vvp"])] {
                    let text = try runTool(program, arguments, in: folder)
                    let lines = text.split(separator: "\n").filter { $0.hasPrefix("= ") }.map { $0.dropFirst(2) }
                    let found = lines.map { $0.split(separator: " ").joined(separator: " ") }
                    #expect(found == expected, "\(program), \(shape)")
                }
            }
        }
    }

    /// A bench that sets the inputs of each moment, prints the outputs, and has the edges at one instant.
    private func bench(_ shape: Shape, _ moments: [Moment], isWriteFirst: Bool) -> String {
        let rest = [shape.edges.write, shape.edges.read].map { $0 == .rising ? 0 : 1 }
        let ports = TwoClockMemoryTests.names + TwoClockMemoryTests.outputs + ["write_clk", "read_clk"]
        var lines = ["module bench;", "    reg write_clk = \(rest[0]), read_clk = \(rest[1]);"]
        let address = addressWidth(shape.depth)
        for (name, width) in zip(TwoClockMemoryTests.names, [1, shape.lanes, address, 6, address, 1, address]) {
            lines.append("    reg [\(width - 1):0] \(name);")
        }
        lines.append("    wire [5:0] \(TwoClockMemoryTests.outputs.joined(separator: ", "));")
        let connections = ports.map { ".\($0)(\($0))" }.joined(separator: ", ")
        lines += ["    \(shape.module.moduleName) subject (\(connections));", "    initial begin"]
        for moment in moments {
            for (name, value) in zip(TwoClockMemoryTests.names, moment.inputs) {
                lines.append("        \(name) = \(value);")
            }
            lines.append("        #1 $display(\"= %0d %0d %0d %0d\", own, forwarded, other, now);")
            let clocks = (moment.write ? [("write_clk", rest[0])] : []) + (moment.read ? [("read_clk", rest[1])] : [])
            let ordered = isWriteFirst ? clocks : clocks.reversed()
            lines.append("        #1 " + ordered.map { "\($0.0) = \(1 - $0.1);" }.joined(separator: " ") + ";")
            lines.append("        #1 " + ordered.map { "\($0.0) = \($0.1);" }.joined(separator: " ") + ";")
        }
        return (lines + ["        $finish;", "    end", "endmodule", ""]).joined(separator: "\n")
    }

    private func withFolder(_ work: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try work(folder)
    }
}
