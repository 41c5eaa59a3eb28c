import Foundation
import Network
import Testing

@testable import Learning

@Suite("Quantisers")
struct QuantizerTests {
    private func steps(_ quantizer: WeightQuantizer, _ values: [Float], outputs: Int, mask: [Float]? = nil) -> [Float] {
        let weights = Parameter(count: values.count, decays: true)
        weights.values.values = values
        if let mask { weights.mask.values = mask }
        let steps = FloatBuffer(count: outputs)
        quantizer.setSteps(steps, weights: weights, depth: values.count / outputs, outputs: outputs)
        return steps.values
    }

    /// Law: a code is the nearest whole number in range, zero is exact, and codes × step are codes again.
    @Test("codes are the nearest in range and come back from a round trip", arguments: 1...8)
    func roundTrip(bits: Int) {
        var random = SplitMix(state: UInt64(bits))
        let quantizer = WeightQuantizer(bits: bits, isPerOutput: true)
        let allowed = bits == 1 ? [-1, 1] : Array(-(1 << (bits - 1) - 1)...(1 << (bits - 1) - 1))
        for _ in 0..<2000 {
            let step = Float.random(in: 0.001...2, using: &random)
            let weight = Float.random(in: -2...2, using: &random) * step * Float(allowed.count) / 2
            let code = quantizer.code(of: weight, step: step)
            #expect(allowed.contains(Int(code)))
            let least = allowed.map { abs(Float($0) - weight / step) }.min() ?? 0
            #expect(abs(code - weight / step) <= least + 1e-5, "\(weight) in steps of \(step), \(bits) bits")
            #expect(quantizer.code(of: code * step, step: step) == code)
        }
        if bits > 1 { #expect(quantizer.code(of: 0, step: 0.1) == 0) }
    }

    /// Law: a step scales with its weights; masked weights do not count; one step for all where sums are to be compared.
    @Test("steps follow the root mean square, output by output or together")
    func stepLaw() {
        let values: [Float] = [3, 30, -4, -40, 5, 50, 0, 0]
        let each = WeightQuantizer(bits: 4, isPerOutput: true)
        let found = steps(each, values, outputs: 2)
        let root = Float((50.0 / 4).squareRoot()) * 0.353_411_3
        #expect(abs(found[0] - root) < 1e-5 && abs(found[1] - 10 * root) < 1e-4)
        let mask: [Float] = [1, 1, 1, 1, 0, 1, 0, 1]
        #expect(
            abs(steps(each, values, outputs: 2, mask: mask)[0] - Float((25.0 / 2).squareRoot()) * 0.353_411_3) < 1e-5)
        let together = steps(WeightQuantizer(bits: 4, isPerOutput: false), values, outputs: 2)
        #expect(together[0] == together[1])
        #expect(steps(WeightQuantizer(bits: 1, isPerOutput: true), values, outputs: 2) == [3, 30])
        #expect(steps(each, [0, 0], outputs: 2).allSatisfy { $0 > 0 })
    }

    /// Law: of a normal number the step gives the least mean square error: a hundredth more or less gives no smaller one.
    @Test("the constants are minima for the normal law", arguments: 2...8)
    func normalSteps(bits: Int) {
        let quantizer = WeightQuantizer(bits: bits, isPerOutput: true)
        func error(_ step: Double) -> Double {
            var sum = 0.0
            for number in 0..<400_000 {
                let x = (Double(number) + 0.5) * 2e-5
                let code = min((x / step).rounded(), Double(quantizer.largest))
                sum += (x - code * step) * (x - code * step) * exp(-x * x / 2)
            }
            return sum
        }
        let step = Double(WeightQuantizer.normalSteps[bits - 2])
        let least = error(step)
        #expect(least < error(step * 1.01) && least < error(step * 0.99))
    }

    /// Law: ⌊y / step + ½⌋ between 0 and 2^bits − 1.
    @Test("activations round upwards at halves and stay in range", arguments: 1...8)
    func activations(bits: Int) {
        let quantizer = ActivationQuantizer(bits: bits, clip: 3)
        let largest = Float(1 << bits - 1)
        func code(ofSteps value: Float) -> Float { quantizer.codes(ofSteps: SIMD16(repeating: value))[5] }
        #expect(quantizer.step * largest == 3 || abs(quantizer.step * largest - 3) < 1e-6)
        for whole in 0..<Int(largest) {
            #expect(code(ofSteps: Float(whole) + 0.5) == Float(whole + 1))
            #expect(code(ofSteps: Float(whole) + 0.25) == Float(whole))
            #expect(code(ofSteps: Float(whole)) == Float(whole))
        }
        #expect(code(ofSteps: -3) == 0 && code(ofSteps: 1e6) == largest)
    }
}
