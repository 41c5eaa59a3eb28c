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

    @Test("whether a name is there can be asked before")
    func names() throws {
        let simulator = try MisuseTests.simulator()
        #expect(simulator.hasInput("enable") && simulator.hasInput("rst"))
        #expect(!simulator.hasInput("enabel") && !simulator.hasInput("sum"))
        #expect(simulator.hasSignal("enable") && simulator.hasSignal("total") && !simulator.hasSignal("totl"))
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

    /// - Parameter line: of the call that is wrong, when the message has its place.
    private func expectEnd(_ text: String, _ result: ExitTest.Result?, line: UInt? = nil) {
        let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        let place = line.map { "SimulationTests/MisuseTests.swift:\($0): " } ?? ""
        #expect(output.contains("\(place)Fatal error: \(text)\n"), "\(output)")
    }

    /// Calls with names that are not there, a line each; the body of an exit test has other lines than the file.
    enum Unknown {
        static let line: UInt = #line
        static func set() throws { try MisuseTests.simulator().set("enabel", 1) }
        static func setVector() throws { try MisuseTests.simulator().set("qqqqqqqqqq", BitVector(1, width: 1)) }
        static func input() throws { _ = try MisuseTests.simulator().input("enabel") }
        static func get() throws { _ = try MisuseTests.simulator().get("totl") }
        static func signal() throws { _ = try MisuseTests.simulator().signal("totl") }
        static func word() throws { _ = try MisuseTests.simulator().word(of: "word", at: 0) }
        static func clock() throws { try MisuseTests.simulator().step(clocks: ["read"]) }
    }

    @Test("an unknown name ends the program at the call, whichever function was asked")
    func unknownName() async {
        let set = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { try Unknown.set() }
        expectEnd("no input 'enabel'; did you mean 'enable'?", set, line: Unknown.line + 1)
        let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try Unknown.setVector()
        }
        expectEnd("no input 'qqqqqqqqqq'", vector, line: Unknown.line + 2)
        let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try Unknown.input()
        }
        expectEnd("no input 'enabel'; did you mean 'enable'?", input, line: Unknown.line + 3)
        let get = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { try Unknown.get() }
        expectEnd("no signal 'totl'; did you mean 'total'?", get, line: Unknown.line + 4)
        let signal = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try Unknown.signal()
        }
        expectEnd("no signal 'totl'; did you mean 'total'?", signal, line: Unknown.line + 5)
        let word = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try Unknown.word()
        }
        expectEnd("no memory 'word'; did you mean 'words'?", word, line: Unknown.line + 6)
        let clock = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            try Unknown.clock()
        }
        expectEnd("no clock 'read'; the clocks are 'main', 'write'", clock, line: Unknown.line + 7)
    }

    @Test("setting an output ends the program")
    func setOutput() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let simulator = try MisuseTests.simulator()
            simulator[simulator.signal("sum")] = BitVector(1, width: 8)
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

    @Test("a word beyond a memory, and one of another width, end the program")
    func memoryMisuse() async {
        let beyond = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = try MisuseTests.simulator().word(of: "words", at: 3)
        }
        expectEnd("word 3 of 'words', which has 3", beyond)
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
