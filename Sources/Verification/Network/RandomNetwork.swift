public import Golden
public import Network

/// Small networks drawn from a seed, for engines of any parameters: what the stimulus of the network engine runs.
public struct RandomNetwork {
    private var random: StimulusRandom
    private let parameters: Golden.NetworkEngine.Parameters

    public init(random: StimulusRandom, _ parameters: Golden.NetworkEngine.Parameters) {
        self.random = random
        self.parameters = parameters
    }

    /// A network and its mapping; a dot product of one input if a thousand drawn ones do not fit the engine.
    public mutating func draw() throws -> (network: QuantizedNetwork, mapping: NetworkMapping) {
        for attempt in 0..<1000 {
            guard let network = network(largest: max(1, 6 - attempt / 100)) else { continue }
            let skipsZeros = random.bit()
            if let mapping = try? NetworkMapping(network, parameters, skipsZeros: skipsZeros) {
                return (network, mapping)
            }
        }
        let layer = QuantizedNetwork.FullyConnected(inputs: 1, outputs: 1, weightBits: 2, weights: [1], bias: [0])
        let network = try QuantizedNetwork(
            name: "smallest", input: ActivationFormat(features: 1, bits: 1), layers: [.fullyConnected(layer)])
        return (network, try NetworkMapping(network, parameters))
    }

    /// A network with extents up to `largest`; nil where the drawn numbers make none.
    private mutating func network(largest: Int) -> QuantizedNetwork? {
        var format = ActivationFormat(
            height: 1 + random.below(largest + 2), width: 1 + random.below(largest + 2),
            channels: 1 + random.below(largest), bits: bits())
        format.zeroPoint = random.bit() ? random.below(format.largestCode + 1) : 0
        let input = format
        var formats = [input]
        var layers: [QuantizedNetwork.Layer] = []
        var sources: [[Int]] = []
        for number in 0..<1 + random.below(min(5, parameters.layers)) {
            // A tensor of the same shape from further back can be added.
            let twin = formats.indices.last { $0 < number && formats[$0].hasShape(of: format) }
            sources.append([number - 1])
            if random.once(in: 3), let twin {
                sources[number].append(twin - 1)
                layers.append(.addition(addition(&format)))
            } else if random.once(in: 3) {
                layers.append(.pooling(pooling(&format)))
            } else {
                guard let (layer, output) = convolution(format, largest: largest) else { return nil }
                layers.append(layer)
                format = output
            }
            formats.append(format)
        }
        if random.bit(), layers.count < parameters.layers {
            sources.append([layers.count - 1])
            layers.append(classifier(format))
        }
        return try? QuantizedNetwork(name: "random", input: input, layers: layers, sources: sources)
    }

    private mutating func pooling(_ format: inout ActivationFormat) -> QuantizedNetwork.Pooling {
        let size = SlidingWindow.Extent(
            height: 1 + random.below(min(3, format.height)), width: 1 + random.below(min(3, format.width)))
        let window = SlidingWindow(
            size: size, stride: .init(height: 1 + random.below(3), width: 1 + random.below(3)),
            padding: .init(
                top: random.below(size.height), left: random.below(size.width), bottom: random.below(size.height),
                right: random.below(size.width)))
        let places = window.places(in: format)
        let origin = random.bit() ? 0 : random.below(format.largestCode + 1)
        (format.height, format.width) = (places.height, places.width)
        return QuantizedNetwork.Pooling(random.bit() ? .maximum : .average, window: window, roundingOrigin: origin)
    }

    private mutating func addition(_ format: inout ActivationFormat) -> QuantizedNetwork.Addition {
        func branch() -> QuantizedNetwork.Addition.Branch {
            .init(multiplier: Int32(1 << 30 + random.below(1 << 30)), shift: -random.below(5))
        }
        let bits = bits()
        let shift = bits - format.bits - QuantizedNetwork.Addition.headroom + random.below(3)
        var requantization = Requantization(
            multipliers: [Int32(1 << 30 + random.below(1 << 30))], shifts: [max(-31, shift)], bits: bits,
            rounding: .twice)
        requantization.zeroPoint = random.below(requantization.highest + 1)
        format.bits = bits
        format.zeroPoint = requantization.zeroPoint
        return QuantizedNetwork.Addition(first: branch(), second: branch(), requantization: requantization)
    }

