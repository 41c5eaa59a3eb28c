import BitVectors
import HDL

/// A module of random operators of which many have constant operands, the same one for the same seed.
struct FoldingCircuit: Module {
    struct Ports: SignalBundle {
        let a = Input(8), b = Input(8), n = Input(3), c = Input()
        let out = Output(8), narrow = Output(3), bit = Output(), stored = Output(8)
    }
    let seed: UInt64
    var moduleName: String { "folding_\(seed)" }

    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        var maker = FoldingMaker(m: m, random: SplitMix(state: seed), signals: [m.a, m.b, m.n, m.c])
        maker.make()
    }
}

/// A part whose inputs a folding circuit may give constants.
private struct FoldingLeaf: Module {
    struct Ports: SignalBundle { let a = Input(8), x = Output(8) }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        let r = m.register("r", 8, reset: 7)
        r.next(r + m.a)
        m.x.drive(r ^ (m.a & m.constant(0, 8)))
    }
}

private struct FoldingMaker {
    let m: Builder<FoldingCircuit.Ports>
    var random: SplitMix
    var signals: [Bits]
    static let widths = [1, 3, 8, 65]

    mutating func make() {
        let r = m.register("r", 8, reset: 3)
        let bits = m.register("bits", 3, reset: nil)
        let fixed = m.wire("fixed", 8)
        let store = m.memory("store", depth: 5, width: 8, contents: [BitVector(9, width: 8)])
        fixed.drive([0, 1, 255, 77][pick(4)])
        signals += [r, bits, fixed]
        operators(14)
        let leaf = m.instance("leaf", FoldingLeaf())
        leaf.a.drive(any(8))
        signals += [leaf.x, store.read(any(3))]
        operators(14)
        let w = m.wire("w", 8, default: 5)
        let v = m.wire("v", 65)
        statements(depth: 3) { isRegister, value in isRegister ? r.next(value) : w.drive(value) }
        v.drive(any(65))
        when(any(1)) { v[3..<11].drive(any(8)) }
        signals += [w, v]
        operators(10)
        when(any(1)) { store.write(any(3), any(8), mask: any(2)) }
        bits[pick(3)].next(any(1))
        when(any(1)) { bits.next(any(3)) }
        m.out.drive(any(8))
        m.narrow.drive(any(3))
        m.bit.drive(any(1))
        m.stored.drive(store.read(m.n) ^ w ^ r)
        m.assert("any", any(1))
    }

    mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

    /// A constant, most often one that decides something.
    private mutating func constant(_ width: Int) -> Bits {
        switch pick(4) {
        case 0: m.constant(BitVector.zeros(width))
        case 1: m.constant(BitVector.ones(width))
        case 2: m.constant(BitVector(1, width: width))
        default: m.constant(BitVector(words: [random.next(), random.next()], width: width))
        }
    }

    private mutating func any(_ width: Int) -> Bits {
        if pick(3) == 0 { return constant(width) }
        let signal = signals[pick(2) == 0 ? pick(signals.count) : max(0, signals.count - 1 - pick(6))]
        if signal.width >= width { return signal[0..<width] }
        return pick(2) == 0 ? signal.zeroExtended(to: width) : signal.signExtended(to: width)
    }

    /// Nested conditions and choices, many of them on constants, around assignments of a wire or a register.
    private mutating func statements(depth: Int, _ assign: (_ isRegister: Bool, Bits) -> Void) {
        let isRegister = pick(2) == 0
        let (first, second, third) = (any(8), any(8), any(8))
        let (subject, one, other) = (any(3), any(1), any(1))
        func drive(_ value: Bits) { assign(isRegister, value) }
        if depth == 0 { return drive(first) }
        switch pick(3) {
        case 0:
            when(one) { drive(first) }.elseWhen(other) { drive(second) }.otherwise {
                if depth < 3 { drive(third) }
            }
        case 1:
            choose(subject) { on in
                on.case(0, 3) { drive(first) }
                on.case("1??") { drive(second) }
                on.case(1, 2) {}
            }
        default:
            choose(subject) { on in
                on.case("??1") { drive(first) }
                on.default { when(other) { drive(second) } }
            }
            when(one) { drive(third) }.elseWhen(other) {}
        }
        var inner = self
        when(pick(2) == 0 ? one : other) { inner.statements(depth: depth - 1, assign) }
        self = inner
    }

    private mutating func operators(_ count: Int) {
        for _ in 0..<count {
            let value = makeOperator(Self.widths[pick(4)])
            signals.append(pick(4) == 0 ? value.named("value_\(signals.count)") : value)
        }
    }

    private mutating func makeOperator(_ width: Int) -> Bits {
        let (a, b) = (any(width), any(width))
        let (signedA, signedB) = (a.signed, b.signed)
        switch pick(33) {
        case 0: return ~a
        case 1: return a.allSet
        case 2: return a.anySet
        case 3: return a.parity
        case 4: return popcount(a)
        case 5: return a.lowestSet
        case 6: return a.oneHotIndex
        case 7: return a & b
        case 8: return a | b
        case 9: return a ^ b
        case 10: return a + b
        case 11: return a - b
        case 12: return a * b
        case 13: return a / b
        case 14: return a % b
        case 15: return a == b
        case 16: return a != b
        case 17: return a < b
        case 18: return a <= b
        case 19: return a << any(3)
        case 20: return a >> any(8)
        case 21: return (signedA >> any(3)).bits
        case 22: return (signedA / signedB).bits
        case 23: return (signedA % signedB).bits
        case 24: return signedA < signedB
        case 25: return signedA <= signedB
        case 26: return mux(any(1), a, b)
        case 27: return mux(any(1), a, a)
        case 28: return a[pick(width)]
        case 29: return concatenate([a, b])
        case 30: return select(any(3), [a, b, any(width)])
        case 31: return a[any(8)]
        default: return select(any(1), [a, b])
        }
    }
}
