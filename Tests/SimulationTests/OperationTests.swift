import BitVectors
import HDL
import RandomCircuits
import Simulation
import Testing

/// Law: every operation has the result that `Circuit/Operation.swift` says, for corner values and chance ones, at widths
/// around those of machine words.
@Suite("Operations")
struct OperationTests {
    struct Operators: Module {
        struct Ports: SignalBundle {
            let a: Input
            let b: Input
            let amount: Input
            let wide = Input(70)
        }
        let width: Int
        /// Bits of an amount that reaches beyond the width.
        var amountWidth: Int { addressWidth(width) + 1 }
        func ports() -> Ports { Ports(a: Input(width), b: Input(width), amount: Input(amountWidth)) }

        func build(_ m: Builder<Ports>) {
            let (a, b) = (m.a, m.b)
            var results: [Bits] = []
            func add(_ name: String, _ value: Bits) { results.append(value.named("result_\(name)")) }
            add("not", ~a)
            add("reduceAnd", a.allSet)
            add("reduceOr", a.anySet)
            add("reduceXor", a.parity)
            add("popcount", popcount(a))
            add("isolateLowestSet", a.lowestSet)
            add("oneHotToBinary", a.oneHotIndex)
            add("and", a & b)
            add("or", a | b)
            add("xor", a ^ b)
            add("add", a + b)
            add("subtract", a - b)
            add("multiply", a * b)
            add("divide", a / b)
            add("modulo", a % b)
            add("divideSigned", (a.signed / b.signed).bits)
            add("moduloSigned", (a.signed % b.signed).bits)
            add("equal", a == b)
            add("notEqual", a != b)
            add("less", a < b)
            add("lessOrEqual", a <= b)
            add("lessSigned", a.signed < b.signed)
            add("lessOrEqualSigned", a.signed <= b.signed)
            add("mux", mux(m.amount[0], a, b))
            for (name, amount) in [("narrow", m.amount), ("wide", m.wide)] {
                add("shiftLeft_\(name)", a << amount)
                add("shiftRight_\(name)", a >> amount)
                add("shiftRightSigned_\(name)", (a.signed >> amount).bits)
                add("dynamicBit_\(name)", a[amount])
                add("select_\(name)", select(amount, [a, b, a ^ b]))
            }
            for low in [0, width / 2, width - 1] { add("slice_\(low)", a[low..<width]) }
            add("signExtended", a.signExtended(to: width + 37))
            add("zeroExtended", a.zeroExtended(to: width + 37))
            add("replicated", a.replicated(3))
            add("joined", concatenate([a, b[0], b, m.amount]))
            m.cover("all", results.dropFirst().reduce(results[0].parity) { $0 ^ $1.parity })
        }
    }

    @Test("each has its result", arguments: [1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300])
    func results(width: Int) throws {
        let design = try elaborate(Operators(width: width))
        let simulator = try Simulator(design)
        let reference = ReferenceEvaluator(design)
        let named = design.top.names.filter { $0.value.hasPrefix("result_") }.sorted { $0.key < $1.key }
        #expect(named.count == 41)
        let seed = UInt64(width) &* 31
        var random = SplitMix(state: seed)
        let amountWidth = Operators(width: width).amountWidth
        for _ in 0..<40 {
            let a = random.value(width)
            let b = random.chance(1, of: 6) ? a : random.value(width)
            // Most wide amounts are small, or nothing but their overflow would be seen.
            let wide = random.chance(3, of: 4) ? BitVector(random.below(width + 3), width: 70) : random.value(70)
            for (name, value) in [("a", a), ("b", b), ("amount", random.value(amountWidth)), ("wide", wide)] {
                simulator.set(name, value)
                reference.set(name, value)
            }
            simulator.settle()
            reference.settle()
            for (node, name) in named {
                #expect(
                    simulator.get(name) == reference.top.value(node),
                    "seed \(seed), \(name) of \(a) and \(b), amounts \(simulator.get("amount")), \(wide)")
            }
        }
    }
}
