/// Turns a header's layers into layers, with the tensors of the payload in the order in which they lie.
struct PayloadReader {
    let bytes: [UInt8]
    let fileName: String
    private var offset = 0
    private let start: Int

    init(bytes: [UInt8], fileName: String) {
        self.bytes = bytes
        self.fileName = fileName
        start = NetworkFormat.prefixBytes + Int(NetworkFormat.word(of: bytes, at: 12))
    }

    func input(_ input: NetworkHeader.Input) throws(NetworkFileError) -> ActivationFormat {
        guard input.height != nil || input.width != nil || input.channels != nil else {
            return ActivationFormat(
                height: 1, width: 1, channels: input.features, bits: input.bits, zeroPoint: input.zeroPoint ?? 0)
        }
        var extents: [Int] = []
        for (key, value) in [("height", input.height), ("width", input.width), ("channels", input.channels)] {
            guard let value else { throw .missingKey(file: fileName, key: "input.\(key)") }
            guard 1...NetworkCheck.largestExtent ~= value else {
                throw .value(
                    file: fileName, key: "input.\(key)", found: "\(value)",
                    allowed: "1 to \(NetworkCheck.largestExtent)")
            }
            extents.append(value)
        }
        let product = extents.reduce(1, *)
        try expect("input.features", "\(input.features)", "\(product)")
        return ActivationFormat(
            height: extents[0], width: extents[1], channels: extents[2], bits: input.bits,
            zeroPoint: input.zeroPoint ?? 0)
    }

    mutating func layer(
        _ layer: NetworkHeader.Layer, key: String
    ) throws(NetworkFileError) -> QuantizedNetwork.Layer {
        switch layer {
        case .fullyConnected(let layer):
            let encoding = try encoding(layer.weightEncoding, key: key)
            return .fullyConnected(
                QuantizedNetwork.FullyConnected(
                    inputs: layer.inputs, outputs: layer.outputs, weightBits: layer.weightBits, encoding: encoding,
                    weights: try bytes(layer.weights, key: "\(key).weights"),
                    bias: try words(layer.bias, key: "\(key).bias"),
                    requantization: try requantization(layer.requantization, key: "\(key).requantization")))
        case .convolution(let layer):
            let encoding = try encoding(layer.weightEncoding, key: key)
            return .convolution(
                QuantizedNetwork.Convolution(
                    inputChannels: layer.inputChannels, outputs: layer.outputs,
                    window: SlidingWindow(layer.window, layer.stride, layer.padding),
                    isDepthwise: layer.kind == NetworkHeader.Layer.depthwiseKind, weightBits: layer.weightBits,
                    encoding: encoding, weights: try bytes(layer.weights, key: "\(key).weights"),
                    bias: try words(layer.bias, key: "\(key).bias"),
                    requantization: try requantization(layer.requantization, key: "\(key).requantization")))
        case .pooling(let layer):
            return .pooling(
                QuantizedNetwork.Pooling(
                    .init(rawValue: layer.kind) ?? .maximum,
                    window: SlidingWindow(layer.window, layer.stride, layer.padding),
                    roundingOrigin: layer.roundingOrigin))
        case .addition(let layer):
            try expect("\(key).branches", "\(layer.branches.count) branches", "2 branches")
            let branches = try branches(layer.branches, key: key)
            guard let scales = try requantization(layer.requantization, key: "\(key).requantization") else {
                throw .missingKey(file: fileName, key: "\(key).requantization")
            }
            return .addition(
                QuantizedNetwork.Addition(first: branches[0], second: branches[1], requantization: scales))
        case .unknown(let kind):
            throw .value(
                file: fileName, key: "\(key).kind", found: kind,
                allowed: NetworkHeader.Layer.kinds.joined(separator: ", "))
        }
    }

    private func encoding(_ name: String, key: String) throws(NetworkFileError) -> WeightEncoding {
        guard let encoding = WeightEncoding(rawValue: name) else {
            throw .value(
                file: fileName, key: "\(key).weightEncoding", found: name,
                allowed: WeightEncoding.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return encoding
    }

    private func branches(
        _ branches: [NetworkHeader.Branch], key: String
    ) throws(NetworkFileError) -> [QuantizedNetwork.Addition.Branch] {
        var found: [QuantizedNetwork.Addition.Branch] = []
        for (number, branch) in branches.enumerated() {
            guard let multiplier = Int32(exactly: branch.multiplier) else {
                throw .value(
                    file: fileName, key: "\(key).branches[\(number)].multiplier", found: "\(branch.multiplier)",
                    allowed: "0, or \(1 << 30) to \(Int32.max)")
            }
            found.append(.init(multiplier: multiplier, shift: branch.shift))
        }
        return found
    }

    private mutating func requantization(
        _ scales: NetworkHeader.Requantization?, key: String
    ) throws(NetworkFileError) -> Requantization? {
        guard let scales else { return nil }
        guard let rounding = Requantization.Rounding(rawValue: scales.rounding) else {
            throw .value(
                file: fileName, key: "\(key).rounding", found: scales.rounding,
                allowed: Requantization.Rounding.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return Requantization(
            multipliers: try words(scales.multipliers, key: "\(key).multipliers"),
            shifts: try bytes(scales.shifts, key: "\(key).shifts").map { Int($0) }, bits: scales.bits,
            zeroPoint: scales.zeroPoint, lowest: scales.lowest, highest: scales.highest, rounding: rounding)
    }

    private func expect(_ key: String, _ found: String, _ allowed: String) throws(NetworkFileError) {
        guard found == allowed else { throw .value(file: fileName, key: key, found: found, allowed: allowed) }
    }

    private mutating func bytes(
        _ tensor: NetworkHeader.Tensor, key: String
    ) throws(NetworkFileError) -> [Int8] {
        try self.tensor(tensor, type: "int8", key: key).map { Int8(bitPattern: $0) }
    }

    private mutating func words(
        _ tensor: NetworkHeader.Tensor, key: String
    ) throws(NetworkFileError) -> [Int32] {
        let bytes = try self.tensor(tensor, type: "int32", key: key)
        guard bytes.count % 4 == 0 else {
            throw .value(file: fileName, key: "\(key).bytes", found: "\(bytes.count)", allowed: "a multiple of 4")
        }
        return stride(from: 0, to: bytes.count, by: 4).map {
            Int32(bitPattern: NetworkFormat.word(of: bytes, at: $0))
        }
    }

    private mutating func tensor(
        _ tensor: NetworkHeader.Tensor, type: String, key: String
    ) throws(NetworkFileError) -> [UInt8] {
        try expect("\(key).type", tensor.type, type)
        try expect("\(key).offset", "\(tensor.offset)", "\(offset)")
        let room = bytes.count - NetworkFormat.checksumBytes - start - offset
        guard tensor.bytes >= 0, tensor.bytes <= room else {
            throw .value(file: fileName, key: "\(key).bytes", found: "\(tensor.bytes)", allowed: "0 to \(room)")
        }
        defer { offset += tensor.bytes }
        return Array(bytes[start + offset..<start + offset + tensor.bytes])
    }
}

extension SlidingWindow {
    fileprivate init(
        _ size: NetworkHeader.Extent, _ stride: NetworkHeader.Extent, _ padding: NetworkHeader.Padding
    ) {
        self.init(
            size: Extent(height: size.height, width: size.width),
            stride: Extent(height: stride.height, width: stride.width),
            padding: Padding(top: padding.top, left: padding.left, bottom: padding.bottom, right: padding.right))
    }
}
