extension QuantizedNetwork {
    /// The accumulators of the last layer for one input of `input.features` codes: exact integer arithmetic.
    ///
    /// No sum can overflow: the network's check has bounded every accumulator.
    public func infer(activations: [UInt8]) -> [Int32] {
        precondition(
            activations.count == input.features, "\(activations.count) activations for \(input.features) features")
        // Version 1 holds one layer, which the check at creation made sure of.
        switch layers[0] {
        case .fullyConnected(let layer): return layer.accumulators(activations: activations)
        }
    }

    /// The class of one input: the output with the largest accumulator, the lowest-numbered among equals.
    public func classify(activations: [UInt8]) -> Int {
        Self.largest(of: infer(activations: activations))
    }

    /// The index of the largest value, the lowest-numbered among equals: the rule that turns accumulators into a class.
    public static func largest(of accumulators: [Int32]) -> Int {
        var best = 0
        for (index, value) in accumulators.enumerated() where value > accumulators[best] {
            best = index
        }
        return best
    }
}
