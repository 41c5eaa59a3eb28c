import HDL
import Simulation
import Testing

/// Law: a check is looked at before each edge of its domain in which the reset is inactive, with the values before that
/// edge; in a module without a clock, whenever its values change.
@Suite("Checks")
struct CheckTests {
    struct Ports: SignalBundle {
        let good = Input()
        let armed = Input()
        let count = Output(4)
    }

    private func simulator() throws -> Simulator {
        try Simulator({ Ports() }) { m in
            let count = m.register("value", 4)
            count.next(count + 1)
            m.count.drive(count)
            m.assert("is_good", m.good)
            when(m.armed) {
                m.assume("is_low", count < 4)
                m.cover("is_two", count == 2)
            }
        }
    }

    @Test("an assertion fails in each cycle in which it does not hold, except in reset")
    func assertion() throws {
        let simulator = try simulator()
        simulator.set("good", 1)
        simulator.step(2)
        #expect(simulator.failures.isEmpty)
        simulator.set("good", 0)
        simulator.settle()
        #expect(simulator.failures.isEmpty)
        simulator.step(2)
        #expect(simulator.failures.map(\.cycle) == [2, 3])
        simulator.set("rst", 1)
        simulator.step(2)
        #expect(simulator.failures.count == 2)
        let location = simulator.failures[0].location.description
        #expect(location.hasPrefix("SimulationTests/CheckTests.swift:"))
        #expect(simulator.failures[0].description == "\(location): assertion 'is_good' fails in cycle 2")
    }

    @Test("checks inside an arm count only when it is taken")
    func guarded() throws {
        let simulator = try simulator()
        simulator.set("good", 1)
        simulator.step(6)
        #expect(simulator.failures.isEmpty)
        #expect(simulator.covers == ["is_two": 0])
        simulator.set("armed", 1)
        simulator.step(2)
        #expect(simulator.failures.map(\.name) == ["is_low", "is_low"])
        #expect(simulator.failures.map(\.kind) == [.assume, .assume])
        #expect(simulator.failures[0].description.hasSuffix(": assumption 'is_low' fails in cycle 6"))
        simulator.step(16)
        #expect(simulator.covers == ["is_two": 1])
    }

    struct PlainPorts: SignalBundle {
        let good = Input()
        let echo = Output()
    }

    @Test("in a module without a clock a check is looked at when it settles")
    func withoutClock() throws {
        let simulator = try Simulator({ PlainPorts() }) { m in
            m.echo.drive(m.good)
            m.assert("is_good", m.good)
        }
        simulator.settle()
        #expect(simulator.failures.map(\.name) == ["is_good"])
        simulator.set("good", 1)
        simulator.settle()
        simulator.set("good", 0)
        simulator.settle()
        #expect(simulator.failures.count == 2)
    }
}