    private mutating func bits() -> Int { 1 + random.below(parameters.window.activationBits) }

    private mutating func convolution(
        _ format: ActivationFormat, largest: Int
    ) -> (QuantizedNetwork.Layer, ActivationFormat)? {
        let size = SlidingWindow.Extent(height: 1 + random.below(3), width: 1 + random.below(3))
        let window = SlidingWindow(
            size: size, stride: .init(height: 1 + random.below(2), width: 1 + random.below(2)),
            padding: .init(
                top: random.below(size.height), left: random.below(size.width), bottom: random.below(size.height),
                right: random.below(size.width)))
        let places = window.places(in: format)
        guard places.height > 0, places.width > 0 else { return nil }
        let isDepthwise = random.once(in: 4)
        // Now and then more channels than a word of the activation memory holds.
        let channels = random.once(in: 4) ? 2 * parameters.wordCodes : 2 * largest
        let outputs = isDepthwise ? format.channels * (1 + random.below(2)) : 1 + random.below(channels)
        let share = size.height * size.width * (isDepthwise ? 1 : format.channels)
        let (weightBits, encoding, weights) = weights(count: outputs * share)
        let requantization = requantization(outputs: outputs, terms: share, weightBits: weightBits, format)
        let layer = QuantizedNetwork.Convolution(
            inputChannels: format.channels, outputs: outputs, window: window, isDepthwise: isDepthwise,
            weightBits: weightBits, encoding: encoding, weights: weights, bias: biases(outputs),
            requantization: requantization)
        let output = ActivationFormat(
            height: places.height, width: places.width, channels: outputs, bits: requantization.bits,
            zeroPoint: requantization.zeroPoint)
        return (.convolution(layer), output)
    }

    /// A layer whose sums are the network's result.
    private mutating func classifier(_ format: ActivationFormat) -> QuantizedNetwork.Layer {
        let outputs = 1 + random.below(5)
        let (weightBits, encoding, weights) = weights(count: outputs * format.features)
        return .fullyConnected(
            QuantizedNetwork.FullyConnected(
                inputs: format.features, outputs: outputs, weightBits: weightBits, encoding: encoding,
                weights: weights, bias: biases(outputs)))
    }

    private mutating func biases(_ count: Int) -> [Int32] { (0..<count).map { _ in Int32(random.below(401) - 200) } }

    private mutating func weights(count: Int) -> (bits: Int, encoding: WeightEncoding, weights: [Int8]) {
        if random.once(in: 5) { return (1, .plusMinusOne, (0..<count).map { _ in random.bit() ? 1 : -1 }) }
        if random.once(in: 5) { return (1, .zeroOne, (0..<count).map { _ in random.bit() ? 1 : 0 }) }
        let bits = 2 + random.below(parameters.planes)
        let largest = 1 << (bits - 1) - 1
        let emptiness = UInt32([1, 2, 8, 60][random.below(4)])
        let weights = (0..<count).map { _ -> Int8 in
            random.once(in: emptiness) ? Int8(random.below(2 * largest + 1) - largest) : 0
        }
        return (bits, .signMagnitude, weights)
    }

    /// Scales that spread the sums over the codes, now and then far too large or too small.
    private mutating func requantization(
        outputs: Int, terms: Int, weightBits: Int, _ format: ActivationFormat
    ) -> Requantization {
        let bits = bits()
        let sumBits = Int.bitWidth - (terms * format.largestCode).leadingZeroBitCount + weightBits - 1
        let shift = max(-31, bits - sumBits + random.below(5) - 1)
        var result = Requantization(
            multipliers: (0..<outputs).map { _ in Int32(1 << 30 + random.below(1 << 30)) },
            shifts: (0..<outputs).map { _ in max(-31, min(shift + random.below(3) - 1, 2)) }, bits: bits,
            rounding: random.bit() ? .once : .twice)
        result.zeroPoint = random.bit() ? random.below(result.highest + 1) : 0
        result.lowest = random.bit() ? result.zeroPoint : 0
        return result
    }
}

extension ActivationFormat {
    fileprivate func hasShape(of other: ActivationFormat) -> Bool {
        (height, width, channels) == (other.height, other.width, other.channels)
    }
}
