import BitVectors
import HDL
import Simulation
import Testing

/// Law: an instance means what its definition says, in the clock domain in which it stands, however deep.
@Suite("Hierarchy")
struct HierarchyTests {
    struct Counter: Module {
        struct Ports: SignalBundle {
            let step = Input(8)
            let count = Output(8)
        }
        let clocking: Clocking
        var moduleName: String { clocking.reset == .none ? "free_counter" : "counter" }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let count = m.register("value", 8)
            count.next(count + m.step)
            m.count.drive(count)
        }
    }

    /// Two counters behind a clock gate, and one beside it.
    struct Gate: Module {
        struct Ports: SignalBundle {
            let enable = Input()
            let step = Input(8)
            let gated = Output(8)
            let free = Output(8)
        }
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            let gated = m.clockDomain("gated", clock: m.domain.clock & m.enable)
            let inner = m.clocked(by: gated).instance("inner", Counter(clocking: Clocking(reset: .none)))
            inner.step.drive(1)
            let outer = m.instance("outer", Counter(clocking: Clocking()))
            outer.step.drive(m.step)
            let synchronizer = m.crossingRegister("crossed", 8)
            synchronizer.next(inner.count)
            m.gated.drive(synchronizer)
            m.free.drive(outer.count)
        }
    }

    struct Top: Module {
        struct Ports: SignalBundle {
            let enable: [Input]
            let total = Output(8)
        }
        func ports() -> Ports { Ports(enable: (0..<2).map { _ in Input() }) }
        func build(_ m: Builder<Ports>) {
            let gates = (0..<2).map { index in
                let gate = m.instance("gate_\(index)", Gate())
                gate.enable.drive(m.enable[index])
                gate.step.drive(index + 1)
                return gate
            }
            m.total.drive(gates[0].gated + gates[0].free + gates[1].gated + gates[1].free)
        }
    }

    @Test("gated instances of instances count with their own gate, and have their own state")
    func gates() throws {
        let simulator = try Simulator(elaborate(Top()))
        simulator.set("enable_1", 1)
        simulator.step(5)
        simulator.set("enable_0", 1)
        simulator.step(2)
        #expect(simulator.int("gate_0.inner.value") == 2)
        #expect(simulator.int("gate_1.inner.value") == 7)
        #expect(simulator.int("gate_0.outer.value") == 7)
        #expect(simulator.int("gate_1.outer.value") == 14)
        // The gated clock has its edge with the main one, so the crossing register is one behind.
        #expect(simulator.int("gate_1.crossed") == 6)
        #expect(simulator.int("total") == 1 + 7 + 6 + 14)
        simulator.set("rst", 1)
        simulator.step()
        #expect(simulator.int("gate_1.outer.count") == 0)
        #expect(simulator.int("gate_1.inner.count") == 8)
    }
}
