extension QuantizedNetwork {
    /// The most inputs or outputs of a layer.
    static let largestExtent = 1 << 20

    /// Checks everything that a file or a caller may have wrong; `fileName` is for the message.
    func validate(fileName: String) throws(NetworkFileError) {
        func check(_ key: String, _ value: Int, _ allowed: ClosedRange<Int>) throws(NetworkFileError) {
            guard allowed.contains(value) else {
                throw .value(
                    file: fileName, key: key, found: "\(value)",
                    allowed: "\(allowed.lowerBound) to \(allowed.upperBound)")
            }
        }
        try check("input.features", input.features, 1...Self.largestExtent)
        try check("input.bits", input.bits, 1...8)
        guard layers.count == 1 else {
            throw .value(file: fileName, key: "layers", found: "\(layers.count) layers", allowed: "1 layer")
        }
        for (index, layer) in layers.enumerated() {
            switch layer {
            case .fullyConnected(let layer):
                let key = "layers[\(index)]"
                try check("\(key).inputs", layer.inputs, input.features...input.features)
                try check("\(key).outputs", layer.outputs, 1...Self.largestExtent)
                try check("\(key).weightBits", layer.weightBits, 2...8)
                let weightBytes = layer.inputs * layer.outputs
                try check("\(key).weights.bytes", layer.weights.count, weightBytes...weightBytes)
                try check("\(key).bias.bytes", layer.bias.count * 4, layer.outputs * 4...layer.outputs * 4)
                try checkWeights(layer, key: key, fileName: fileName)
            }
        }
    }

    private func checkWeights(
        _ layer: FullyConnected, key: String, fileName: String
    ) throws(NetworkFileError) {
        let limit = layer.largestMagnitude
        let largestActivation = 1 << input.bits - 1
        for output in 0..<layer.outputs {
            var magnitude = 0
            for (index, weight) in layer.weights(ofOutput: output).enumerated() {
                guard abs(Int(weight)) <= limit else {
                    throw .weight(
                        file: fileName, key: "\(key).weights[\(output)][\(index)]", found: Int(weight), limit: limit,
                        bits: layer.weightBits)
                }
                magnitude += abs(Int(weight))
            }
            let reach = abs(Int(layer.bias[output])) + magnitude * largestActivation
            guard reach <= Int(Int32.max) else {
                throw .value(
                    file: fileName, key: "\(key).bias[\(output)]", found: "\(layer.bias[output])",
                    allowed: "a bias with which no accumulator can leave 32 bits (this one can reach \(reach))")
            }
        }
    }
}
