import Network
import Testing

/// Law: each layer computes what its definition says of numbers, in the integer arithmetic of TensorFlow Lite's reference
/// kernels. The references here pad a tensor of numbers and sum over it, and round by definition.
@Suite("Layers")
struct LayerTests {
    private typealias Tensor = [[[Int]]]

    /// Numbers (code − zero point) with padding of `outside` around them.
    private func padded(
        _ codes: [UInt8], _ format: ActivationFormat, _ padding: SlidingWindow.Padding, outside: Int?
    ) -> [[[Int?]]] {
        let none = [Int?](repeating: outside, count: format.channels)
        let width = format.width + padding.left + padding.right
        var rows = [[[Int?]]](repeating: Array(repeating: none, count: width), count: padding.top)
        for y in 0..<format.height {
            var row = [[Int?]](repeating: none, count: padding.left)
            for x in 0..<format.width {
                row.append(
                    (0..<format.channels).map {
                        Int(codes[(y * format.width + x) * format.channels + $0]) - format.zeroPoint
                    })
            }
            rows.append(row + Array(repeating: none, count: padding.right))
        }
        return rows + Array(repeating: Array(repeating: none, count: width), count: padding.bottom)
    }

    private func randomWindow(_ random: inout SplitMix, largest: Int = 5) -> SlidingWindow {
        let size = SlidingWindow.Extent(
            height: .random(in: 1...largest, using: &random), width: .random(in: 1...largest, using: &random))
        return SlidingWindow(
            size: size,
            stride: .init(height: .random(in: 1...3, using: &random), width: .random(in: 1...3, using: &random)),
            padding: .init(
                top: .random(in: 0..<size.height, using: &random), left: .random(in: 0..<size.width, using: &random),
                bottom: .random(in: 0..<size.height, using: &random),
                right: .random(in: 0..<size.width, using: &random)))
    }

    private func randomFormat(_ random: inout SplitMix) -> ActivationFormat {
        let bits = Int.random(in: 1...8, using: &random)
        return ActivationFormat(
            height: .random(in: 5...9, using: &random), width: .random(in: 5...9, using: &random),
            channels: .random(in: 1...4, using: &random), bits: bits,
            zeroPoint: .random(in: 0...(1 << bits - 1), using: &random))
    }

    private func randomCodes(_ format: ActivationFormat, _ random: inout SplitMix) -> [UInt8] {
        (0..<format.features).map { _ in UInt8.random(in: 0...UInt8(format.largestCode), using: &random) }
    }

