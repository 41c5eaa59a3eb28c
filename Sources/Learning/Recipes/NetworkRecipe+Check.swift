private import Network

extension NetworkRecipe {
    /// Checks every value, and that the layers fit images of a shape and a number of classes.
    ///
    /// Throws `RecipeError`, which names the key, the value and what is allowed.
    public func validate(for images: ImageSet) throws(RecipeError) {
        try checkValues()
        guard (2...SoftmaxLoss.largestClasses).contains(images.classes) else {
            throw .data(property: "classes", found: images.classes, allowed: "2 to \(SoftmaxLoss.largestClasses)")
        }
        guard images.count >= batch + validationImages else {
            throw .data(
                property: "training images", found: images.count,
                allowed: "batch + validation-images = \(batch + validationImages) or more")
        }
        try checkLayers(
            TensorShape(height: images.rows, width: images.columns, channels: images.channels), images.classes)
    }

    private func checkValues() throws(RecipeError) {
        try check("input-bits", inputBits, 1...8)
        try check("weight-bits", weightBits, 1...8)
        try check("activation-bits", activationBits, 1...8)
        try check("clip", clip, 0.1...100)
        try check("batch", batch, 1...4096)
        try check("validation-images", validationImages, 1...1_000_000)
        try check("shift", shift, 0...32)
        try check("real-epochs", realEpochs, 0...1000)
        try check("quantized-epochs", quantizedEpochs, 1...1000)
        try check("pruning-epochs", pruningEpochs, 0...1000)
        try check("pruned-epochs", prunedEpochs, 0...1000)
        for (key, rate) in [("real-rate", realRate), ("quantized-rate", quantizedRate), ("pruned-rate", prunedRate)] {
            try check(key, rate, 1e-6...10)
        }
        try check("momentum", momentum, 0...0.999)
        try check("weight-decay", weightDecay, 0...0.1)
        try check("sparsity", sparsity, 0...0.99)
        try check("columns", columns, 1...512)
        try check("word-codes", wordCodes, 1...min(64, columns))
    }

    private func checkLayers(_ images: TensorShape, _ classes: Int) throws(RecipeError) {
        guard let last = layers.last, last.kind == .fullyConnected else {
            throw .value(
                key: "layers", found: layers.last.map { "one that ends in a \($0.kind.rawValue)" } ?? "empty",
                allowed: "one or more layers, the last of them fully-connected")
        }
        guard last.outputs == classes else {
            throw .value(
                key: "layers.\(last.name).outputs", found: "\(last.outputs)",
                allowed: "\(classes), the number of classes")
        }
        var shape = images
        for layer in layers {
            let key = "layers.\(layer.name)"
            if layer.hasWeights { try check("\(key).outputs", layer.outputs, 1...4096) }
            if let bits = layer.weightBits { try check("\(key).weight-bits", bits, 1...8) }
            if layer.hasWeights { try checkSparsity(of: layer, key) }
            if layer.kind != .fullyConnected {
                try check("\(key).window", layer.window, 1...64)
                try check("\(key).stride", layer.stride, 1...64)
                try check("\(key).padding", layer.padding, 0...layer.window - 1)
                let places = layer.slidingWindow(on: shape).places(in: shape.format)
                guard places.height >= 1, places.width >= 1 else {
                    throw .value(
                        key: "\(key).window", found: "\(layer.window)",
                        allowed: "one that fits the \(shape.height) x \(shape.width) pixels and their padding")
                }
            }
            shape = layer.outputShape(on: shape)
        }
    }

    private func checkSparsity(of layer: Layer, _ key: String) throws(RecipeError) {
        let wanted = layer.sparsity ?? sparsity
        let key = layer.sparsity == nil ? "sparsity" : "\(key).sparsity"
        try check(key, wanted, 0...0.99)
        guard wanted > 0 else { return }
        if pruningEpochs == 0 {
            throw .value(key: key, found: "\(wanted)", allowed: "0 without pruning-epochs")
        }
        // Binary weights have no zero.
        if weightBits(of: layer) == 1 {
            throw .value(key: key, found: "\(wanted)", allowed: "0 with weights of one bit, as layer \(layer.name) has")
        }
    }

    private func check<Value: Comparable & CustomStringConvertible>(
        _ key: String, _ value: Value, _ allowed: ClosedRange<Value>
    ) throws(RecipeError) {
        guard allowed.contains(value) else {
            throw .value(
                key: key, found: value.description,
                allowed: "\(allowed.lowerBound.description) to \(allowed.upperBound.description)")
        }
    }
}
