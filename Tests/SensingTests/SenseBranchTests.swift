import Foundation
import TestSupport
import Testing

@testable import Sensing

@Suite struct SenseBranchTests {
    @Test("the spread of cells and of two cells in parallel is that of sampled ones", arguments: [1, 2, 3] as [UInt64])
    func spread(seed: UInt64) throws {
        var cases = SeededCases(seed: seed)
        let sigma = 0.03
        let low = Double.random(in: 2000...8000, using: &cases)
        let cells = try SenseCells(
            lowOhms: low, highOhms: low * Double.random(in: 1.2...3, using: &cases),
            accessOhms: Double.random(in: 0...3000, using: &cases), sigmaLogResistance: sigma)
        for (first, second) in [(true, true), (true, false), (false, false)] {
            var (sum, squares) = (0.0, 0.0)
            let count = 20000
            func draw(_ bit: Bool) -> Double {
                (bit ? cells.lowOhms : cells.highOhms) * exp(sigma * cases.normal()) + cells.accessOhms
            }
            for _ in 0..<count {
                let value = log(1 / (1 / draw(first) + 1 / draw(second)))
                sum += value
                squares += value * value
            }
            let mean = sum / Double(count)
            let sd = (squares / Double(count) - mean * mean).squareRoot()
            let branch = cells.branch(storing: first, second)
            #expect(abs(branch.sigmaLogResistance / sd - 1) < 0.03, "seed \(seed), \(first) \(second): \(sd)")
            #expect(abs(log(branch.ohms) - mean) < 0.002, "seed \(seed), \(first) \(second)")
        }
    }

    @Test("every topology decides for its function, with equal margins to both sides of a reference")
    func functions() throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var cases = SeededCases(seed: seed)
            let low = Double.random(in: 2000...8000, using: &cases)
            let ratio = Double.random(in: 1.1...3, using: &cases)
            let cells = try SenseCells(
                lowOhms: low, highOhms: ratio * low, accessOhms: Double.random(in: 0...2000, using: &cases))
            for bit in [false, true] {
                #expect(cells.complementary(storing: bit).leftShouldWin == bit)
                #expect(cells.midReference(storing: bit).leftShouldWin == bit)
                for other in [false, true] {
                    for function in DualRowFunction.allCases {
                        let sense = cells.dualRow(function, storing: bit, other)
                        #expect(
                            sense.leftShouldWin == function(bit, other), "seed \(seed): \(function) \(bit) \(other)")
                    }
                }
            }
            let whole = cells.complementary(storing: true).margin
            for bit in [false, true] {
                #expect(abs(cells.midReference(storing: bit).margin / whole - 0.5) < 1e-12, "seed \(seed)")
            }
            let and = cells.dualRow(.and, storing: true, true).margin
            #expect(abs(cells.dualRow(.and, storing: true, false).margin / and - 1) < 1e-12, "seed \(seed)")
            let or = cells.dualRow(.or, storing: false, false).margin
            #expect(abs(cells.dualRow(.or, storing: true, false).margin / or - 1) < 1e-12, "seed \(seed)")
            // The three levels share the margin of one cell: 11 to 10 is the narrow gap.
            #expect(and < or && 2 * (and + or) < whole * (1 + 1e-12), "seed \(seed)")
            #expect(cells.dualRow(.and, storing: true, true, referenceOhms: 1e6).right.ohms == 1e6)
        }
    }

    @Test("a chosen reference off the middle costs margin on one side")
    func reference() throws {
        let cells = try SenseCells(lowOhms: 6000, highOhms: 12000)
        let low = cells.midReference(storing: true, referenceOhms: 7000)
        let high = cells.midReference(storing: false, referenceOhms: 7000)
        #expect(low.margin < high.margin)
        #expect(abs(low.margin - log(7.0 / 6)) < 1e-12)
    }
}
