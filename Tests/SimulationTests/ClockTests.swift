import BitVectors
import HDL
import Simulation
import Testing

/// Law: clocks that have their edge at once sample before any register changes; a clock that follows another by logic
/// alone has its edge at once with it, one that follows a register has it afterwards, on the new values.
@Suite("Clocks")
struct ClockTests {
    struct Ports: SignalBundle {
        let enable = Input()
        let first = Output(8)
        let second = Output(8)
    }

    @Test("a gated clock has its edge with the clock that it is made of")
    func gated() throws {
        let simulator = try Simulator({ Ports() }) { m in
            let gated = m.clockDomain("gated", clock: m.domain.clock & m.enable)
            let free = m.register("free", 8)
            free.next(free + 1)
            let seldom = m.clocked(by: gated).register("seldom", 8)
            seldom.next(seldom + 1)
            m.first.drive(free)
            m.second.drive(0)
        }
        simulator.step(2)
        #expect([simulator.int("free"), simulator.int("seldom")] == [2, 0])
        simulator.set("enable", 1)
        simulator.step(3)
        #expect([simulator.int("free"), simulator.int("seldom")] == [5, 3])
    }

    @Test("a ripple counter divides: each stage is clocked by the one before")
    func ripple() throws {
        let simulator = try Simulator({ Ports() }) { m in
            var stage = m.register("stage_0")
            stage.next(~stage)
            for index in 1..<4 {
                let domain = m.clockDomain("ripple_\(index)", clock: ~stage)
                let next = m.clocked(by: domain).register("stage_\(index)")
                next.next(~next)
                stage = next
            }
            m.first.drive(0)
            m.second.drive(0)
        }
        for cycle in 0..<40 {
            let value = (0..<4).reduce(0) { $0 | (simulator.int("stage_\($1)") ?? 0) << $1 }
            #expect(value == cycle % 16)
            simulator.step()
        }
    }

    @Test("a clock that is an input has its edge when it is set and the simulation settles")
    func inputClock() throws {
        let simulator = try Simulator({ Ports() }) { m in
            let domain = m.clockDomain("strobe", clock: m.enable, Clocking(edge: .falling, reset: .none))
            let count = m.clocked(by: domain).register("count", 8)
            count.next(count + 1)
            m.first.drive(0)
            m.second.drive(0)
        }
        #expect(simulator.int("count") == 0)
        simulator.set("enable", 1)
        simulator.settle()
        #expect(simulator.int("count") == 0)
        simulator.set("enable", 0)
        simulator.settle()
        #expect(simulator.int("count") == 1)
    }

    @Test("an asynchronous reset acts without an edge, and its value stays when it ends")
    func asynchronousReset() throws {
        let clocking = Clocking(reset: .asynchronous(.low))
        let simulator = try Simulator(clocking: clocking, { Ports() }) { m in
            let count = m.register("count", 8, reset: 5, powerUp: 9)
            count.next(count + 1)
            m.first.drive(count)
            m.second.drive(0)
        }
        #expect(simulator.int("first") == 9)
        simulator.step(2)
        #expect(simulator.int("first") == 11)
        simulator.set("rst_n", 0)
        simulator.settle()
        #expect(simulator.int("first") == 5)
        simulator.step(3)
        #expect(simulator.int("first") == 5)
        simulator.set("rst_n", 1)
        simulator.settle()
        #expect(simulator.int("first") == 5)
        simulator.step()
        #expect(simulator.int("first") == 6)
    }

    struct TwoClocks: SignalBundle {
        let other: ClockPort
        let first = Output(8)
        let second = Output(8, "other")
    }

    @Test("two clocks at once sample each other's registers as they were; one alone sees the other's new value")
    func crossing() throws {
        let clocking = Clocking(edge: .falling, reset: .none)
        let simulator = try Simulator({ TwoClocks(other: ClockPort(clocking)) }) { m in
            let a = m.register("a", 8)
            let other = m.clocked(by: m.other)
            let b = other.crossingRegister("b", 8)
            b.next(a)
            a.next(a + 1)
            m.first.drive(a)
            m.second.drive(b)
        }
        simulator.step(clocks: ["main", "other"])
        #expect([simulator.int("first"), simulator.int("second")] == [1, 0])
        simulator.step(clocks: ["other"])
        #expect([simulator.int("first"), simulator.int("second")] == [1, 1])
        simulator.step(3)
        #expect([simulator.int("first"), simulator.int("second")] == [4, 1])
        simulator.step(clocks: ["other", "main"])
        #expect([simulator.int("first"), simulator.int("second")] == [5, 4])
    }

    @Test("a derived reset acts as its signal says")
    func derivedReset() throws {
        let simulator = try Simulator({ Ports() }) { m in
            let clocking = Clocking(reset: .asynchronous(.high))
            let domain = m.clockDomain("part", clock: m.domain.clock, reset: m.enable, clocking)
            let count = m.clocked(by: domain).register("count", 8, reset: 3)
            count.next(count + 1)
            m.first.drive(0)
            m.second.drive(0)
        }
        simulator.step(2)
        #expect(simulator.int("count") == 5)
        simulator.set("enable", 1)
        simulator.settle()
        #expect(simulator.int("count") == 3)
    }
}
