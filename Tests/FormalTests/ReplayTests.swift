import BitVectors
import Formal
import Foundation
import HDL
import Simulation
import Testing
import Verilog

/// Law: a run that the solver found makes the same property fail, or be reached, in the same cycle of the built-in
/// simulator, and in no cycle before it.
@Suite("Replay of counterexamples")
struct ReplayTests {
    func expectReplay(_ design: Design, _ options: ProofOptions, failing: [String]) throws {
        let report = try ProofRunner(options).prove(design)
        let failed = report.properties.filter { $0.verdict == .failed }
        #expect(failed.map(\.name) == failing, "\(verdicts(report))")
        for property in failed {
            let stimulus = try #require(property.trace?.stimulus)
            let own = try stimulus.replay(on: design).failures.filter { $0.name == property.name }
            let wanted = ReportedFailure(
                name: property.name, cycle: property.depth, place: "\(property.file):\(property.line)")
            #expect(own == [wanted])
        }
        for property in report.properties where property.verdict == .reached {
            let stimulus = try #require(property.trace?.stimulus)
            let covers = try stimulus.replay(on: design).covers
            #expect(covers[property.name] == 1, "\(property.name) \(property.depth) \(covers) \(stimulus)")
        }
    }

    @Test("with one clock, from each of two instances")
    func oneClock() throws {
        try expectReplay(
            elaborate(CounterPair(limit: 5)), ProofOptions(depth: 12, reset: .first(edges: 2)),
            failing: ["first.stays_below", "second.stays_below"])
    }

    @Test("with resets at any time")
    func freeReset() throws {
        try expectReplay(
            elaborate(CounterPair(limit: 3)), ProofOptions(depth: 9, reset: .anyTime),
            failing: ["first.stays_below", "second.stays_below"])
    }

    @Test(
        "with every kind of reset and both edges",
        arguments: [
            Clocking(edge: .falling, reset: .synchronous(.low)), Clocking(reset: .asynchronous(.high)),
            Clocking(edge: .falling, reset: .asynchronous(.low)), Clocking(reset: .none),
        ])
    func clockings(clocking: Clocking) throws {
        for reset in [ProofOptions.ResetAssumption.first(edges: 2), .anyTime] {
            try expectReplay(
                elaborate(LimitedCounter(limit: 4, kind: clocking)), ProofOptions(depth: 12, reset: reset),
                failing: ["stays_below"])
        }
    }

    @Test("without a clock, and with wide inputs")
    func noClock() throws {
        let design = try elaborate(CarryFree())
        let report = try ProofRunner(ProofOptions(depth: 2)).prove(design)
        #expect(verdicts(report) == ["or_is_sum failed 0", "sum_commutes proved 0"])
        let cycle = try #require(report["or_is_sum"]?.trace?.stimulus.cycles.first)
        #expect(cycle.edges.isEmpty)
        let values = Dictionary(uniqueKeysWithValues: cycle.inputs.map { ($0.name, $0.value) })
        let (a, b) = (try #require(values["a"]), try #require(values["b"]))
        #expect(a[0])
        #expect(a | b != a + b)
    }

    @Test("a stimulus is JSON with sized values")
    func json() throws {
        let cycle = ProofStimulus.Cycle(
            inputs: [("rst", BitVector(1, width: 1)), ("data", .ones(70))], edges: ["main"])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text = String(decoding: try encoder.encode(ProofStimulus(design: "d", cycles: [cycle])), as: UTF8.self)
        #expect(
            text
                == #"{"cycles":[{"edges":["main"],"inputs":{"data":"70'h3fffffffffffffffff","rst":"1'h1"}}],"design":"d"}"#
        )
    }

    @Test("with two clocks whose edges come in any order")
    func twoClocks() throws {
        for reset in [ProofOptions.ResetAssumption.first(edges: 1), .anyTime] {
            try expectReplay(
                elaborate(TwoClocks()), ProofOptions(depth: 14, inductionDepth: 0, reset: reset),
                failing: ["writes_stay_below", "reads_stay_below"])
        }
    }

