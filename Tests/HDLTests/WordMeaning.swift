import BitVectors
import HDL
import Testing

/// Ports of a word function under test: operands in, results out.
struct WordPorts: SignalBundle {
    let operands: [Input]
    let results: [Output]
}

/// Elaborates a function of some operands and computes its results from the arena.
struct WordMeaning {
    private let evaluator: Evaluator

    /// - Parameter widths: those of the operands and of the results.
    init(
        _ operands: [Int], to results: [Int], _ body: @escaping @Sendable (Builder<WordPorts>, [Bits]) -> [Bits]
    ) throws {
        let module = Snippet(
            "word", { WordPorts(operands: operands.map { Input($0) }, results: results.map { Output($0) }) }
        ) { m in
            for (output, value) in zip(m.results, body(m, m.operands)) { output.drive(value) }
        }
        let design = try elaborate(module)
        evaluator = Evaluator(design.top, of: design)
    }

    func callAsFunction(_ operands: [BitVector]) -> [BitVector] {
        evaluator.set(operands)
        return evaluator.outputs()
    }

    /// Ends the cycle, for functions with registers.
    func step(reset: Bool = false) { evaluator.clockEdge(reset: reset) }
}

/// Values of a width: all of them when there are few, else the edges and random ones.
func samples(width: Int, random: inout SplitMix, count: Int = 24) -> [BitVector] {
    if width <= 4 { return (0..<1 << width).map { BitVector($0, width: width) } }
    let edges: [BitVector] = [
        .zeros(width), .ones(width), BitVector(1, width: width), BitVector(1, width: width) << (width - 1),
        ~(BitVector(1, width: width) << (width - 1)), BitVector(-2, width: width),
    ]
    return edges
        + (0..<count).map { index in
            // Few ones, few zeros, short numbers: what is rare among plain random words.
            let word = BitVector(words: (0...width / 64).map { _ in random.next() }, width: width)
            switch index % 4 {
            case 0: return word >> Int.random(in: 0..<width, using: &random)
            case 1: return word & (word << 1) & (word >> 1)
            case 2: return BitVector(1, width: width) << Int.random(in: 0..<width, using: &random)
            default: return word
            }
        }
}

/// Widths beside those at which a word-based implementation can go wrong, and all small ones.
let wordWidths = [1, 2, 3, 4, 5, 7, 8, 31, 32, 33, 63, 64, 65, 130]

extension BitVector {
    /// The bits, least significant first, read one at a time.
    var bits: [Bool] { (0..<width).map { self[$0] } }

    /// A value from bits, least significant first, without the operators of the type.
    static func of(_ bits: some Sequence<Bool>) -> BitVector { BitVector(bits: Array(bits)) }
}
