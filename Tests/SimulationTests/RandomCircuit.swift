import BitVectors
import HDL

/// A module of random operators and statements over all that the language has, in two clock domains of random kinds;
/// the same one for the same seed.
struct RandomCircuit: Module {
    struct Ports: SignalBundle {
        let other: ClockPort
        let data: [Input]
        let otherData: [Input]
        let result: [Output]
        let otherResult: [Output]
    }
    static let widths = [1, 2, 3, 8, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300]
    static let clockings: [Clocking] = [Clocking.Edge.rising, .falling].flatMap { edge in
        [
            Clocking.Reset.none, .synchronous(.high), .synchronous(.low), .asynchronous(.high), .asynchronous(.low),
        ].map { Clocking(edge: edge, reset: $0) }
    }
    let seed: UInt64
    var moduleName: String { "random_\(seed)" }
    var clocking: Clocking { RandomCircuit.clockings[Int(seed % 10)] }
    private var otherClocking: Clocking { RandomCircuit.clockings[Int(seed / 10 % 10)] }

    private func width(_ salt: UInt64) -> Int {
        var random = SplitMix(state: seed &* 977 &+ salt)
        return random.pick(RandomCircuit.widths)
    }

    func ports() -> Ports {
        Ports(
            other: ClockPort(otherClocking), data: (0..<5).map { Input(width($0)) },
            otherData: (5..<7).map { Input(width($0), "other") }, result: (10..<14).map { Output(width($0)) },
            otherResult: (14..<16).map { Output(width($0), "other") })
    }

    func build(_ m: Builder<Ports>) {
        var random = SplitMix(state: seed)
        let main = RandomPart(
            m: m, name: "main", clocking: clocking, random: SplitMix(state: random.next()), signals: m.data)
        main.make(outputs: m.result)
        let other = RandomPart(
            m: m.clocked(by: m.other), name: "other", clocking: otherClocking, random: SplitMix(state: random.next()),
            signals: m.otherData)
        other.make(outputs: m.otherResult)
    }
}

/// A part with state of its own, and a path from its input to an output within the cycle.
struct RandomLeaf: Module {
    struct Ports: SignalBundle {
        let enable = Input()
        let value: Input
        let total: Output
        let mixed: Output
    }
    let width: Int
    let clocking: Clocking
    var moduleName: String { "leaf_\(width)_\(RandomCircuit.clockings.firstIndex(of: clocking) ?? 99)" }

    func ports() -> Ports { Ports(value: Input(width), total: Output(width), mixed: Output(width)) }

    func build(_ m: Builder<Ports>) {
        let total = m.register("total", width, reset: 1)
        when(m.enable) { total.next(total + m.value) }
        m.total.drive(total)
        m.mixed.drive(total ^ m.value)
        m.assert("is_small", total <= (~total))
    }
}

/// The logic of one clock domain.
private final class RandomPart {
    let m: Builder<RandomCircuit.Ports>
    let name: String
    let clocking: Clocking
    var random: SplitMix
    var signals: [Bits]
    private var registers: [Bits] = []
    private var count = 0

    init(
        m: Builder<RandomCircuit.Ports>, name: String, clocking: Clocking, random: SplitMix, signals: [Bits]
    ) {
        self.m = m
        self.name = name
        self.clocking = clocking
        self.random = random
        self.signals = signals
    }

    func make(outputs: [Bits]) {
        // All registers are read in the end.
        defer { m.cover("\(name)_any", registers.dropFirst().reduce(registers[0].anySet) { $0 ^ $1.anySet }) }
        for _ in 0..<4 { makeRegister() }
        makeOperators(14)
        makeMemory()
        makeInstance()
        makeOperators(14)
        makeWire()
        makeSwitchedWire()
        makeOperators(14)
        assignRegisters()
        for index in 0..<2 { m.assert("\(name)_check_\(index)", any(1) | any(1)) }
        for result in outputs { result.drive(any(result.width)) }
    }

    // MARK: Values

    private func width() -> Int { random.pick(RandomCircuit.widths) }

    private func label(_ what: String) -> String {
        count += 1
        return "\(name)_\(what)_\(count)"
    }

    /// Some signal in a width; recent ones more often, so that circuits get deep.
    private func any(_ width: Int) -> Bits {
        if random.chance(1, of: 8) { return m.constant(random.value(width)) }
        let recent = Array(signals.suffix(random.chance(1, of: 2) ? 8 : signals.count))
        return fitted(random.pick(recent), width)
    }

    private func fitted(_ value: Bits, _ width: Int) -> Bits {
        if value.width > width {
            let low = random.below(value.width - width + 1)
            return value[low..<low + width]
        }
        switch random.below(3) {
        case 0: return value.signExtended(to: width)
        case 1 where value.width < width: return value.replicated(width / value.width + 1).truncated(to: width)
        default: return value.zeroExtended(to: width)
        }
    }

    // MARK: Declarations

    private func makeRegister() {
        let size = width()
        let reset: Int? = random.chance(1, of: 4) ? nil : random.below(2)
        let register = m.register(label("register"), size, reset: reset, powerUp: random.chance(1, of: 3) ? 1 : nil)
        registers.append(register)
        signals.append(register)
    }

