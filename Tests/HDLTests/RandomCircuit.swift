import HDL

/// Ports of a random circuit.
struct RandomPorts: SignalBundle {
    let enable = Input()
    let data: [Input]
    let state: Output
    let result: [Output]
    let checksum = Output(16)
}

/// A module of random operators over all that the language has, the same one for the same seed. Every bit of
/// everything ends in the checksum, so that nothing is unused.
struct RandomCircuit: Module {
    static let widths = [1, 2, 7, 31, 32, 33, 63, 64, 65, 100, 129]
    let seed: UInt64
    var moduleName: String { "random_\(seed)" }

    private func width(_ salt: UInt64) -> Int {
        var random = SplitMix(state: seed &* 977 &+ salt)
        return RandomCircuit.widths[Int(random.next() % UInt64(RandomCircuit.widths.count))]
    }

    func ports() -> RandomPorts {
        RandomPorts(
            data: (0..<4).map { Input(width($0)) }, state: Output(width(9)), result: (4..<7).map { Output(width($0)) })
    }

    func build(_ m: Builder<RandomPorts>) {
        var maker = Maker(m: m, random: SplitMix(state: seed), signals: m.data + [m.enable])
        maker.make()
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

    func ports() -> Ports { Ports(value: Input(width), total: Output(width), mixed: Output(width)) }

    func build(_ m: Builder<Ports>) {
        let total = m.register("total", width, reset: 1)
        when(m.enable) { total.next(total + m.value) }
        m.total.drive(total)
        m.mixed.drive(total ^ m.value)
    }
}

private struct Maker {
    let m: Builder<RandomPorts>
    var random: SplitMix
    var signals: [Bits]

    mutating func make() {
        let state = m.register("state", m.state.width, reset: 1)
        let counter = m.register("counter", width(), reset: 0)
        let flag = m.register("flag", reset: nil)
        flag.next(m.data[0].parity ^ m.enable)
        let delayed = m.register("delayed", width(), reset: nil)
        delayed.next(fitted(m.data[1], delayed.width))
        signals += [state, counter, flag, delayed]
        makeOperators(12)
        makeMemory()
        makeInstance()
        makeOperators(12)
        makeWire()
        makeOperators(16)
        state.next(any(state.width))
        when(any(1)) { counter.next(any(counter.width)) }
            .elseWhen(any(1)) {
                when(any(1)) { counter.next(counter + 1) }
            }
            .otherwise { counter.next(any(counter.width)) }
        m.state.drive(state)
        for result in m.result { result.drive(any(result.width)) }
        m.checksum.drive(checksum())
    }

    /// A sum of all signals in pieces of 16 bits. Not the XOR of their parities, though it would be shorter: Verilator
    /// 5.006 computes the XOR of overlapping ones, `(^x) ^ (^x[15:14])`, wrongly, and stops at `^~{128'd0, x}`.
    private func checksum() -> Bits {
        var sum = m.constant(0, 16)
        for signal in signals {
            for low in stride(from: 0, to: signal.width, by: 16) {
                sum = sum + signal[low..<min(low + 16, signal.width)].zeroExtended(to: 16)
            }
        }
        return sum
    }

    private mutating func width() -> Int { RandomCircuit.widths.randomElement(using: &random) ?? 1 }

    /// Some signal in a width.
    private mutating func any(_ width: Int) -> Bits {
        // Recent signals more often, so that circuits get deep.
        let recent = signals.suffix(Bool.random(using: &random) ? 8 : signals.count)
        return fitted(recent.randomElement(using: &random) ?? m.enable, width)
    }

    /// Some signal in a width, or a constant that leaves no operator without effect, as linters would remark.
    private mutating func operand(_ width: Int) -> Bits {
        guard width > 2, Int.random(in: 0..<6, using: &random) == 0 else { return any(width) }
        return m.constant(Int.random(in: 2..<(width > 40 ? 1 << 40 : (1 << width) - 1), using: &random), width)
    }

    private mutating func fitted(_ value: Bits, _ width: Int) -> Bits {
        if value.width > width {
            let low = Int.random(in: 0...(value.width - width), using: &random)
            return value[low..<low + width]
        }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return value.signExtended(to: width)
        case 1 where value.width < width: return value.replicated(width / value.width + 1).truncated(to: width)
        default: return value.zeroExtended(to: width)
        }
    }

