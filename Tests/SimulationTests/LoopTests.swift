import BitVectors
import HDL
import RandomCircuits
import Simulation
import Testing

/// Law: a loop of words that is none of bits has the one value that its bits say; a true loop is an error with names.
@Suite("Loops")
struct LoopTests {
    struct Adder: SignalBundle {
        let a = Input(70)
        let b = Input(70)
        let sum = Output(70)
    }

    @Test("a ripple-carry adder whose carries are one word adds")
    func rippleCarry() throws {
        let simulator = try Simulator({ Adder() }) { m in
            let carry = m.wire("carry", 71)
            carry[0].drive(0)
            for index in 0..<70 {
                let (a, b, c) = (m.a[index], m.b[index], carry[index])
                carry[index + 1].drive((a & b) | (a & c) | (b & c))
            }
            m.sum.drive(m.a ^ m.b ^ carry[0..<70])
        }
        var random = SplitMix(state: 7)
        for _ in 0..<50 {
            let (a, b) = (random.value(70), random.value(70))
            simulator.set("a", a)
            simulator.set("b", b)
            simulator.settle()
            #expect(simulator.get("sum") == a + b)
        }
    }

    @Test("a loop that does not come to rest is named")
    func text() {
        // Elaboration finds all of them, so none gets here: the text alone.
        let error = SimulationError.combinationalLoop(["request", "part.grant"])
        #expect("\(error)" == "signals depend on each other within a cycle: 'request' -> 'part.grant'")
    }

    struct Chain: Module {
        struct Ports: SignalBundle {
            let a = Input(32)
            let b = Output(32)
        }
        let length: Int
        func ports() -> Ports { Ports() }
        func build(_ m: Builder<Ports>) {
            var value = m.a
            for _ in 0..<length { value = value + m.a }
            m.b.drive(value)
        }
    }

    @Test("a chain of a million operators runs, without recursion")
    func millionNodes() throws {
        let simulator = try Simulator(elaborate(Chain(length: 1_000_000)))
        simulator.set("a", 3)
        simulator.step()
        #expect(simulator.get("b") == BitVector(3_000_003, width: 32))
    }
}
