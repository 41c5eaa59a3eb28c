internal import Network

extension TrainingRun {
    /// The integers of the present model.
    func layer(_ quantization: RowQuantization) -> QuantizedNetwork.FullyConnected {
        let codes = quantization.codes(of: trainer.weights)
        let unit = quantization.step * activations.scale
        let bias = (0..<geometry.outputs).map { output in
            // Centring is folded in: W (x − mean) + b = W x + (b − W mean).
            var value = trainer.bias[output]
            for input in 0..<geometry.inputs {
                value -= Float(codes[output * geometry.inputs + input]) * quantization.step * trainer.mean[input]
            }
            return Int32((value / unit).rounded().clamped(to: -0x1p30...0x1p30))
        }
        return QuantizedNetwork.FullyConnected(
            inputs: geometry.inputs, outputs: geometry.outputs, weightBits: recipe.weightBits, weights: codes,
            bias: bias)
    }

    /// The present integers with their count of right validation images.
    func evaluate() -> Candidate {
        let layer = layer(quantization)
        return Candidate(layer: layer, right: validate(layer))
    }

    /// The present integers, with the rows in use made a multiple of the banks.
    ///
    /// Rounding may leave kept rows without a bit; the weakest rows then go, until what is left fills the banks.
    func evaluateAligned() -> Candidate {
        var aligned = quantization
        var layer = layer(aligned)
        while true {
            let used = RowMask(inUseBy: layer.weights, geometry: geometry)
            let surplus = used.survivors % recipe.bankMultiple
            if surplus == 0 { return Candidate(layer: layer, right: validate(layer)) }
            aligned.mask = used
            RowPruner(moments: moments)
                .prune(&aligned, weights: trainer.weights, survivors: used.survivors - surplus)
            layer = self.layer(aligned)
        }
    }

    private func validate(_ layer: QuantizedNetwork.FullyConnected) -> Int {
        IntegerClassifier(layer).correct(
            codes: activations.codes, labels: activations.labels, samples: learned..<activations.count)
    }

    /// The step with the best validation accuracy among shares of the largest weight.
    func bestStep() -> Float {
        var largest: Float = 0
        for vector in trainer.weights { largest = max(largest, max(vector.max(), -vector.min())) }
        var best = (right: -1, step: Float(1))
        var trial = quantization
        for share in stride(from: Float(0.1), through: 1, by: 0.1) {
            trial.step = max(largest * share / Float(quantization.quantizer.largest), 1e-9)
            let right = validate(layer(trial))
            if right > best.right { best = (right, trial.step) }
        }
        return best.step
    }

    /// The exported network and the finished log.
    func result(test: ImageSet) throws -> (network: QuantizedNetwork, log: TrainingLog) {
        var log = log
        guard let sparse, let dense else { preconditionFailure("a phase of no epoch") }
        let validated = Double(activations.count - learned)
        log.denseValidationAccuracy = Double(dense.right) / validated
        log.validationAccuracy = Double(sparse.right) / validated
        log.denseTestAccuracy = accuracy(dense.layer, test)
        log.testAccuracy = accuracy(sparse.layer, test)
        log.survivors = RowMask(inUseBy: sparse.layer.weights, geometry: geometry).survivors
        let network = try QuantizedNetwork(
            name: "row-sparse-classifier",
            input: .init(features: geometry.inputs, bits: recipe.activationBits),
            layers: [.fullyConnected(sparse.layer)],
            training: [
                "seed": "\(recipe.seed)", "recipe": recipe.text, "rowSparsity": "\(log.rowSparsity)",
                "validationAccuracy": "\(log.validationAccuracy)", "testAccuracy": "\(log.testAccuracy)",
                "denseTestAccuracy": "\(log.denseTestAccuracy)",
            ])
        return (network, log)
    }

    private func accuracy(_ layer: QuantizedNetwork.FullyConnected, _ images: ImageSet) -> Double {
        let shift = UInt8(8 - recipe.activationBits)
        let right = IntegerClassifier(layer).correct(
            codes: images.pixels.map { $0 >> shift }, labels: images.labels, samples: 0..<images.count)
        return Double(right) / Double(images.count)
    }
}

extension Float {
    fileprivate func clamped(to range: ClosedRange<Float>) -> Float {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
