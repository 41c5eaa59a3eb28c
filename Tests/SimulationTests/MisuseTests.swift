import BitVectors
import HDL
import Simulation
import Testing

/// Law: what cannot be done is said in one line that names what was found and what is allowed.
@Suite("Misuse")
struct MisuseTests {
    struct Ports: SignalBundle {
        let write: ClockPort
        let enable = Input()
        let data = Input(4)
        let sum = Output(8)

        init() { write = ClockPort(Clocking()) }
    }

    static func simulator() throws -> Simulator {
        try Simulator({ Ports() }) { m in
            let sum = m.register("total", 8)
            when(m.enable) { sum.next(sum + m.data.zeroExtended(to: 8)) }
            m.sum.drive(sum)
            let memory = m.clocked(by: m.write).memory("words", depth: 3, width: 5, contents: [BitVector(7, width: 5)])
            m.assert("first_word", memory.read(m.constant(0, 2)).anySet | ~m.enable)
        }
    }

    @Test("names that are not there come with one that is like them")
    func names() throws {
        let simulator = try MisuseTests.simulator()
        func text(_ body: () throws(SimulationError) -> Void) -> String? {
            do {
                try body()
                return nil
            } catch { return "\(error)" }
        }
        #expect(
            text { () throws(SimulationError) in _ = try simulator.input("enabel") }
                == "no input 'enabel'; did you mean 'enable'?")
        #expect(text { () throws(SimulationError) in _ = try simulator.input("qqqqqqqqqq") } == "no input 'qqqqqqqqqq'")
        #expect(
            text { () throws(SimulationError) in _ = try simulator.signal("totl") }
                == "no signal 'totl'; did you mean 'total'?")
    }

    struct Foreign: BlackBox {
        struct Ports: SignalBundle {
            let a = Input()
            let b = Output()
        }
        var moduleName: String { "PLL" }
        func ports() -> Ports { Ports() }
    }
    struct Small: SignalBundle {
        let a = Input()
        let b = Output()
    }

    @Test("a black box is named with its instance")
    func blackBox() throws {
        let design = try elaborate(
            Snippet("snippet", { Small() }) { m in
                let part = m.instance("pll", Foreign())
                part.a.drive(m.a)
                m.b.drive(part.b)
            })
        let text = "instance 'pll' is the black box 'PLL', which has no model for this simulator"
        #expect { try Simulator(design) } throws: { "\($0)" == text }
    }

    @Test("a wave of a signal that is not there is an error")
    func wave() throws {
        let design = try elaborate(Snippet("snippet", { Small() }) { m in m.b.drive(m.a) })
        #expect { try Simulator(design, waves: .signals(["c"])) } throws: { "\($0)" == "no signal 'c'" }
    }

    @Test("the power-up contents of a memory can be read and changed")
    func memory() throws {
        let simulator = try MisuseTests.simulator()
        #expect(simulator.word(of: "words", at: 0) == BitVector(7, width: 5))
        simulator.setWord(of: "words", at: 0, BitVector(0, width: 5))
        simulator.set("enable", 1)
        simulator.step()
        #expect(simulator.failures.map(\.name) == ["first_word"])
    }

    // Each of these ends the program, so each runs in one of its own.

    private func expectEnd(_ text: String, _ result: ExitTest.Result?) {
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(output.contains("Fatal error: \(text)\n"), "\(output)")
    }

    @Test("setting an unknown input ends the program")
    func setUnknown() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try MisuseTests.simulator().set("enabel", 1)
        }
        expectEnd("no input 'enabel'; did you mean 'enable'?", result)
    }

    @Test("setting an output ends the program")
    func setOutput() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let simulator = try MisuseTests.simulator()
            simulator[try simulator.signal("sum")] = BitVector(1, width: 8)
        }
        expectEnd("'sum' is no input", result)
    }

    @Test("an integer that does not fit ends the program")
    func tooLarge() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try MisuseTests.simulator().set("data", 16)
        }
        expectEnd("16 does not fit in 'data' of 4 bits", result)
    }

    @Test("a value of another width ends the program")
    func otherWidth() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try MisuseTests.simulator().set("enable", BitVector(1, width: 2))
        }
        expectEnd("'enable' has 1 bit, its value has 2", result)
    }

    @Test("reading an unknown signal ends the program")
    func getUnknown() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try MisuseTests.simulator().get("totl")
        }
        expectEnd("no signal 'totl'; did you mean 'total'?", result)
    }

    @Test("stepping an unknown clock ends the program")
    func unknownClock() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try MisuseTests.simulator().step(clocks: ["read"])
        }
        expectEnd("no clock 'read'; the clocks are 'main', 'write'", result)
    }

    @Test("a word beyond a memory, of an unknown memory, and of another width end the program")
    func memoryMisuse() async {
        let beyond = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try MisuseTests.simulator().word(of: "words", at: 3)
        }
        expectEnd("word 3 of 'words', which has 3", beyond)
        let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try MisuseTests.simulator().word(of: "word", at: 0)
        }
        expectEnd("no memory 'word'; did you mean 'words'?", unknown)
        let width = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try MisuseTests.simulator().setWord(of: "words", at: 0, BitVector(0, width: 4))
        }
        expectEnd("'words' has words of 5 bits, its value has 4", width)
    }

    @Test("waves that were not asked for, or of a signal that was not recorded, end the program")
    func waves() async {
        let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try MisuseTests.simulator().waves
        }
        expectEnd("no waves were asked for when the simulator was made", none)
        let other = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let design = try elaborate(Snippet("snippet", { Small() }) { m in m.b.drive(m.a) })
            _ = try Simulator(design, waves: .signals(["a"])).waves.text(["b"])
        }
        expectEnd("'b' was not recorded", other)
    }

    @Test("a clock that never comes to rest ends the program")
    func unrest() async {
        let clock = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let simulator = try Simulator({ Small() }) { m in
                let state = m.wire("state")
                let domain = m.clockDomain("mad", clock: m.a ^ state, Clocking(edge: .rising, reset: .none))
                let both = m.clocked(by: domain).register("rising")
                both.next(~both)
                let low = m.clockDomain("low", clock: m.a ^ state, Clocking(edge: .falling, reset: .none))
                let other = m.clocked(by: low).register("falling")
                other.next(~other)
                state.drive(both ^ other)
                m.b.drive(0)
            }
            simulator.set("a", 1)
            simulator.settle()
        }
        expectEnd("clock 'mad_clk' has edges without end", clock)
    }
}