    private mutating func makeMemory() {
        let depth = [1, 5, 8].randomElement(using: &random) ?? 1
        let memory = m.memory("store", depth: depth, width: width())
        let address = HDL.addressWidth(depth)
        // Not before the registers are known, or an unknown address would spoil the comparison.
        when(m.enable) {
            memory.write(any(address), any(memory.width))
            when(any(1)) { memory.write(any(address), any(memory.width)) }
        }
        signals.append(memory.read(any(address)))
        signals.append(memory.read(any(address)))
    }

    private mutating func makeInstance() {
        let leaf = m.instance("leaf", RandomLeaf(width: width()))
        leaf.enable.drive(any(1))
        leaf.value.drive(any(leaf.value.width))
        signals += [leaf.total, leaf.mixed]
    }

    private mutating func makeWire() {
        let wire = m.wire("limited", width(), default: 1)
        let other = m.wire("chosen", width())
        when(any(1)) {
            wire.drive(any(wire.width))
            other.drive(any(other.width))
        }.elseWhen(any(1)) {
            other.drive(any(other.width))
            when(any(1)) { wire.drive(any(wire.width)) }.otherwise { other.drive(any(other.width)) }
        }.otherwise {
            other.drive(any(other.width))
        }
        signals += [wire, other]
    }

    private mutating func makeOperators(_ count: Int) {
        for _ in 0..<count {
            let value = makeOperator()
            let isNamed = Int.random(in: 0..<4, using: &random) == 0
            signals.append(isNamed ? value.named("value_\(signals.count)") : value)
        }
    }

    /// A divisor that is not one in words of more than 64 bits: Icarus 11.0 computes `{65{1'b1}} / 65'd1` as zero.
    private func divisor(_ value: Bits) -> Bits { value.width > 64 ? value | 2 : value }

    private mutating func makeOperator() -> Bits {
        let size = width()
        let a = any(size)
        let b = operand(size)
        switch Int.random(in: 0..<34, using: &random) {
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
        case 13: return a / divisor(b)
        case 14: return a % b
        case 15: return a == b
        case 16: return a != b
        case 17: return a < b
        case 18: return a <= b
        case 19: return a << any([1, 3, 7, 32, 65].randomElement(using: &random) ?? 1)
        case 20: return a >> any([1, 3, 7, 32, 65].randomElement(using: &random) ?? 1)
        case 21: return mux(any(1), a, b)
        case 22: return a[Int.random(in: 0..<size, using: &random)]
        case 23: return concatenate([a, b, any(3)])
        case 24:
            let choices = (0..<Int.random(in: 1...6, using: &random)).map { _ in operand(size) }
            return select(any([1, 2, 3, 7].randomElement(using: &random) ?? 1), choices)
        case 25: return a[any([1, 2, 3, 7, 33].randomElement(using: &random) ?? 1)]
        case 26...31: return makeWord(a, b)
        default: return findFirstSet(a)
        }
    }

    /// A word function; its operators are the ones above, and those of numbers with signs.
    private mutating func makeWord(_ a: Bits, _ b: Bits) -> Bits {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: return a.rotatedLeft(by: any([1, 3, 7].randomElement(using: &random) ?? 1))
        case 1: return a.reversedBits
        case 2: return a.leadingZeroCount
        case 3: return any(3).oneHot(a.width)
        case 4: return a.grayEncoded.grayDecoded
        case 5: return prioritySelect(any(3), [a, b, any(a.width)])
        case 6: return a.bits(at: any(4), count: (a.width + 1) / 2)
        case 7: return a.with(bit: any(5), any(1))
        case 8: return max(a.signed, b.signed).bits
        case 9: return absoluteDifference(a.signed, b.signed)
        case 10: return saturatingAdd(a.signed, b.signed).bits
        case 11: return saturatingSubtract(a, b)
        case 12: return (a.signed / divisor(b).signed).bits
        case 13: return (a.signed % b.signed).bits
        case 14: return (a.signed >> any([1, 3, 7].randomElement(using: &random) ?? 1)).bits
        default: return a.signed <= b.signed
        }
    }
}
