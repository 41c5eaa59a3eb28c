import BitVectors
import HDL
import Testing

/// Laws: a registered value is the value a cycle late, held while the enable is zero, set by the reset.
@Suite("Registers around a value")
struct RegisteredTests {
    @Test("a value a cycle late, with and without an enable")
    func late() throws {
        let seed: UInt64 = 0x2E6
        var random = SplitMix(state: seed)
        let meaning = try WordMeaning([5, 1], to: [5, 5, 5, 5]) { m, x in
            let idiom = m.register("idiom", 5, reset: 9)
            when(x[1]) { idiom.next(x[0]) }
            return [
                x[0].registered("plain"), x[0].registered("held", reset: 9, enable: x[1]), idiom,
                x[0].signed.registered("signed", reset: -2, in: m.domain).bits,
            ]
        }
        var (plain, held, signed) = (0, 9, 30)
        for cycle in 0..<100 {
            let (value, enable) = (Int.random(in: 0..<32, using: &random), Int.random(in: 0..<2, using: &random))
            let found = meaning([BitVector(value, width: 5), BitVector(enable, width: 1)]).map(\.intValue)
            #expect(found == [plain, held, held, signed], "seed \(seed), cycle \(cycle)")
            let isReset = Int.random(in: 0..<8, using: &random) == 0
            meaning.step(reset: isReset)
            (plain, held, signed) =
                isReset ? (0, 9, 30) : (value, enable == 1 ? value : held, value)
        }
    }

    @Test("the past of a signal has its name, in a scope too")
    func past() throws {
        struct Ports: SignalBundle { let data = Input(8), out = Output(8) }
        let module = Snippet("late", Ports.init) { m in
            let once = m.scope("stage") { m.past(m.data) }
            let twice = m.scope("stage") { m.past(once) }
            m.out.drive(m.past(twice) ^ m.past(m.data + 1))
        }
        let names = try elaborate(module).top.registers.map(\.name)
        #expect(names == ["stage_data_past", "stage_data_past_past", "stage_data_past_past_past", "value_past"])
    }

    static let findings: [FindingCase] = [
        FindingCase("reset value 16 of 'r' does not fit in 4 bits") { m in
            _ = m.n.registered("r", reset: 16)
        },
        FindingCase("reset value 15 of 'r' does not fit in 4 bits with a sign") { m in
            _ = m.n.signed.registered("r", reset: 15)
        },
        FindingCase("a condition has 1 bit, 'n' has 4") { m in
            _ = m.a.registered("r", enable: m.n)
        },
    ]

    @Test("registers that cannot be", arguments: findings)
    func registersFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}
