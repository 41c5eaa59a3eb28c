extension QuantizedNetwork {
    /// What a layer gives for one input, in the order of its tensor.
    public enum Output: Equatable, Sendable {
        case codes([UInt8])
        case accumulators([Int32])

        /// The numbers, of whatever kind.
        public var values: [Int32] {
            switch self {
            case .codes(let codes): codes.map { Int32($0) }
            case .accumulators(let sums): sums
            }
        }
    }

    /// What every layer gives for one input of `input.features` codes of `input.bits` bits: exact integer arithmetic.
    ///
    /// No sum can overflow: the network's check has bounded every accumulator of such codes. This is the meaning of a network; plain
    /// loops, meant to be read and compared with.
    public func outputs(activations: [UInt8]) -> [Output] {
        precondition(
            activations.count == input.features, "\(activations.count) activations for \(input.features) features")
        precondition(activations.allSatisfy { $0 <= input.largestCode }, "activations of \(input.bits) bits")
        var outputs: [Output] = []
        func source(_ layer: Int, _ number: Int) -> (codes: [UInt8], format: ActivationFormat) {
            let source = sources[layer][number]
            guard source != Self.inputSource else { return (activations, input) }
            guard case .codes(let codes) = outputs[source], let format = formats[source] else {
                preconditionFailure("layer \(source) gives no codes, though layer \(layer) takes them")
            }
            return (codes, format)
        }
        for (index, layer) in layers.enumerated() {
            let (codes, format) = source(index, 0)
            switch layer {
            case .fullyConnected(let layer):
                let sums = layer.accumulators(activations: codes, zeroPoint: format.zeroPoint)
                outputs.append(Self.output(sums, layer.requantization, channels: layer.outputs))
            case .convolution(let layer):
                let sums = layer.accumulators(activations: codes, format)
                outputs.append(Self.output(sums, layer.requantization, channels: layer.outputs))
            case .pooling(let layer):
                outputs.append(.codes(layer.codes(activations: codes, format)))
            case .addition(let layer):
                let (others, otherFormat) = source(index, 1)
                outputs.append(.codes(layer.codes(codes, format, others, otherFormat)))
            }
        }
        return outputs
    }

    private static func output(_ sums: [Int32], _ requantization: Requantization?, channels: Int) -> Output {
        guard let requantization else { return .accumulators(sums) }
        return .codes(
            sums.enumerated().map { requantization.code(accumulator: $0.element, channel: $0.offset % channels) })
    }

    /// What the last layer gives for one input.
    public func infer(activations: [UInt8]) -> [Int32] {
        // A network has a layer: the check has made sure of that.
        outputs(activations: activations).last?.values ?? []
    }

    /// The class of one input: the output with the largest value, the lowest-numbered among equals.
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
