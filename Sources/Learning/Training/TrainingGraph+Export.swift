internal import Network

extension TrainingGraph {
    /// The network of whole numbers that the quantised graph stands for, with the remembered statistics.
    ///
    /// Law: codes differ from those of the graph only where rounding the bias to a whole number of the sums' units, or the
    /// scale to 31 bits, moves a number across a half. Sums are the same, up to the sign of filters whose normalisation has a
    /// negative scale: their weights change sign, since multipliers have none.
    ///
    /// Throws `NetworkFileError` where a sum or a scale is out of what a network file holds.
    func exported(training: [String: String] = [:]) throws(NetworkFileError) -> QuantizedNetwork {
        let mode = TrainingMode(isLearning: false, isQuantized: true)
        for layer in layers { layer.prepare(mode) }
        invalidate()
        var exported: [QuantizedNetwork.Layer] = []
        for (index, layer) in layers.enumerated() {
            if let pooling = layer as? PoolingLayer {
                exported.append(.pooling(pooling.pooling))
            } else if let product = layer as? ProductLayer {
                let next = index + 1 < layers.count ? layers[index + 1] as? NormalizationLayer : nil
                exported.append(product.exported(before: next))
            }
        }
        return try QuantizedNetwork(
            name: recipe.name,
            input: .init(
                height: inputShape.height, width: inputShape.width, channels: inputShape.channels,
                bits: recipe.inputBits),
            layers: exported, training: training)
    }
}

extension ProductLayer {
    /// The layer of whole numbers with the normalisation after it folded in.
    fileprivate func exported(before normalization: NormalizationLayer?) -> QuantizedNetwork.Layer {
        var codes = integerWeights()
        var bias: [Int32]
        var requantization: Requantization?
        if let normalization {
            let folded = normalization.folded()
            for (output, channel) in folded.enumerated() where channel.sign != 1 {
                let range = output * columns.columns..<(output + 1) * columns.columns
                for index in range { codes[index] *= channel.sign }
            }
            bias = folded.map(\.bias)
            requantization = Requantization(
                multipliers: folded.map(\.multiplier), shifts: folded.map(\.shift),
                bits: normalization.quantizer.bits)
        } else {
            bias = integerBias()
        }
        let encoding: WeightEncoding = quantizer.bits == 1 ? .plusMinusOne : .signMagnitude
        if columns.isWhole {
            return .fullyConnected(
                .init(
                    inputs: columns.columns, outputs: outputShape.channels, weightBits: quantizer.bits,
                    encoding: encoding, weights: codes, bias: bias, requantization: requantization))
        }
        return .convolution(
            .init(
                inputChannels: inputShape.channels, outputs: outputShape.channels, window: columns.window,
                weightBits: quantizer.bits, encoding: encoding, weights: codes, bias: bias,
                requantization: requantization))
    }
}

extension NormalizationLayer {
    /// What a channel's normalisation and rounding become: code = clamp(round((sign · sum + bias) × scale)).
    struct FoldedChannel: Equatable {
        /// −1 or 1; 0 where the sum has no effect, so that the weights may be zero.
        var sign: Int8
        var bias: Int32
        var multiplier: Int32
        var shift: Int
    }

    /// Biases are held to this, so that sums stay inside 32 bits.
    private static let largestBias = 0x1p29

    func folded() -> [FoldedChannel] {
        (0..<inputShape.channels).map { channel in
            let step = Double(quantizer.step)
            let deviation = (Double(runningVariance.start[channel]) + Double(Self.epsilon)).squareRoot()
            let factor = Double(scale.values.start[channel]) / (deviation * step)
            let mean = Double(runningMean.start[channel])
            let offset = Double(shift.values.start[channel]) / step - factor * mean
            let magnitude = abs(factor)
            if magnitude < 1e-12 || abs(offset / magnitude) > Self.largestBias {
                // Whatever the sum, the code is the same.
                let code = min(max((offset + 0.5).rounded(.down), 0), Double(quantizer.largest))
                let (multiplier, shift) = Requantization.fixedPoint(scale: 1)
                return FoldedChannel(sign: 0, bias: Int32(code), multiplier: multiplier, shift: shift)
            }
            let (multiplier, shift) = Requantization.fixedPoint(scale: magnitude)
            return FoldedChannel(
                sign: factor < 0 ? -1 : 1, bias: Int32((offset / magnitude).rounded()), multiplier: multiplier,
                shift: shift)
        }
    }
}