    @Test("with two clocks, and a check in an instance that has none")
    func twoClocksAndNone() throws {
        try expectReplay(
            elaborate(WatchedClocks()), ProofOptions(depth: 8, inductionDepth: 0), failing: ["watch.never_both_go_on"])
    }
}

/// Claims wrongly that a sum has no carry, without any clock.
struct CarryFree: Module {
    struct Ports: SignalBundle { let a = Input(100), b = Input(100), sum = Output(100) }
    var moduleName: String { "carry_free" }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let sum = m.a + m.b
        m.sum.drive(sum)
        m.assert("or_is_sum", (m.a | m.b) == sum)
        m.assert("sum_commutes", (m.b + m.a) == sum)
        m.assume("a_is_odd", m.a[0])
    }
}

/// Counts, and claims wrongly to stay below a limit.
struct LimitedCounter: Module {
    let limit: Int
    var kind = Clocking()
    var clocking: Clocking { kind }
    var moduleName: String { "limited_counter_\(limit)" }

    struct Ports: SignalBundle { let enable = Input(), step = Input(3), count = Output(4) }

    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let count = m.register("count", 4)
        when(m.enable) { count.next(count + m.step.zeroExtended(to: 4)) }
        m.count.drive(count)
        m.assert("stays_below", count < limit)
        m.assume("steps_by_one_or_two", (m.step == 1) | (m.step == 2))
        m.cover("reaches_two", count == 2)
    }
}

/// Two counters, of which the second one only counts when the first one has begun.
struct CounterPair: Module {
    let limit: Int
    var moduleName: String { "counter_pair_\(limit)" }

    struct Ports: SignalBundle { let enable = Input(), slow = Input(), sum = Output(4) }

    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let first = m.instance("first", LimitedCounter(limit: limit))
        let second = m.instance("second", LimitedCounter(limit: limit))
        first.enable.drive(m.enable)
        first.step.drive(m.constant(1, 2).zeroExtended(to: 3) + m.slow.zeroExtended(to: 3))
        second.enable.drive(m.enable & (first.count != 0))
        second.step.drive(2)
        m.sum.drive(first.count + second.count)
        m.assert("sum_is_whole", (first.count + second.count) == m.sum)
    }
}

/// A counter in each of two clock domains.
struct TwoClocks: Module {
    struct Ports: SignalBundle {
        let write = ClockPort(Clocking(reset: .asynchronous(.low)))
        let read = ClockPort(Clocking(edge: .falling))
        let push = Input(1, "write"), pop = Input(1, "read")
        let written = Output(3, "write"), taken = Output(3, "read")
    }

    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let write = m.clocked(by: m.write)
        let read = m.clocked(by: m.read)
        let written = write.register("written_count", 3)
        let taken = read.register("taken_count", 3)
        when(m.push) { written.next(written + 1) }
        when(m.pop) { taken.next(taken + 1) }
        m.written.drive(written)
        m.taken.drive(taken)
        write.assert("writes_stay_below", written < 3)
        read.assert("reads_stay_below", taken < 2)
        read.cover("reads_one", taken == 1)
    }
}

/// A counter in each of two clock domains, and one without a clock that looks at both and at an input.
struct WatchedClocks: Module {
    struct Ports: SignalBundle {
        let write = ClockPort(), read = ClockPort(Clocking(edge: .falling))
        let push = Input(1, "write"), pop = Input(1, "read")
    }

    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let written = m.clocked(by: m.write).register("written_count", 3)
        let taken = m.clocked(by: m.read).register("taken_count", 3)
        when(m.push) { written.next(written + 1) }
        when(m.pop) { taken.next(taken + 1) }
        let watch = m.instance("watch", Watch())
        watch.written.drive(written)
        watch.taken.drive(taken)
        watch.push.drive(m.push)
    }

    struct Watch: Module {
        struct Ports: SignalBundle { let written = Input(3), taken = Input(3), push = Input() }

        func ports() -> Ports { Ports() }

        func build(_ m: Builder<Ports>) {
            let isBoth = ((m.written == 1) & (m.taken == 1)).named("is_both")
            m.assert("never_both_go_on", !(isBoth & m.push))
        }
    }
}
