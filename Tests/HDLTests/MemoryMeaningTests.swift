import BitVectors
import HDL
import Testing

/// Laws: a synchronous read gets the word as it was, or as the writes of its own edge leave it: conditions, masks and
/// order are those of the memory, and beyond the last word there is nothing. A table is its contents.
@Suite("Meaning of memories")
struct MemoryMeaningTests {
    /// A memory with two writes in different blocks, and what the test knows of it.
    private struct Model {
        var words: [Int]
        let depth: Int
        func word(_ address: Int) -> Int { address < depth ? words[address] : 0 }
        mutating func write(_ address: Int, _ value: Int, mask: Int = 3) {
            guard address < depth else { return }
            // Two lanes of three bits.
            for lane in 0..<2 where mask >> lane & 1 == 1 {
                words[address] = words[address] & ~(7 << (3 * lane)) | value & 7 << (3 * lane)
            }
        }
    }

    @Test("a read under writes gets the old word or the new one", arguments: [1, 2, 5, 8], [1, 2, 3])
    func underWrite(depth: Int, seed: UInt64) throws {
        let address = addressWidth(depth)
        // Enables and selector, addresses, values, mask.
        let widths = [1, 1, 2, 1, address, address, address, 6, 6, 2]
        let meaning = try WordMeaning(widths, to: Array(repeating: 6, count: 5)) { m, x in
            let store = m.memory("store", depth: depth, width: 6)
            let early = store.readSynchronous("early", x[6], underWrite: .new)
            when(x[0]) { store.write(x[4], x[7], mask: x[9]) }
            choose(x[2]) { on in
                on.case(0) { store.write(x[5], x[8]) }
                on.case("?1") {
                    when(x[1]) { store.write(x[5], x[8]) }.otherwise { store.write(x[4], x[8], mask: x[9]) }
                }
                on.default { when(x[1]) { store.write(x[5], x[8]) } }
            }
            let late = store.readSynchronous("late", x[6], underWrite: .new)
            let enabled = store.readSynchronous("enabled", x[6], enable: x[3], underWrite: .new)
            let old = store.readSynchronous("old", x[6])
            return [early, late, enabled, old, store.read(x[6])]
        }
        var random = SplitMix(state: seed)
        var model = Model(words: Array(repeating: 0, count: depth), depth: depth)
        var (new, enabled, old) = (0, 0, 0)
        for cycle in 0..<300 {
            let x = widths.map { Int.random(in: 0..<1 << $0, using: &random) }
            let found = meaning(zip(x, widths).map { BitVector($0, width: $1) }).map(\.intValue)
            let expected = [new, new, enabled, old, model.word(x[6])]
            #expect(found == expected, "seed \(seed), depth \(depth), cycle \(cycle), operands \(x)")
            meaning.step()
            old = model.word(x[6])
            if x[0] == 1 { model.write(x[4], x[7], mask: x[9]) }
            switch x[2] {
            case 0: model.write(x[5], x[8])
            case 1, 3:
                if x[1] == 1 { model.write(x[5], x[8]) } else { model.write(x[4], x[8], mask: x[9]) }
            default: if x[1] == 1 { model.write(x[5], x[8]) }
            }
            new = model.word(x[6])
            if x[3] == 1 { enabled = new }
        }
    }

    @Test("a memory that is never written is read all the same")
    func unwritten() throws {
        let meaning = try WordMeaning([2], to: [5]) { m, x in
            let contents = [3, 9, 30].map { BitVector($0, width: 5) }
            return [
                m.memory("store", depth: 4, width: 5, contents: contents).readSynchronous("q", x[0], underWrite: .new)
            ]
        }
        for (address, word) in [(0, 3), (1, 9), (2, 30), (3, 0)] {
            _ = meaning([BitVector(address, width: 2)])
            meaning.step()
            #expect(meaning([.zeros(2)]).map(\.intValue) == [word])
        }
    }

    @Test("a table is its contents, and zero beyond", arguments: [1, 2, 3, 6, 8])
    func table(depth: Int) throws {
        let address = addressWidth(depth)
        let words = (0..<depth).map { ($0 * 37 + 11) % 64 - 32 }
        let meaning = try WordMeaning([address], to: [6, 6, 6]) { m, x in
            let integers = m.rom("integers", width: 6, contents: words)
            let values = m.rom("values", contents: words.map { BitVector($0, width: 6) })
            return [integers.read(x[0]), values.read(x[0]), values.readSynchronous("late", x[0])]
        }
        var late = BitVector.zeros(6)
        for number in 0..<1 << address {
            let word = number < depth ? BitVector(words[number], width: 6) : .zeros(6)
            #expect(meaning([BitVector(number, width: address)]) == [word, word, late], "word \(number)")
            meaning.step()
            late = word
        }
    }

    static let findings: [FindingCase] = [
        FindingCase("memory 'table' of 0 words; at least 1") { m in
            _ = m.rom("table", contents: [])
        },
        FindingCase("word 1 of 'table': 16 does not fit in 4 bits") { m in
            _ = m.rom("table", width: 4, contents: [3, 16])
        },
        FindingCase("memory 'table' has words of 4 bits, begins with one of 5") { m in
            _ = m.rom("table", contents: [BitVector(1, width: 4), BitVector(1, width: 5)])
        },
        FindingCase("memory 'store' of 1 words begins with 2") { m in
            _ = m.memory("store", depth: 1, width: 4, contents: [.zeros(4), .zeros(4)])
        },
        FindingCase([(2, "'table' of 3 words takes addresses of 2 bits, not 8")]) { m in
            let table = m.rom("table", width: 4, contents: [1, 2, 3])
            _ = table.read(m.a).named("x")
        },
        FindingCase([(2, "'store' of 16 words takes addresses of 4 bits, not 8")]) { m in
            let store = m.memory("store", depth: 16, width: 8)
            _ = store.readSynchronous("q", m.a, underWrite: .new)
            store.write(m.n, m.b)
        },
        FindingCase([(3, "'store' takes an address that is a signal of module 'other'")]) { m in
            let store = m.memory("store", depth: 256, width: 8)
            _ = store.readSynchronous("q", m.a, underWrite: .new)
            store.write(stranger(m), m.b)
        },
        FindingCase([(2, "'store' has words of 8 bits, its mask has 3")]) { m in
            let store = m.memory("store", depth: 16, width: 8)
            store.write(m.n, m.a, mask: m.a[0..<3])
        },
        FindingCase([(2, "'store' takes a mask that is a signal of module 'other'")]) { m in
            let store = m.memory("store", depth: 16, width: 8)
            store.write(m.n, m.a, mask: stranger(m))
        },
    ]

    @Test("words, addresses and masks that a memory does not have", arguments: findings)
    func memoriesFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