    @Test("a convolution is the sum over its window of a padded tensor", arguments: [false, true])
    func convolution(isDepthwise: Bool) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for _ in 0..<60 {
            let format = randomFormat(&random)
            let window = randomWindow(&random)
            let bits = Int.random(in: 2...8, using: &random)
            let limit = Int8(1 << (bits - 1) - 1)
            let outputs = isDepthwise ? format.channels * Int.random(in: 1...3, using: &random) : 3
            let depth = isDepthwise ? 1 : format.channels
            let count = outputs * window.size.height * window.size.width * depth
            let layer = QuantizedNetwork.Convolution(
                inputChannels: format.channels, outputs: outputs, window: window, isDepthwise: isDepthwise,
                weightBits: bits, weights: (0..<count).map { _ in .random(in: -limit...limit, using: &random) },
                bias: (0..<outputs).map { _ in .random(in: -9999...9999, using: &random) })
            let network = try QuantizedNetwork(name: "random", input: format, layers: [.convolution(layer)])
            let codes = randomCodes(format, &random)
            let numbers = padded(codes, format, window.padding, outside: 0)
            var expected: [Int32] = []
            for y in stride(from: 0, through: numbers.count - window.size.height, by: window.stride.height) {
                for x in stride(from: 0, through: numbers[0].count - window.size.width, by: window.stride.width) {
                    for output in 0..<outputs {
                        var sum = layer.bias[output]
                        var next = output * (count / outputs)
                        for row in 0..<window.size.height {
                            for column in 0..<window.size.width {
                                for input in 0..<depth {
                                    let channel = isDepthwise ? output * format.channels / outputs : input
                                    sum +=
                                        Int32(layer.weights[next])
                                        * Int32(numbers[y + row][x + column][channel] ?? 0)
                                    next += 1
                                }
                            }
                        }
                        expected.append(sum)
                    }
                }
            }
            #expect(network.infer(activations: codes) == expected, "seed \(seed)")
        }
    }

    @Test("pooling takes the largest and the rounded mean of what is under its window")
    func pooling() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for _ in 0..<100 {
            var format = randomFormat(&random)
            format.zeroPoint = 0
            let window = randomWindow(&random, largest: 4)
            let codes = randomCodes(format, &random)
            let origin = Bool.random(using: &random) ? 0 : (format.largestCode + 1) / 2
            func pooled(_ kind: QuantizedNetwork.Pooling.Kind) throws -> [Int32] {
                try QuantizedNetwork(
                    name: "random", input: format,
                    layers: [.pooling(.init(kind, window: window, roundingOrigin: origin))]
                ).infer(activations: codes)
            }
            let numbers = padded(codes, format, window.padding, outside: nil)
            var (largest, mean): ([Int32], [Int32]) = ([], [])
            for y in stride(from: 0, through: numbers.count - window.size.height, by: window.stride.height) {
                for x in stride(from: 0, through: numbers[0].count - window.size.width, by: window.stride.width) {
                    for channel in 0..<format.channels {
                        let under = (0..<window.size.height).flatMap { row in
                            (0..<window.size.width).compactMap { numbers[y + row][x + $0][channel] }
                        }
                        largest.append(Int32(under.max() ?? -1))
                        // To the nearest, halves away from the origin.
                        let exact = Double(under.map { $0 - origin }.reduce(0, +)) / Double(under.count)
                        mean.append(Int32(exact.rounded(.toNearestOrAwayFromZero)) + Int32(origin))
                    }
                }
            }
            #expect(try pooled(.maximum) == largest, "seed \(seed)")
            #expect(try pooled(.average) == mean, "seed \(seed)")
        }
    }

    /// To the nearest with halves upwards: found from a double, which holds 53 bits, and corrected by exact products.
    private func scaledOnce(_ value: Int, _ multiplier: Int, _ shift: Int) -> Int {
        let near = Int(
            (Double(value) * Double(multiplier) * 0x1p-31 * Double(sign: .plus, exponent: shift, significand: 1))
                .rounded())
        let product = value * multiplier
        // n is right when product − n × 2^places lies in −2^(places − 1) ..< 2^(places − 1).
        let places = 31 - shift
        return (near - 1...near + 1).first {
            let rest = product - $0 << places
            return rest >= -(1 << (places - 1)) && rest < 1 << (places - 1)
        } ?? .min
    }

    /// Rounding by definition: to the nearest with halves upwards, then with halves away from zero.
    private func scaled(_ value: Int, _ multiplier: Int, _ shift: Int) -> Int {
        let product = (value << max(shift, 0)) * multiplier * 2 + 1 << 31
        let high = Int((Double(product) / 0x1p32).rounded(.down))
        // A double holds 53 bits: the exact quotient is this or a neighbour.
        let exact = (high - 1...high + 1).last { $0 << 32 <= product } ?? high
        let right = max(-shift, 0)
        if right == 0 { return exact }
        let size = (abs(exact) + 1 << (right - 1)) >> right
        return exact < 0 ? -size : size
    }

    @Test("codes are the accumulators scaled, rounded twice, moved and clamped")
    func requantization() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for _ in 0..<100_000 {
            let shift = Int.random(in: -31...8, using: &random)
            let bits = Int.random(in: 1...8, using: &random)
            let largest = 1 << bits - 1
            let lowest = Int.random(in: 0...largest, using: &random)
            let rule = Requantization(
                multipliers: [Int32.random(in: 1 << 30...Int32.max, using: &random)], shifts: [shift], bits: bits,
                zeroPoint: Int.random(in: 0...largest, using: &random), lowest: lowest,
                highest: Int.random(in: lowest...largest, using: &random),
                rounding: Bool.random(using: &random) ? .once : .twice)
            // Accumulators whose codes are near the range, and any.
            let reach = 1 << min(30 - max(shift, 0), max(2, bits - shift + 1))
            let accumulator = Int.random(in: -reach...reach - 1, using: &random)
            let scale = rule.rounding == .once ? scaledOnce : scaled
            let moved = scale(accumulator, Int(rule.multipliers[0]), shift) + rule.zeroPoint
            #expect(
                Int(rule.code(accumulator: Int32(accumulator), channel: 0))
                    == min(max(moved, rule.lowest), rule.highest), "seed \(seed)")
        }
    }

    @Test("halves go upwards in the product and away from zero in the shift")
    func halves() {
        func code(_ accumulator: Int32, _ shift: Int, _ rounding: Requantization.Rounding) -> Int {
            let rule = Requantization(
                multipliers: [1 << 30], shifts: [shift], bits: 8, zeroPoint: 100, rounding: rounding)
            return Int(rule.code(accumulator: accumulator, channel: 0)) - 100
        }
        #expect([-3, -1, 1, 3].map { code($0, 0, .twice) } == [-1, 0, 1, 2])
        #expect([-6, -2, 2, 6].map { code($0, -1, .twice) } == [-2, -1, 1, 2])
        #expect([-6, -2, 2, 6].map { code($0, -1, .once) } == [-1, 0, 1, 2])
        // 5/8 of a step: 1 when it is rounded once, and 3/4 and then 1 when twice; 3/8: 0, and 1/2 and then 1.
        #expect([3, 5].map { code($0, -2, .twice) } == [1, 1])
        #expect([3, 5].map { code($0, -2, .once) } == [0, 1])
    }

    @Test("a scale becomes the multiplier and shift nearest to it")
    func fixedPoint() {
        #expect(Requantization.fixedPoint(scale: 0.5) == (1 << 30, 0))
        #expect(Requantization.fixedPoint(scale: 1) == (1 << 30, 1))
        #expect(Requantization.fixedPoint(scale: 0.75 / 1024) == (3 << 29, -10))
        #expect(Requantization.fixedPoint(scale: 1.0.nextDown) == (1 << 30, 1))
        #expect(Requantization.fixedPoint(scale: 0x1p-40) == (0, 0))
        var random = SplitMix(state: 7)
        for _ in 0..<1000 {
            let scale = Double.random(in: 1e-8...100, using: &random)
            let (multiplier, shift) = Requantization.fixedPoint(scale: scale)
            #expect(multiplier >= 1 << 30)
            #expect(
                abs(
                    Double(multiplier) * 0x1p-31 * (shift < 0 ? 1 / Double(1 << -shift) : Double(1 << shift)) / scale
                        - 1) < 0x1p-31)
        }
    }

    @Test("a sum scales each branch for itself")
    func addition() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        func multiplier() -> Int32 { .random(in: 1 << 30...Int32.max, using: &random) }
        for _ in 0..<300 {
            let format = randomFormat(&random)
            let (first, second) = (
                QuantizedNetwork.Addition.Branch(multiplier: multiplier(), shift: .random(in: -3...0, using: &random)),
                QuantizedNetwork.Addition.Branch(multiplier: multiplier(), shift: .random(in: -3...0, using: &random))
            )
            let rule = Requantization(
                multipliers: [multiplier()], shifts: [.random(in: -22 ... -18, using: &random)], bits: 8,
                zeroPoint: .random(in: 0...255, using: &random), rounding: .twice)
            // The second branch is the input under a window of one pixel: the same codes.
            let same = QuantizedNetwork.Pooling(.maximum, window: .init(size: .init(height: 1, width: 1)))
            let network = try QuantizedNetwork(
                name: "random", input: format,
                layers: [
                    .pooling(same), .addition(.init(first: first, second: second, requantization: rule)),
                ], sources: [[-1], [-1, 0]])
            let codes = randomCodes(format, &random)
            let expected = codes.map { code -> Int32 in
                let raised = (Int(code) - format.zeroPoint) * 1_048_576
                let sum =
                    scaled(raised, Int(first.multiplier), first.shift)
                    + scaled(raised, Int(second.multiplier), second.shift)
                let moved = scaled(sum, Int(rule.multipliers[0]), rule.shifts[0]) + rule.zeroPoint
                return Int32(min(max(moved, 0), 255))
            }
            #expect(network.infer(activations: codes) == expected, "seed \(seed)")
        }
    }

    @Test("weights of one bit are signs, or there or not")
    func binaryWeights() throws {
        for (encoding, weights, expected) in [
            (WeightEncoding.plusMinusOne, [1, -1, -1], Int32(3 - 4 - 5)), (.zeroOne, [1, 0, 1], 3 + 5),
        ] {
            let layer = QuantizedNetwork.FullyConnected(
                inputs: 3, outputs: 1, weightBits: 1, encoding: encoding, weights: weights.map { Int8($0) }, bias: [0])
            let network = try QuantizedNetwork(
                name: "binary", input: .init(features: 3, bits: 3), layers: [.fullyConnected(layer)])
            #expect(network.infer(activations: [3, 4, 5]) == [expected])
        }
    }
}
