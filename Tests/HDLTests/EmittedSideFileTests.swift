import Foundation
import HDL
import Testing
import Verilog

private enum Phase: HardwareEnum { case idle, firstHalf, done }

private struct Ports: SignalBundle { let go = Input(), limit = Input(4), busy = Output(), count = Output(4) }

/// A counter that never reaches ten, and says so; `isWrong` makes that false.
private func counter(isWrong: Bool = false, clocking: Clocking = Clocking()) -> some Module {
    Counter(isWrong: isWrong, clocking: clocking)
}

private struct Counter: Module {
    let isWrong: Bool
    let clocking: Clocking
    var moduleName: String { "counter" }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let count = m.register("count", 4)
        when(m.go) {
            when(count == (isWrong ? 10 : 9)) { count.next(0) }.otherwise { count.next(count + 1) }
        }
        m.busy.drive(m.limit == count)
        m.count.drive(count)
        m.assert("below_ten", count < 10)
        m.cover("nine", count == 9)
    }
}

/// Laws of the files beside the Verilog: the map names the line of the description for each line it lists, the formal
/// view's script means what the assertions say, and a filter has every case of its enum.
@Suite("Files beside the Verilog")
struct EmittedSideFileTests {
    @Test("the source map leads from the declaration of a register to the line that made it")
    func sourceMap() throws {
        let emission = try emit(elaborate(counter()))
        #expect(emission.sourceMap.name == "counter.sources.json")
        let object = try JSONSerialization.jsonObject(with: Data(emission.sourceMap.bytes))
        let map = try #require(object as? [String: Any])
        let files = try #require(map["files"] as? [String])
        #expect(files == ["HDLTests/EmittedSideFileTests.swift"])
        let rows = try #require((map["modules"] as? [String: [[Int]]])?["counter.v"])
        #expect(rows.count == emission.origins[0].count && !rows.isEmpty)
        let source = try String(contentsOfFile: #filePath, encoding: .utf8).components(separatedBy: "\n")
        let text = String(decoding: emission.modules[0].bytes, as: UTF8.self).components(separatedBy: "\n")
        let declared = try #require(text.firstIndex { $0.contains("below_ten_holds =") })
        let row = try #require(rows.first { ($0[0]..<$0[0] + $0[1]).contains(declared + 1) })
        #expect(source[row[3] - 1].contains("m.assert(\"below_ten\""))
    }

    @Test("a design without checks has no formal view")
    func noFormalView() throws {
        let design = try elaborate(
            Snippet("plain", Ports.init) { m in
                m.busy.drive(m.go)
                m.count.drive(m.limit)
            })
        #expect(try emit(design).symbiYosysFile(design) == nil)
    }

    /// SymbiYosys itself is no Debian package: the script's steps are run by yosys, and the search by its SAT solver.
    @Test(
        "the formal view's script makes the assertions, which hold or fail as the design says",
        arguments: [false, true])
    func formalView(isWrong: Bool) throws {
        let design = try elaborate(counter(isWrong: isWrong))
        let emission = try emit(design)
        let file = try #require(emission.symbiYosysFile(design))
        #expect(file.name == "counter.sby")
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.hasPrefix("[tasks]\nbmc\nprove\ncover\n\n[options]\nbmc: mode bmc\nprove: mode prove\n"))
        #expect(!text.contains("multiclock"))
        #expect(text.hasSuffix("\n[files]\ncounter.v\n"))
        let script = try #require(
            text.components(separatedBy: "[script]\n").last?.components(separatedBy: "\n\n").first)
        try withTemporaryFolder { folder in
            for module in emission.modules {
                try Data(module.bytes).write(to: folder.appendingPathComponent(module.name))
            }
            let steps =
                script.split(separator: "\n").map(String.init) + [
                    "chformal -cover -remove", "sat -prove-asserts -tempinduct -seq 1 -verify",
                ]
            let prove = { try run("yosys", ["-q", "-p", steps.joined(separator: "; ")], in: folder) }
            if isWrong {
                #expect(throws: ToolError.self) { _ = try prove() }
            } else {
                _ = try prove()
            }
        }
    }

    @Test(
        "an asynchronous reset or a falling edge needs steps between the edges",
        arguments: [
            Clocking(reset: .asynchronous(.high)), Clocking(edge: .falling),
        ])
    func multiclock(clocking: Clocking) throws {
        let design = try elaborate(counter(clocking: clocking))
        let file = try #require(try emit(design).symbiYosysFile(design, models: ["sim/box.v"]))
        let text = String(decoding: file.bytes, as: UTF8.self)
        #expect(text.contains("depth 20\nmulticlock on\n"))
        #expect(text.contains("read -formal counter.v box.v\n"))
        #expect(text.hasSuffix("[files]\ncounter.v\nsim/box.v\n"))
    }

    @Test("a filter for waves has every case of an enum, an enum of several signals once")
    func filters() throws {
        let design = try elaborate(
            Snippet("machine", Ports.init) { m in
                let phase = m.register("phase", Phase.self, reset: .idle)
                let earlier = m.register("earlier", Phase.self, reset: .idle)
                earlier.next(phase)
                when(m.go) { phase.next(.firstHalf) }.elseWhen(m.limit.anySet) { phase.next(.done) }
                m.busy.drive(phase == .firstHalf)
                m.count.drive((earlier == .done).zeroExtended(to: 4))
            })
        let filters = try emit(design).enumFilters
        #expect(filters.map(\.name) == ["machine.phase.filter"])
        #expect(filters.map { String(decoding: $0.bytes, as: UTF8.self) } == ["0 idle\n1 first_half\n2 done\n"])
    }

    @Test("a core with a test bench has a target that runs it")
    func simulationTarget() throws {
        let target = SimulationTarget(
            toplevel: "counter_tb", sources: ["sim/counter_tb.v"], data: ["sim/in.hex"],
            plusArguments: [("inputs", .text("in.hex")), ("cycles", .number(7))])
        let core = try emit(elaborate(counter())).fuseSoCCore(simulation: target)
        let text = String(decoding: core.bytes, as: UTF8.self)
        #expect(text.contains("      - sim/counter_tb.v\n      - sim/in.hex: {file_type: user, copyto: in.hex}\n"))
        #expect(text.contains("  sim:\n    filesets: [rtl, sim]\n    toplevel: counter_tb\n    flow: sim\n"))
        #expect(text.contains("    parameters: [inputs, cycles]\n"))
        #expect(text.contains("  inputs: {datatype: str, paramtype: plusarg, default: in.hex}\n"))
        #expect(text.contains("  cycles: {datatype: int, paramtype: plusarg, default: 7}\n"))
    }
}
