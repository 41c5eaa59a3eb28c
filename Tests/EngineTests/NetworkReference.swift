import Network

/// What a network gives, by loops over its definition: shares no code with the package's inference or with the golden model.
enum NetworkReference {
    static func result(_ network: QuantizedNetwork, _ codes: [UInt8]) -> [Int] {
        var tensors: [[Int]] = []
        for (number, layer) in network.layers.enumerated() {
            let source = network.sources[number][0]
            let input = source < 0 ? codes.map { Int($0) } : tensors[source]
            let format = network.format(ofSource: source) ?? network.input
            switch layer {
            case .fullyConnected(let layer):
                var output: [Int] = []
                for o in 0..<layer.outputs {
                    var sum = Int(layer.bias[o])
                    for i in 0..<layer.inputs {
                        sum += Int(layer.weights[o * layer.inputs + i]) * (input[i] - format.zeroPoint)
                    }
                    output.append(layer.requantization.map { code(sum, o, $0) } ?? sum)
                }
                tensors.append(output)
            case .convolution(let layer): tensors.append(convolution(layer, input, format))
            case .pooling(let layer): tensors.append(pooling(layer, input, format))
            case .addition(let layer):
                let other = network.sources[number][1]
                let second = other < 0 ? codes.map { Int($0) } : tensors[other]
                let secondFormat = network.format(ofSource: other) ?? network.input
                tensors.append(
                    zip(input, second).map { a, b in
                        let sum =
                            branch(a - format.zeroPoint, layer.first)
                            + branch(b - secondFormat.zeroPoint, layer.second)
                        return code(sum, 0, layer.requantization)
                    })
            }
        }
        return tensors[tensors.count - 1]
    }

    private static func convolution(
        _ layer: QuantizedNetwork.Convolution, _ input: [Int], _ format: ActivationFormat
    ) -> [Int] {
        let (pad, stride, size) = (layer.window.padding, layer.window.stride, layer.window.size)
        let rows = (format.height + pad.top + pad.bottom - size.height) / stride.height + 1
        let columns = (format.width + pad.left + pad.right - size.width) / stride.width + 1
        let depth = layer.isDepthwise ? 1 : layer.inputChannels
        var output: [Int] = []
        for y in 0..<rows {
            for x in 0..<columns {
                for o in 0..<layer.outputs {
                    var sum = Int(layer.bias[o])
                    for r in 0..<size.height {
                        for c in 0..<size.width {
                            let (v, u) = (y * stride.height + r - pad.top, x * stride.width + c - pad.left)
                            if v < 0 || u < 0 || v >= format.height || u >= format.width { continue }
                            for i in 0..<depth {
                                let channel = layer.isDepthwise ? o / (layer.outputs / layer.inputChannels) : i
                                let w = layer.weights[((o * size.height + r) * size.width + c) * depth + i]
                                let a = input[(v * format.width + u) * layer.inputChannels + channel]
                                sum += Int(w) * (a - format.zeroPoint)
                            }
                        }
                    }
                    output.append(layer.requantization.map { code(sum, o, $0) } ?? sum)
                }
            }
        }
        return output
    }

    private static func pooling(
        _ layer: QuantizedNetwork.Pooling, _ input: [Int], _ format: ActivationFormat
    ) -> [Int] {
        let (pad, stride, size) = (layer.window.padding, layer.window.stride, layer.window.size)
        let rows = (format.height + pad.top + pad.bottom - size.height) / stride.height + 1
        let columns = (format.width + pad.left + pad.right - size.width) / stride.width + 1
        var output: [Int] = []
        for y in 0..<rows {
            for x in 0..<columns {
                for channel in 0..<format.channels {
                    var values: [Int] = []
                    for v in y * stride.height - pad.top..<y * stride.height - pad.top + size.height {
                        for u in x * stride.width - pad.left..<x * stride.width - pad.left + size.width
                        where v >= 0 && u >= 0 && v < format.height && u < format.width {
                            values.append(input[(v * format.width + u) * format.channels + channel])
                        }
                    }
                    if layer.kind == .maximum {
                        output.append(values.max() ?? 0)
                    } else {
                        let mean = values.reduce(0.0) { $0 + Double($1 - layer.roundingOrigin) } / Double(values.count)
                        output.append(Int(mean.rounded(.toNearestOrAwayFromZero)) + layer.roundingOrigin)
                    }
                }
            }
        }
        return output
    }

    /// sum × multiplier × 2^(shift − 31), rounded as the layer says, moved and clamped.
    private static func code(_ sum: Int, _ channel: Int, _ scale: Requantization) -> Int {
        let (multiplier, shift) = (Int(scale.multipliers[channel]), scale.shifts[channel])
        let scaled: Int
        if scale.rounding == .once {
            scaled = floorDivision(sum * multiplier + 1 << (30 - shift), 1 << (31 - shift))
        } else {
            scaled = branch(sum, multiplier, shift)
        }
        return min(max(scaled + scale.zeroPoint, scale.lowest), scale.highest)
    }

    private static func branch(_ value: Int, _ branch: QuantizedNetwork.Addition.Branch) -> Int {
        self.branch(value << 20, Int(branch.multiplier), branch.shift)
    }

    /// Halves upwards after the product, halves away from zero after the shift.
    private static func branch(_ value: Int, _ multiplier: Int, _ shift: Int) -> Int {
        let high = floorDivision((value << max(shift, 0)) * multiplier + 1 << 30, 1 << 31)
        let divisor = 1 << max(-shift, 0)
        let size = (abs(high) + divisor / 2) / divisor
        return high < 0 ? -size : size
    }

    private static func floorDivision(_ a: Int, _ b: Int) -> Int { a >= 0 ? a / b : -((-a + b - 1) / b) }
}
