/// Checks everything that a file or a caller may have wrong in a network, and finds what each layer gives.
struct NetworkCheck {
    /// Name of the file, or of the network where there is none yet.
    let fileName: String

    /// The most layers, and the most codes or outputs of a layer.
    static let largestCount = 1024
    static let largestExtent = 1 << 20

    /// What each layer gives; nil for accumulators.
    func formats(
        input: ActivationFormat, layers: [QuantizedNetwork.Layer], sources: [[Int]]
    ) throws(NetworkFileError) -> [ActivationFormat?] {
        try check(input)
        guard 1...Self.largestCount ~= layers.count else {
            throw value("layers", "\(layers.count) layers", "1 to \(Self.largestCount) layers")
        }
        guard sources.count == layers.count else {
            throw value("sources", "\(sources.count) lists", "a list for each of \(layers.count) layers")
        }
        var formats: [ActivationFormat?] = []
        for (index, layer) in layers.enumerated() {
            let key = "layers[\(index)]"
            guard sources[index].count == layer.sourceCount else {
                throw value("\(key).sources", "\(sources[index].count) sources", "\(layer.sourceCount)")
            }
            var given: [ActivationFormat] = []
            for (number, source) in sources[index].enumerated() {
                try check("\(key).sources[\(number)]", source, QuantizedNetwork.inputSource...index - 1)
                guard let format = source == QuantizedNetwork.inputSource ? input : formats[source] else {
                    throw value(
                        "\(key).sources[\(number)]", "\(source), whose outputs are accumulators",
                        "a layer with requantization")
                }
                given.append(format)
            }
            let format = try self.format(of: layer, given, key: key)
            if format == nil, index + 1 < layers.count {
                throw value("\(key).requantization", "absent", "absent in the last layer alone")
            }
            formats.append(format)
        }
        return formats
    }

    private func check(_ input: ActivationFormat) throws(NetworkFileError) {
        if input.height == 1, input.width == 1 {
            try check("input.features", input.features, 1...Self.largestExtent)
        } else {
            try check("input.height", input.height, 1...4096)
            try check("input.width", input.width, 1...min(4096, Self.largestExtent / input.height))
            try check("input.channels", input.channels, 1...Self.largestExtent / (input.height * input.width))
        }
        try check("input.bits", input.bits, 1...8)
        try check("input.zeroPoint", input.zeroPoint, 0...input.largestCode)
    }

    private func format(
        of layer: QuantizedNetwork.Layer, _ given: [ActivationFormat], key: String
    ) throws(NetworkFileError) -> ActivationFormat? {
        let source = given[0]
        switch layer {
        case .fullyConnected(let layer):
            try check(layer, source, key: key)
            return layer.requantization.map {
                ActivationFormat(height: 1, width: 1, channels: layer.outputs, bits: $0.bits, zeroPoint: $0.zeroPoint)
            }
        case .convolution(let layer):
            try check(layer, source, key: key)
            let places = layer.window.places(in: source)
            return layer.requantization.map {
                ActivationFormat(
                    height: places.height, width: places.width, channels: layer.outputs, bits: $0.bits,
                    zeroPoint: $0.zeroPoint)
            }
        case .pooling(let layer):
            try check(layer.window, source, key: key)
            try check("\(key).roundingOrigin", layer.roundingOrigin, 0...source.largestCode)
            let places = layer.window.places(in: source)
            try checkCount(places, channels: source.channels, key: key)
            var format = source
            (format.height, format.width) = (places.height, places.width)
            return format
        case .addition(let layer):
            return try check(layer, source, given[1], key: key)
        }
    }

    func value(_ key: String, _ found: String, _ allowed: String) -> NetworkFileError {
        .value(file: fileName, key: key, found: found, allowed: allowed)
    }

    func check(_ key: String, _ found: Int, _ allowed: ClosedRange<Int>) throws(NetworkFileError) {
        guard allowed.contains(found) else {
            let isOne = allowed.lowerBound == allowed.upperBound
            throw value(
                key, "\(found)", isOne ? "\(allowed.lowerBound)" : "\(allowed.lowerBound) to \(allowed.upperBound)")
        }
    }

    /// A layer gives `largestExtent` numbers at most.
    func checkCount(
        _ places: SlidingWindow.Extent, channels: Int, key: String
    ) throws(NetworkFileError) {
        // Each of the three is 2^21 at most, so the product is exact.
        let count = places.height * places.width * channels
        guard count <= Self.largestExtent else {
            throw value(
                "\(key).outputs", "\(places.height) x \(places.width) x \(channels)",
                "\(Self.largestExtent) numbers in all")
        }
    }
}
