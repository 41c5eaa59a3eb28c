extension NetworkCheck {
    func check(
        _ layer: QuantizedNetwork.FullyConnected, _ source: ActivationFormat, key: String
    ) throws(NetworkFileError) {
        try check("\(key).inputs", layer.inputs, source.features...source.features)
        try check("\(key).outputs", layer.outputs, 1...Self.largestExtent)
        try check(
            Weights(
                values: layer.weights, bias: layer.bias, perOutput: layer.inputs, bits: layer.weightBits,
                encoding: layer.encoding, requantization: layer.requantization),
            outputs: layer.outputs, source, key: key)
    }

    func check(
        _ layer: QuantizedNetwork.Convolution, _ source: ActivationFormat, key: String
    ) throws(NetworkFileError) {
        try check("\(key).inputChannels", layer.inputChannels, source.channels...source.channels)
        try check("\(key).outputs", layer.outputs, 1...Self.largestExtent)
        if layer.isDepthwise, layer.outputs % layer.inputChannels != 0 {
            throw value("\(key).outputs", "\(layer.outputs)", "a multiple of the \(layer.inputChannels) input channels")
        }
        try check(layer.window, source, key: key)
        let places = layer.window.places(in: source)
        try checkCount(places, channels: layer.outputs, key: key)
        try check(
            Weights(
                values: layer.weights, bias: layer.bias, perOutput: layer.weightsPerOutput, bits: layer.weightBits,
                encoding: layer.encoding, requantization: layer.requantization),
            outputs: layer.outputs, source, key: key)
    }

    /// What layers with weights have in common.
    private struct Weights {
        let values: [Int8]
        let bias: [Int32]
        let perOutput: Int
        let bits: Int
        let encoding: WeightEncoding
        let requantization: Requantization?
    }

    private func check(
        _ weights: Weights, outputs: Int, _ source: ActivationFormat, key: String
    ) throws(NetworkFileError) {
        let bits = weights.encoding.bits
        try check("\(key).weightBits", weights.bits, bits)
        let bytes = weights.perOutput * outputs
        try check("\(key).weights.bytes", weights.values.count, bytes...bytes)
        try check("\(key).bias.bytes", weights.bias.count * 4, outputs * 4...outputs * 4)
        var largestReach = 0
        for output in 0..<outputs {
            let first = output * weights.perOutput
            var (magnitude, sum) = (0, 0)
            for index in 0..<weights.perOutput {
                let weight = Int(weights.values[first + index])
                guard weights.encoding.contains(weight, bits: weights.bits) else {
                    throw .weight(
                        file: fileName, key: "\(key).weights[\(output)][\(index)]", found: weight,
                        allowed: weights.encoding.allowed(bits: weights.bits), bits: weights.bits)
                }
                magnitude += abs(weight)
                sum += weight
            }
            // The zero point folded into the bias, as the hardware has it.
            let reach = abs(Int(weights.bias[output]) - source.zeroPoint * sum) + magnitude * source.largestCode
            guard reach <= Int(Int32.max) else {
                throw value(
                    "\(key).bias[\(output)]", "\(weights.bias[output])",
                    "a bias with which no accumulator can leave 32 bits (this one can reach \(reach))")
            }
            largestReach = max(largestReach, reach)
        }
        if let requantization = weights.requantization {
            try check(requantization, channels: outputs, reach: largestReach, key: "\(key).requantization")
        }
    }

    func check(
        _ window: SlidingWindow, _ source: ActivationFormat, key: String
    ) throws(NetworkFileError) {
        for (name, extent, highest) in [("window", window.size, 64), ("stride", window.stride, 64)] {
            try check("\(key).\(name).height", extent.height, 1...highest)
            try check("\(key).\(name).width", extent.width, 1...highest)
        }
        // Wider padding would leave a window with nothing in it.
        let (rows, columns) = (window.size.height - 1, window.size.width - 1)
        try check("\(key).padding.top", window.padding.top, 0...rows)
        try check("\(key).padding.bottom", window.padding.bottom, 0...rows)
        try check("\(key).padding.left", window.padding.left, 0...columns)
        try check("\(key).padding.right", window.padding.right, 0...columns)
        let places = window.places(in: source)
        guard places.height >= 1, places.width >= 1 else {
            throw value(
                "\(key).window", "\(window.size.height) x \(window.size.width)",
                "one that fits the \(source.height) x \(source.width) pixels and their padding")
        }
    }

    func check(
        _ layer: QuantizedNetwork.Addition, _ first: ActivationFormat, _ second: ActivationFormat, key: String
    ) throws(NetworkFileError) -> ActivationFormat {
        guard first.height == second.height, first.width == second.width, first.channels == second.channels else {
            throw value(
                "\(key).sources",
                "tensors of \(first.height) x \(first.width) x \(first.channels) and "
                    + "\(second.height) x \(second.width) x \(second.channels)",
                "two of one shape")
        }
        var reach = 0
        for (number, branch) in [layer.first, layer.second].enumerated() {
            let key = "\(key).branches[\(number)]"
            try checkMultiplier("\(key).multiplier", Int(branch.multiplier))
            try check("\(key).shift", branch.shift, -31...0)
            // Scales are below one, so a branch stays below its raised code.
            reach += 255 << QuantizedNetwork.Addition.headroom
        }
        try check(layer.requantization, channels: 1, reach: reach, key: "\(key).requantization")
        guard layer.requantization.rounding == .twice else {
            throw value("\(key).requantization.rounding", layer.requantization.rounding.rawValue, "twice")
        }
        return ActivationFormat(
            height: first.height, width: first.width, channels: first.channels, bits: layer.requantization.bits,
            zeroPoint: layer.requantization.zeroPoint)
    }

    private func check(
        _ requantization: Requantization, channels: Int, reach: Int, key: String
    ) throws(NetworkFileError) {
        try check("\(key).bits", requantization.bits, 1...8)
        let largest = 1 << requantization.bits - 1
        try check("\(key).zeroPoint", requantization.zeroPoint, 0...largest)
        try check("\(key).lowest", requantization.lowest, 0...largest)
        try check("\(key).highest", requantization.highest, requantization.lowest...largest)
        try check("\(key).multipliers.bytes", requantization.multipliers.count * 4, channels * 4...channels * 4)
        try check("\(key).shifts.bytes", requantization.shifts.count, channels...channels)
        for channel in 0..<channels {
            try checkMultiplier("\(key).multipliers[\(channel)]", Int(requantization.multipliers[channel]))
            let shift = requantization.shifts[channel]
            try check("\(key).shifts[\(channel)]", shift, -31...30)
            guard shift <= 0 || reach << shift <= Int(Int32.max) else {
                throw value(
                    "\(key).shifts[\(channel)]", "\(shift)",
                    "one with which no accumulator can leave 32 bits (they reach \(reach))")
            }
        }
    }

    private func checkMultiplier(_ key: String, _ found: Int) throws(NetworkFileError) {
        guard found == 0 || 1 << 30 <= found && found <= Int(Int32.max) else {
            throw value(key, "\(found)", "0, or \(1 << 30) to \(Int32.max)")
        }
    }
}
