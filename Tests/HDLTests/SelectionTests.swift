import BitVectors
import HDL
import Testing

/// Laws: a choice by one-hot bits is the OR of what they choose; a choice by priority takes the first one set.
@Suite("Selection")
struct SelectionTests {
    @Test("by one-hot bits, by priority and by number, of every combination", arguments: [1, 2, 3, 5])
    func selection(count: Int) throws {
        let seed: UInt64 = 0x5E1
        var random = SplitMix(state: seed)
        let meaning = try WordMeaning(
            Array(repeating: 7, count: count) + [count, 7], to: [7, 7, 7, 7]
        ) { _, x in
            let values = Array(x.prefix(count))
            let selectors = x[count]
            return [
                selectOneHot(selectors, values), prioritySelect(selectors, values),
                prioritySelect(selectors, values, otherwise: x[count + 1]),
                select(selectors, values.map(\.signed)).bits,
            ]
        }
        for selectors in 0..<1 << count {
            let values = (0...count).map { _ in Int.random(in: 0..<128, using: &random) }
            let chosen = (0..<count).filter { selectors >> $0 & 1 == 1 }
            let expected = [
                chosen.reduce(0) { $0 | values[$1] }, chosen.first.map { values[$0] } ?? 0,
                chosen.first.map { values[$0] } ?? values[count], selectors < count ? values[selectors] : 0,
            ]
            let operands = values.dropLast().map { BitVector($0, width: 7) }
            let found = meaning(
                operands + [BitVector(selectors, width: count), BitVector(values[count], width: 7)])
            #expect(found == expected.map { BitVector($0, width: 7) }, "seed \(seed), selectors \(selectors)")
        }
    }

    @Test("between numbers with signs and integers")
    func muxOfNumbers() throws {
        let meaning = try WordMeaning([1, 4, 4], to: [4, 4, 4]) { _, x in
            [
                mux(x[0], x[1].signed, x[2].signed).bits, mux(x[0], x[1].signed, -8).bits,
                mux(x[0], -8, x[2].signed).bits,
            ]
        }
        let operands = [BitVector(5, width: 4), BitVector(9, width: 4)]
        #expect(meaning([.ones(1)] + operands).map(\.signedIntValue) == [5, 5, -8])
        #expect(meaning([.zeros(1)] + operands).map(\.signedIntValue) == [-7, -8, -7])
    }
}

/// Law: each slip is one finding, under the function's name, at the statement that contains it.
@Suite("Findings about word functions")
struct WordFindingTests {
    static let findings: [FindingCase] = [
        FindingCase("'rotatedLeft' by -1; at least 0") { m in
            _ = m.a.rotatedLeft(by: -1).named("x")
        },
        FindingCase("'rotatedRight' by -2; at least 0") { m in
            _ = m.a.rotatedRight(by: -2).named("x")
        },
        FindingCase("'oneHot' of 0 things; at least 1") { m in
            _ = m.a.oneHot(0).named("x")
        },
        FindingCase("16 does not fit in 4 bits") { m in
            _ = m.n.isOne(of: 1, 16).named("x")
        },
        FindingCase("'all(of:)' with a condition of 8 bits; each has 1 bit") { m in
            _ = all(of: m.c, m.a).named("x")
        },
        FindingCase("'any(of:)' with a condition of 4 bits; each has 1 bit") { m in
            _ = any(of: m.n).named("x")
        },
        FindingCase("'selectOneHot' of no values; at least 1") { m in
            _ = selectOneHot(m.n, []).named("x")
        },
        FindingCase("'selectOneHot' of 2 values by 4 bits; one bit for each value") { m in
            _ = selectOneHot(m.n, [m.a, m.b]).named("x")
        },
        FindingCase("'prioritySelect' of 1 values by 4 bits; one bit for each value") { m in
            _ = prioritySelect(m.n, [m.a], otherwise: m.b).named("x")
        },
        FindingCase("'prioritySelect' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = prioritySelect(m.c, [m.a], otherwise: m.n).named("x")
        },
        FindingCase("'selectOneHot' with a signal of module 'other'") { m in
            _ = selectOneHot(m.c, [stranger(m)]).named("x")
        },
        FindingCase("'min' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = min(m.a, m.n).named("x")
        },
        FindingCase("'max' of 4 and 8 bits; extend or truncate one of them") { m in
            _ = max(m.n.signed, m.a.signed).named("x")
        },
        FindingCase("'max' with a signal of module 'other'") { m in
            _ = max(m.a, stranger(m)).named("x")
        },
        FindingCase("'absoluteDifference' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = absoluteDifference(m.a, m.n).named("x")
        },
        FindingCase("'saturatingAdd' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = saturatingAdd(m.a, m.n).named("x")
        },
        FindingCase("'saturatingSubtract' of 8 and 4 bits; extend or truncate one of them") { m in
            _ = saturatingSubtract(m.a.signed, m.n.signed).named("x")
        },
        FindingCase("128 does not fit in 8 bits with a sign") { m in
            _ = saturatingAdd(m.a.signed, 128).named("x")
        },
        FindingCase("8 bits in parts of 3; a divisor of the width") { m in
            _ = m.a.splitting(every: 3)[0].named("x")
        },
        FindingCase("9 bits at a signal's place of 8; allowed are 1 to 8") { m in
            _ = m.a.bits(at: m.n, count: 9).named("x")
        },
        FindingCase("0 bits at a signal's place of 8; allowed are 1 to 8") { m in
            _ = m.a.bits(at: m.n, count: 0).named("x")
        },
        FindingCase("a bit that takes 8 bits") { m in
            _ = m.a.with(bit: m.n, m.b).named("x")
        },
        FindingCase("a bit that takes 4 bits") { m in
            _ = m.a.with(bit: 0, m.n).named("x")
        },
        FindingCase("bit 8 of 8; allowed are 0 to 7") { m in
            _ = m.a.with(bit: 8, m.c).named("x")
        },
    ]

    @Test("word functions of what does not go together", arguments: findings)
    func wordsFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