    private func assignRegisters() {
        for register in registers {
            // The first assignment may be for every case; a later one would make those before it void, an error.
            if random.chance(1, of: 3) {
                register.next(any(register.width))
            } else {
                when(any(1)) { register.next(any(register.width)) }
            }
        }
        for register in registers {
            switch random.below(3) {
            case 0: break
            case 1: when(any(1)) { assign(registers: [register], depth: 0) }
            default: when(any(1)) { assign(registers: registers, depth: 0) }
            }
        }
        for register in registers where register.width > 1 {
            let low = random.below(register.width)
            let width = 1 + random.below(min(register.width - low, register.width - 1))
            register[low..<low + width].next(any(width))
        }
    }

    /// Nested statements that give registers values, whole or in part.
    private func assign(registers: [Bits], depth: Int) {
        let register = random.pick(registers)
        switch depth > 3 ? 0 : random.below(6) {
        case 0: register.next(any(register.width))
        case 1:
            let low = random.below(register.width)
            let width = 1 + random.below(register.width - low)
            register[low..<low + width].next(any(width))
        case 2, 3:
            var chain = when(any(1)) { assign(registers: registers, depth: depth + 1) }
            for _ in 0..<random.below(4) {
                chain = chain.elseWhen(any(1)) { assign(registers: registers, depth: depth + 1) }
            }
            if random.chance(1, of: 2) { chain.otherwise { assign(registers: registers, depth: depth + 1) } }
        default:
            switchOn(any(random.pick([1, 2, 3, 8, 31, 65]))) { assign(registers: registers, depth: depth + 1) }
        }
    }

    /// A switch with a default, or with an arm for either value of the top bit.
    private func switchOn(_ subject: Bits, _ body: () -> Void) {
        let values = Array(Set((0..<random.below(5)).map { _ in random.below(1 << min(subject.width, 4)) })).sorted()
        let free = String(repeating: "?", count: subject.width - 1)
        let style = random.below(3)
        choose(subject) { on in
            if style == 0 {
                on.case("0" + free) { body() }
                on.case("1" + free) { body() }
            } else {
                for value in values { on.case(value) { body() } }
                if style == 2, subject.width > 4 { on.case("1" + free) { body() } }
                on.default { body() }
            }
        }
    }

    private func makeMemory() {
        let depth = random.pick([1, 5, 8])
        let lanes = random.pick([1, 2, 4])
        let size = random.pick([1, 8, 16, 33, 65]) * lanes
        let contents = (0..<random.below(depth + 1)).map { _ in random.value(size) }
        let memory = m.memory(label("memory"), depth: depth, width: size, contents: contents)
        let address = HDL.addressWidth(depth)
        when(any(1)) {
            memory.write(any(address), any(size), mask: any(lanes))
            when(any(1)) { memory.write(any(address), any(size)) }.elseWhen(any(1)) {
                memory.write(any(address), any(size), mask: any(lanes))
            }
        }
        switchOn(any(2)) { memory.write(any(address), any(size), mask: any(lanes)) }
        signals.append(memory.read(any(address)))
        signals.append(memory.readSynchronous(label("read"), any(address), enable: any(1)))
    }

    private func makeInstance() {
        let leaf = m.instance(label("leaf"), RandomLeaf(width: width(), clocking: clocking))
        leaf.enable.drive(any(1))
        leaf.value.drive(any(leaf.value.width))
        signals += [leaf.total, leaf.mixed]
    }

    private func makeWire() {
        let wire = m.wire(label("limited"), width(), default: 1)
        let other = m.wire(label("chosen"), width())
        let half = other.width / 2
        when(any(1)) {
            wire.drive(any(wire.width))
            other.drive(any(other.width))
        }.elseWhen(any(1)) {
            if half > 0 {
                other[0..<half].drive(any(half))
                other[half..<other.width].drive(any(other.width - half))
            } else {
                other.drive(any(other.width))
            }
            when(any(1)) { wire.drive(any(wire.width)) }.otherwise { other.drive(any(other.width)) }
        }.otherwise {
            other.drive(any(other.width))
            wire[0].drive(any(1))
        }
        signals += [wire, other]
    }

    private func makeSwitchedWire() {
        let wire = m.wire(label("switched"), width())
        switchOn(any(random.pick([1, 3, 33, 128]))) { wire.drive(any(wire.width)) }
        signals.append(wire)
    }

    private func makeOperators(_ count: Int) {
        for _ in 0..<count {
            let value = makeOperator()
            signals.append(random.chance(1, of: 3) ? value.named(label("value")) : value)
        }
    }

    private func makeOperator() -> Bits {
        let size = width()
        let a = any(size)
        let b = any(size)
        let amount = [1, 3, 7, 9, 32, 65]
        switch random.below(33) {
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
        case 15: return (a.signed / b.signed).bits
        case 16: return (a.signed % b.signed).bits
        case 17: return a == b
        case 18: return a != b
        case 19: return a < b
        case 20: return a <= b
        case 21: return a.signed < b.signed
        case 22: return a.signed <= b.signed
        case 23: return a << any(random.pick(amount))
        case 24: return a >> any(random.pick(amount))
        case 25: return (a.signed >> any(random.pick(amount))).bits
        case 26: return mux(any(1), a, b)
        case 27: return a[random.below(size)]
        case 28: return concatenate([a, b, any(3)])
        case 29: return concatenate((0..<1 + random.below(5)).map { _ in any(random.pick([1, 2, 31, 64, 65])) })
        case 30: return select(any(random.pick([1, 2, 3, 7, 65])), (0..<1 + random.below(6)).map { _ in any(size) })
        case 31: return a[any(random.pick([1, 2, 3, 7, 33, 70]))]
        default: return findFirstSet(a)
        }
    }
}
