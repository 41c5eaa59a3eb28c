import BitVectors
import Examples
import HDL
import Simulation
import Testing

/// Law: rows of the product come out in order, each element the sum of products modulo `2^sumWidth`, whatever pauses the
/// sender and the receiver make; without pauses a row leaves in every cycle.
@Suite("Systolic multiplier")
struct SystolicMultiplierTests {
    typealias Matrix = [[Int]]

    /// The product by the definition.
    func product(_ a: Matrix, _ b: Matrix) -> Matrix {
        var c = Matrix(repeating: Array(repeating: 0, count: b[0].count), count: a.count)
        for i in 0..<a.count {
            for j in 0..<b[0].count {
                for k in 0..<b.count { c[i][j] += a[i][k] * b[k][j] }
            }
        }
        return c
    }

    /// Sends the operands and collects the rows; a sender and a receiver pause once in so many cycles, zero for never.
    func run(
        _ module: SystolicMultiplier, _ pairs: [(a: Matrix, b: Matrix)], senderPause: Int, receiverPause: Int,
        _ random: inout SplitMix
    ) throws -> (rows: Matrix, cycles: [Int]) {
        let simulator = try Simulator(elaborate(module))
        func isSet(_ name: String) -> Bool { simulator.get(name) == BitVector(1, width: 1) }
        let operands = pairs.flatMap { pair in
            (0..<module.size).map { k in (column: pair.a.map { $0[k] }, row: pair.b[k]) }
        }
        var sent = 0
        var rows: Matrix = []
        var cycles: [Int] = []
        for cycle in 0..<(operands.count + 4 * module.size) * 8 where rows.count < operands.count {
            let isOffering = sent < operands.count && !(senderPause > 0 && random.once(in: senderPause))
            let isTaking = !(receiverPause > 0 && random.once(in: receiverPause))
            for place in 0..<module.size {
                // While nothing is offered, anything may be there.
                let column = isOffering ? operands[sent].column[place] : .random(in: -1...0, using: &random)
                let row = isOffering ? operands[sent].row[place] : .random(in: -1...0, using: &random)
                simulator.set("operand_column_\(place)", BitVector(column, width: module.elementWidth))
                simulator.set("operand_row_\(place)", BitVector(row, width: module.elementWidth))
            }
            simulator.set("operand_valid", isOffering ? 1 : 0)
            simulator.set("result_ready", isTaking ? 1 : 0)
            simulator.settle()
            if isOffering, isSet("operand_ready") { sent += 1 }
            if isTaking, isSet("result_valid") {
                cycles.append(cycle)
                rows.append(
                    (0..<module.size).map { place in
                        let value = simulator.get("result_row_\(place)")
                        let number = value.signExtended(to: 64).words[0]
                        return Int(Int64(bitPattern: number))
                    })
            }
            simulator.step()
        }
        return (rows, cycles)
    }

    func randomPairs(_ count: Int, _ module: SystolicMultiplier, _ random: inout SplitMix) -> [(a: Matrix, b: Matrix)] {
        let largest = 1 << (module.elementWidth - 1)
        func matrix(_ random: inout SplitMix) -> Matrix {
            let isExtreme = random.once(in: 4)
            return (0..<module.size).map { _ in
                (0..<module.size).map { _ in isExtreme ? -largest : .random(in: -largest..<largest, using: &random) }
            }
        }
        return (0..<count).map { _ in (matrix(&random), matrix(&random)) }
    }

    static let shapes = [
        SystolicMultiplier(), SystolicMultiplier(size: 1, elementWidth: 8, sumWidth: 16),
        SystolicMultiplier(size: 2, elementWidth: 4, sumWidth: 9),
        SystolicMultiplier(size: 3, elementWidth: 12, sumWidth: 40),
        SystolicMultiplier(size: 5, elementWidth: 2, sumWidth: 8),
    ]

    @Test("multiplies random matrices back to back, with pauses on both sides", arguments: shapes, [0, 3])
    func products(_ module: SystolicMultiplier, _ pause: Int) throws {
        for (seed, receiverPause) in [(UInt64(1), 0), (2, 2), (3, 5)] {
            var random = SplitMix(seed)
            let pairs = randomPairs(6, module, &random)
            let rows = try run(module, pairs, senderPause: pause, receiverPause: receiverPause, &random).rows
            #expect(rows == pairs.flatMap { product($0.a, $0.b) }, "seed \(seed)")
        }
    }

    @Test("a sum that is too large wraps")
    func wrapping() throws {
        let full = [[-8, -8], [-8, -7]]
        for (width, expected) in [
            (9, [[128, 120], [120, 113]]), (8, [[-128, 120], [120, 113]]), (6, [[0, -8], [-8, -15]]),
        ] {
            let module = SystolicMultiplier(size: 2, elementWidth: 4, sumWidth: width)
            var random = SplitMix(1)
            let rows = try run(module, [(full, full)], senderPause: 0, receiverPause: 0, &random).rows
            #expect(rows == expected, "\(width) bits")
        }
    }

    @Test("the first row is there 2 * size - 1 cycles after the first operand, then one a cycle", arguments: shapes)
    func throughput(_ module: SystolicMultiplier) throws {
        var random = SplitMix(9)
        let pairs = randomPairs(4, module, &random)
        let cycles = try run(module, pairs, senderPause: 0, receiverPause: 0, &random).cycles
        let first = 2 * module.size - 1
        #expect(cycles == Array(first..<first + 4 * module.size))
    }
}
