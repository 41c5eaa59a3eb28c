import BitVectors
import HDL
import Testing

/// Laws: an element that a signal names is the one of that number; beyond the last a read gives zero and an assignment
/// is lost; a tree combines every element once.
@Suite("Signal vectors")
struct SignalVectorTests {
    @Test("an element is read by a signal, zero beyond the last", arguments: [1, 3, 4], [1, 2, 3])
    func read(count: Int, indexWidth: Int) throws {
        let meaning = try WordMeaning(Array(repeating: 6, count: count) + [indexWidth], to: [6, 6]) { _, x in
            let vector = SignalVector(Array(x.dropLast()))
            return [vector[x[count]], vector[count - 1]]
        }
        let values = (0..<count).map { BitVector(11 * $0 + 7, width: 6) }
        for index in 0..<1 << indexWidth {
            let found = meaning(values + [BitVector(index, width: indexWidth)])
            #expect(found == [index < count ? values[index] : .zeros(6), values[count - 1]], "\(index) of \(count)")
        }
    }

    @Test("a register and a wire are changed by number, none beyond the last", arguments: [1, 3, 4], [1, 2, 3, 70])
    func write(count: Int, indexWidth: Int) throws {
        let seed: UInt64 = 0x7EC
        var random = SplitMix(state: seed)
        let meaning = try WordMeaning([indexWidth, 5], to: Array(repeating: 5, count: 2 * count)) { m, x in
            let registers = m.registers("bank", count: count, 5, reset: 3)
            registers.next(at: x[0], x[1])
            let wires = m.wires("row", count: count, 5, default: 9)
            wires.drive(at: x[0], x[1])
            return registers.elements + wires.elements
        }
        var expected = Array(repeating: BitVector(3, width: 5), count: count)
        for cycle in 0..<40 {
            let index = samples(width: indexWidth, random: &random, count: 4).randomElement(using: &random)
            let index_ = index ?? .zeros(indexWidth)
            let value = BitVector(Int.random(in: 0..<32, using: &random), width: 5)
            let wires = (0..<count).map { index_.intValue == $0 ? value : BitVector(9, width: 5) }
            #expect(meaning([index_, value]) == expected + wires, "seed \(seed), cycle \(cycle)")
            meaning.step()
            if let number = index_.intValue, number < count { expected[number] = value }
        }
    }

    @Test("elements mapped, paired, joined and summed in a tree", arguments: 1...7)
    func functions(count: Int) throws {
        let seed: UInt64 = 0x7ED
        var random = SplitMix(state: seed)
        let sumWidth = 4 + (count == 1 ? 0 : addressWidth(count))
        let meaning = try WordMeaning(Array(repeating: 4, count: count), to: [sumWidth, 4 * count, 4, 4 * count]) {
            m, x in
            let vector = SignalVector(x).named("tap")
            let inverted = vector.map { ~$0 }
            let delayed = m.registers("delayed", count: count, 4)
            delayed.next(vector)
            let copy = m.wires("copy", count: count, 4)
            copy.drive(vector.zip(inverted) { $0 | $1 })
            return [
                vector.reduce { $0 +^ $1 }.zeroExtended(to: sumWidth), inverted.asBits,
                copy.reduce { $0 & $1 }, delayed.asBits,
            ]
        }
        var before = [Int](repeating: 0, count: count)
        func joined(_ numbers: [Int]) -> BitVector {
            .of(numbers.flatMap { number in (0..<4).map { number >> $0 & 1 == 1 } })
        }
        for _ in 0..<20 {
            let numbers = (0..<count).map { _ in Int.random(in: 0..<16, using: &random) }
            let expected = [
                BitVector(numbers.reduce(0, +), width: sumWidth), joined(numbers.map { 15 - $0 }),
                BitVector(15, width: 4),
                joined(before),
            ]
            #expect(meaning(numbers.map { BitVector($0, width: 4) }) == expected, "seed \(seed), \(numbers)")
            meaning.step()
            before = numbers
        }
    }

    @Test("a tree is as deep as the logarithm of the count")
    func depth() throws {
        for (count, levels) in [(1, 0), (2, 1), (3, 2), (4, 2), (5, 3), (64, 6)] {
            let module = Snippet(
                "tree", { WordPorts(operands: (0..<count).map { _ in Input(4) }, results: [Output(4 + levels)]) }
            ) { m in
                m.results[0].drive(SignalVector(m.operands).reduce { $0 +^ $1 }.zeroExtended(to: 4 + levels))
            }
            // Each level of a growing sum is a bit wider; a chain would be far wider than this.
            _ = try elaborate(module)
        }
    }

    static let findings: [FindingCase] = [
        FindingCase("a vector of 8 and 4 bits; extend or truncate one of them") { m in
            _ = SignalVector([m.a, m.n, m.n]).asBits.named("x")
        },
        FindingCase("a vector of no signals; at least 1") { m in
            _ = SignalVector([]).asBits.named("x")
        },
        FindingCase("'concatenate' of no signals; at least 1") { m in
            _ = concatenate([]).named("x")
        },
        FindingCase([(2, "'concatenate' of no signals; at least 1")]) { m in
            let nothing: [Bits] = []
            when(concatenate(nothing.map { $0.allSet })) {}
        },
        FindingCase("element 2 of 2; allowed are 0 to 1") { m in
            _ = SignalVector([m.a, m.b])[2].named("x")
        },
        FindingCase("'zip' of vectors of 2 and 1 elements") { m in
            _ = SignalVector([m.a, m.b]).zip(SignalVector([m.a])) { $0 + $1 }[0].named("x")
        },
        FindingCase("'taps' of 0 elements; at least 1") { m in
            _ = m.registers("taps", count: 0, 8)
        },
        FindingCase([(2, "a vector of 2 elements takes one of 1; as many as it has")]) { m in
            let taps = m.registers("taps", count: 2, 8)
            taps.next(SignalVector([m.a]))
        },
        FindingCase([(2, "an element's number that is a signal of module 'other'")]) { m in
            let taps = m.registers("taps", count: 2, 8)
            taps.next(at: stranger(m), m.a)
        },
        FindingCase([(2, "an element has 8 bits, its value has 4; extend or truncate it")]) { m in
            let taps = m.registers("taps", count: 2, 8)
            taps.next(at: m.c, m.n)
        },
        FindingCase("8 bits in parts of 5; a divisor of the width") { m in
            _ = SignalVector(m.a, every: 5)[0].named("x")
        },
    ]

    @Test("elements that are none", arguments: findings)
    func vectorsFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
