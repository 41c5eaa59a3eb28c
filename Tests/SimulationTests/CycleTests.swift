import BitVectors
import HDL
import Simulation
import Testing

/// Law: each cycle settles, samples, has its edge and settles.
@Suite("Cycles")
struct CycleTests {
    struct CounterPorts: SignalBundle {
        let enable = Input()
        let count = Output(8)
    }

    @Test("a counter counts while it is enabled, and wraps")
    func counter() throws {
        let simulator = try Simulator({ CounterPorts() }) { m in
            let count = m.register("value", 8)
            when(m.enable) { count.next(count + 1) }
            m.count.drive(count)
        }
        #expect(simulator.int("count") == 0)
        simulator.step(3)
        #expect(simulator.int("count") == 0)
        simulator.set("enable", 1)
        simulator.step(3)
        #expect(simulator.int("count") == 3)
        #expect(simulator.int("value") == 3)
        simulator.step(256)
        #expect(simulator.int("count") == 3)
        simulator.set("rst", 1)
        simulator.step()
        #expect(simulator.int("count") == 0)
        #expect(simulator.cycle == 263)
    }

    struct SwapPorts: SignalBundle {
        let first = Output(8)
        let second = Output(100)
        let third = Output(100)
    }

    @Test("registers that take each other's values exchange them")
    func swap() throws {
        let simulator = try Simulator({ SwapPorts() }) { m in
            let a = m.register("a", 8, reset: 1)
            let b = m.register("b", 8, reset: 2)
            let c = m.register("c", 100, reset: 3)
            let d = m.register("d", 100, reset: 4)
            a.next(b)
            b.next(a)
            c.next(d)
            d.next(c)
            m.first.drive(a)
            m.second.drive(c)
            m.third.drive(d)
        }
        #expect([simulator.int("first"), simulator.int("second"), simulator.int("third")] == [1, 3, 4])
        simulator.step()
        #expect([simulator.int("first"), simulator.int("second"), simulator.int("third")] == [2, 4, 3])
        simulator.step()
        #expect([simulator.int("first"), simulator.int("second"), simulator.int("third")] == [1, 3, 4])
    }
}
