import BitVectors
import Foundation
import HDL
import Simulation
import Testing

/// Law: a dump holds every named signal in the scope of its instance, and what a reader of dumps gets out of it is what
/// the simulation showed.
@Suite("Value change dumps")
struct DumpTests {
    enum State: HardwareEnum {
        case idle
        case busy
    }

    struct Part: Module {
        struct Ports: SignalBundle {
            let enable = Input()
            let count = Output(70)
        }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let value = m.register("value", 70, reset: 1)
            when(m.enable) { value.next(value + value) }
            m.count.drive(value)
        }
    }

    struct Whole: Module {
        struct Ports: SignalBundle {
            let enable = Input()
            let count = Output(70)
        }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let part = m.instance("part", Part())
            part.enable.drive(m.enable)
            m.count.drive(part.count)
            m.stateMachine("state", reset: State.idle) { state, on in
                on.case(.idle) { when(m.enable) { state.next(.busy) } }
                on.case(.busy) { when(~m.enable) { state.next(.idle) } }
            }
        }
    }

    static func simulator() throws -> Simulator {
        let simulator = try Simulator(elaborate(Whole()), waves: .all)
        for cycle in 0..<6 {
            simulator.set("enable", cycle % 3 == 1 ? 1 : 0)
            simulator.step()
        }
        return simulator
    }

    /// A dump read back: widths by hierarchical name, and the value of each name at each time.
    struct Reader {
        var widths: [String: Int] = [:]
        var values: [String: [Int: String]] = [:]

        init(_ text: String) {
            var scopes: [String] = []
            var names: [String: [String]] = [:]
            var time = 0
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ").map(String.init)
                switch words[0] {
                case "$scope": scopes.append(words[2])
                case "$upscope": scopes.removeLast()
                case "$var":
                    let name = (scopes + [words[4]]).joined(separator: ".")
                    widths[name] = Int(words[2])
                    names[words[3], default: []].append(name)
                case let word where word.hasPrefix("#"): time = Int(word.dropFirst()) ?? -1
                case let word where word.hasPrefix("b") || word.hasPrefix("s"):
                    for name in names[words[1]] ?? [] { values[name, default: [:]][time] = String(word.dropFirst()) }
                case let word where word.hasPrefix("0") || word.hasPrefix("1"):
                    for name in names[String(word.dropFirst())] ?? [] {
                        values[name, default: [:]][time] = String(word.prefix(1))
                    }
                default: break
                }
            }
        }
    }

    @Test("scopes, widths and times are those of the design")
    func structure() throws {
        let dump = try DumpTests.simulator().waves.vcd
        #expect(dump.hasPrefix("$version hwgen $end\n$timescale 1ns $end\n$scope module whole $end\n"))
        let reader = Reader(dump)
        #expect(reader.widths["whole.part.value"] == 70)
        #expect(reader.widths["whole.enable"] == 1)
        #expect(reader.values["whole.enable"] == [0: "0", 10: "1", 20: "0", 40: "1", 50: "0"])
        #expect(reader.values["whole.part.value"] == [0: "1", 15: "10", 45: "100"])
        #expect(reader.values["whole.state_name"] == [0: "idle", 15: "busy", 25: "idle", 45: "busy", 55: "idle"])
        #expect(reader.values["whole.clk"]?[5] == "1")
        #expect(reader.values["whole.clk"]?[10] == "0")
    }

    @Test("the view for GTKWave lists every signal and gives enums their names")
    func view() throws {
        let design = try elaborate(Whole())
        let simulator = try Simulator(design, waves: .signals(["enable", "state", "part.value"]))
        let view = simulator.waves.gtkWave(dump: "whole.vcd")
        #expect(
            view.saveFile == """
                [dumpfile] "whole.vcd"
                [timestart] 0
                @28
                whole.enable
                @2028
                ^1 State.txt
                whole.state
                @22
                whole.part.value[69:0]

                """)
        #expect(view.filters.map(\.name) == ["State.txt"])
        #expect(view.filters.map(\.text) == ["0 idle\n1 busy\n"])
    }

    /// Runs a program in a folder; what it wrote on standard output.
    private func run(_ program: String, _ arguments: [String], in folder: URL) throws -> (status: Int32, output: Data) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.currentDirectoryURL = folder
        let output = folder.appendingPathComponent("output.log")
        try Data().write(to: output)
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        process.waitUntilExit()
        try handle.close()
        return (process.terminationStatus, try Data(contentsOf: output))
    }

    @Test("GTKWave's reader gets the same values out of it")
    func gtkWave() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dump-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let dump = try DumpTests.simulator().waves.vcd
        try Data(dump.utf8).write(to: folder.appendingPathComponent("dump.vcd"))
        let there = try run("vcd2fst", ["dump.vcd", "dump.fst"], in: folder)
        try #require(
            there.status == 0, "vcd2fst (apt install gtkwave): \(String(decoding: there.output, as: UTF8.self))")
        let back = try run("fst2vcd", ["-f", "dump.fst", "-o", "back.vcd"], in: folder)
        try #require(back.status == 0, "fst2vcd: \(String(decoding: back.output, as: UTF8.self))")
        let text = String(decoding: try Data(contentsOf: folder.appendingPathComponent("back.vcd")), as: UTF8.self)
        let (own, other) = (Reader(dump), Reader(text))
        #expect(other.widths.filter { !$0.key.hasSuffix("_name") } == own.widths.filter { !$0.key.hasSuffix("_name") })
        for (name, changes) in own.values {
            let found = (other.values[name] ?? [:]).mapValues(withoutLeadingZeros)
            #expect(found == changes.mapValues(withoutLeadingZeros), "'\(name)'")
        }
    }

    private func withoutLeadingZeros(_ text: String) -> String {
        let short = text.drop { $0 == "0" }
        return short.isEmpty ? "0" : String(short)
    }
}
