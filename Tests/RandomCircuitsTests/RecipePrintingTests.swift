import BitVectors
import Foundation
import HDL
import RandomCircuits
import Testing
import Verilog

/// Law: the Swift that a recipe is printed as compiles, and is the same circuit.
@Suite("Recipes as Swift")
struct RecipePrintingTests {
    /// A recipe with every kind of step and statement.
    static let recipe: Recipe = {
        func signal(_ number: Int, low: Int = 0, _ extending: Operand.Extension = .zeros) -> Operand {
            Operand(.signal(number), low: low, extending: extending)
        }
        let one = Operand(.constant(.ones(1)))
        let steps: [Step] = [
            Step(id: 0, domain: 0, .input(width: 9)),
            Step(id: 1, domain: 1, .input(width: 3)),
            Step(id: 2, domain: 0, .register(width: 4, reset: 1, powerUp: nil)),
            Step(id: 3, domain: 1, .register(width: 2, reset: nil, powerUp: 1)),
            Step(
                id: 4, domain: 0,
                .computation(Computation(.add, [9, 9], [signal(0), signal(2, .sign)]), isNamed: true)),
            Step(
                id: 5, domain: 0,
                .computation(Computation(.shiftRightSigned, [70, 4], [signal(4, .copies), signal(2)]), isNamed: false)),
            Step(
                id: 6, domain: 1,
                .computation(
                    Computation(
                        .select, [2, 5, 5], [signal(3), signal(1), Operand(.constant(BitVector(19, width: 5)))]),
                    isNamed: false)),
            Step(id: 7, domain: 0, .memory(depth: 5, lanes: 2, laneWidth: 4, contents: [BitVector(77, width: 8)])),
            Step(id: 8, domain: 0, .read(memory: 7, address: signal(0, low: 2), enable: nil, forwards: false)),
            Step(id: 9, domain: 0, .read(memory: 7, address: signal(4), enable: signal(0, low: 8), forwards: true)),
            Step(id: 10, domain: 0, .instance(width: 8, enable: signal(0), value: signal(8))),
            Step(
                id: 12, domain: 0,
                .wire(
                    width: 6, byDefault: 1,
                    [
                        .when(
                            [
                                .init(condition: signal(0), body: [.assign(target: 12, low: 0, count: 0, signal(11))]),
                                .init(condition: signal(4), body: [.assign(target: 12, low: 2, count: 3, signal(9))]),
                            ], otherwise: [.assign(target: 12, low: 0, count: 1, one)])
                    ])),
            Step(
                id: 13, domain: 0,
                .actions([
                    .choose(
                        signal(0), width: 3,
                        [
                            .init(
                                patterns: ["1?0", "011"],
                                body: [.write(memory: 7, address: one, value: signal(5), mask: signal(4))])
                        ],
                        otherwise: [.assign(target: 2, low: 0, count: 0, signal(12))])
                ])),
            Step(id: 14, domain: 1, .actions([.assign(target: 3, low: 0, count: 0, signal(6, low: 1))])),
            Step(
                id: 19, domain: 0, .word(WordCall(.min, [9, 9], [signal(0), signal(2, .zerosBelow)]), isNamed: true)),
            Step(id: 20, domain: 1, .word(WordCall(.rotatedLeft, [3, 2], [signal(1), signal(3)]), isNamed: false)),
            Step(
                id: 21, domain: 0,
                .word(WordCall(.saturatingAddSigned, [9, 9], [signal(19), signal(4)]), isNamed: false)),
            Step(id: 24, domain: 1, .crossing(width: 9, reset: 1, signal(0))),
            Step(id: 25, domain: 1, .read(memory: 7, address: signal(1), enable: nil, forwards: false)),
            Step(id: 26, domain: 1, .read(memory: 7, address: signal(1), enable: signal(24), forwards: false)),
            Step(id: 27, domain: 0, .memory(depth: 4, lanes: 1, laneWidth: 3, contents: [])),
            Step(id: 28, domain: 1, .actions([.write(memory: 27, address: signal(3), value: signal(1), mask: nil)])),
            Step(id: 29, domain: 1, .read(memory: 27, address: signal(1), enable: one, forwards: true)),
            Step(id: 30, domain: 1, .output(signal(25), width: 8)),
            Step(id: 31, domain: 1, .output(signal(26), width: 8)),
            Step(id: 32, domain: 1, .output(signal(29), width: 3)),
            Step(id: 22, domain: 0, .output(signal(21), width: 9)),
            Step(id: 23, domain: 1, .output(signal(20), width: 3)),
            Step(id: 15, domain: 0, .output(signal(10), width: 8)),
            Step(id: 16, domain: 1, .output(signal(6), width: 5)),
            Step(id: 17, domain: 0, .output(signal(5), width: 70)),
            Step(id: 18, domain: 0, .check(signal(12))),
        ]
        return Recipe(name: "random_printed", clockings: [3, 7], steps: steps)
    }()

    @Test("the printed text is that of the file that is compiled here")
    func text() throws {
        let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Shrunk.swift")
        let head = "// swift-format-ignore-file\n"
        #expect(try String(contentsOf: place, encoding: .utf8) == head + RecipePrintingTests.recipe.swift)
    }

    @Test("the printed module has the recipe's Verilog")
    func circuit() throws {
        let printed = try emit(elaborate(Shrunk()))
        let built = try emit(RecipePrintingTests.recipe.design())
        #expect(printed.modules.map(\.name) == built.modules.map(\.name))
        for (one, other) in zip(printed.modules, built.modules) {
            #expect(String(decoding: one.bytes, as: UTF8.self) == String(decoding: other.bytes, as: UTF8.self))
        }
    }

    @Test("all simulators compute what the recipe means", arguments: ComparedSimulator.allCases)
    func agreement(simulator: ComparedSimulator) throws {
        try expectAgreement([Trial(RecipePrintingTests.recipe, seed: 1)], with: simulator)
    }
}
