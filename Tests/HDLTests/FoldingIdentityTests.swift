import BitVectors
import Testing

@testable import HDL

/// Law: every operation keeps its value whichever of its operands are constant or the same signal. All pairs of operands
/// are tried, in small widths with all values.
@Suite("Constant folding of single operations")
struct FoldingIdentityTests {
    /// One output for each operation, its results for all pairs of operands side by side.
    struct Table: Module {
        struct Ports: SignalBundle {
            let x: Input
            let y: Input
            let c = Input()
            let results: [Output]
        }
        let width: Int
        var moduleName: String { "table_\(width)" }

        static let operators: [@Sendable (Bits, Bits) -> Bits] = [
            { $0 & $1 }, { $0 | $1 }, { $0 ^ $1 }, { $0 + $1 }, { $0 - $1 }, { $0 * $1 }, { $0 / $1 }, { $0 % $1 },
            { ($0.signed / $1.signed).bits }, { ($0.signed % $1.signed).bits }, { $0 == $1 }, { $0 != $1 },
            { $0 < $1 }, { $0 <= $1 }, { $0.signed < $1.signed }, { $0.signed <= $1.signed }, { $0 << $1 },
            { $0 >> $1 },
            { ($0.signed >> $1).bits }, { mux($0[0], $0, $1) }, { mux($1[0], $0, $1) }, { $0[$1] },
            { select($1, [$0, $1, ~$0]) }, { concatenate([$0]) + $1[0..<$1.width] },
            { popcount($0) == popcount($1) },
            { $0.lowestSet ^ $1.oneHotIndex.zeroExtended(to: max($1.width, 2))[0..<$1.width] },
            { $0.allSet ^ $0.anySet ^ $1.parity }, { ~$0 ^ ~(~$1) },
        ]

        private func isWide(_ index: Int) -> Bool { ![10, 11, 12, 13, 14, 15, 21, 24, 26].contains(index) }

        func ports() -> Ports {
            Ports(
                x: Input(width), y: Input(width),
                results: Self.operators.indices.map { Output(isWide($0) ? 49 * width : 49) })
        }

        func build(_ m: Builder<Ports>) {
            let operands =
                [m.x, m.y] + [0, 1, 2, -1].map { m.constant(BitVector($0, width: width)) }
                + [m.c.replicated(width)]
            for (output, operation) in zip(m.results, Self.operators) {
                output.drive(
                    concatenate(operands.flatMap { left in operands.map { operation(left, $0) } }))
            }
        }
    }

    @Test("all pairs of operands", arguments: [1, 2, 3])
    func pairs(width: Int) throws {
        let before = designBeforePasses(of: Table(width: width))
        let after = try elaborate(Table(width: width), "Design.swift", 7)
        let evaluators = [Evaluator(before.top, of: before), Evaluator(after.top, of: after)]
        for x in 0..<1 << width {
            for y in 0..<1 << width {
                for c in 0...1 {
                    let inputs = [BitVector(x, width: width), BitVector(y, width: width), BitVector(c, width: 1)]
                    for evaluator in evaluators { evaluator.set(inputs) }
                    for (index, (old, new)) in zip(evaluators[0].outputs(), evaluators[1].outputs()).enumerated() {
                        #expect(old == new, "operation \(index), x \(x), y \(y), c \(c)")
                    }
                }
            }
        }
    }

    enum Kind: CaseIterable, HardwareEnum { case first, second, third }

    @Test("a choice of an enum on a constant that is no case's code takes the default, and else the last arm")
    func enums() throws {
        struct Ports: SignalBundle { let a = Input(8), out = Output(8), other = Output(8) }
        let module = Snippet("enums", Ports.init) { m in
            let none = EnumSignal(m.constant(3, 2), Kind.self)
            choose(none) { on in
                on.case(.first) { m.out.drive(m.a) }
                on.case(.second) { m.out.drive(1) }
                on.case(.third) { m.out.drive(~m.a) }
            }
            choose(none) { on in
                on.case(.third) { m.other.drive(m.a) }
                on.default { m.other.drive(7) }
            }
        }
        let before = designBeforePasses(of: module)
        let after = try elaborate(module)
        #expect(after.top.statements.count == 2)
        #expect(after.top.statements.allSatisfy { if case .assign = $0 { true } else { false } })
        for design in [before, after] {
            let evaluator = Evaluator(design.top, of: design)
            evaluator.set([BitVector(0x35, width: 8)])
            #expect(evaluator.outputs() == [BitVector(0xCA, width: 8), BitVector(7, width: 8)])
        }
    }
}
