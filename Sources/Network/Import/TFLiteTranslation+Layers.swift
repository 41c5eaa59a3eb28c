extension TFLiteTranslation {
    /// Codes are signed bytes + 128.
    static let signedOffset = 128

    /// A tensor of activations; throws `UnsupportedLayer` for one that is not of quantised signed bytes.
    static func format(of tensor: TFLiteModel.Tensor) throws(UnsupportedLayer) -> ActivationFormat {
        guard tensor.type == TFLiteModel.Tensor.int8, tensor.scales.count == 1, tensor.zeroPoints.count == 1,
            -128...127 ~= tensor.zeroPoints[0], 1e-30...1e30 ~= tensor.scales[0]
        else {
            throw UnsupportedLayer(layer: tensor.name, reason: "its activations are not 8-bit integers with one scale")
        }
        let shape = tensor.shape
        guard shape.first == 1, (2...4).contains(shape.count), shape.allSatisfy({ 1...32767 ~= $0 }) else {
            throw UnsupportedLayer(
                layer: tensor.name, reason: "its shape is \(shape); allowed is [1, height, width, channels]")
        }
        let inner = shape.dropFirst()
        let extents = Array(repeating: 1, count: 3 - inner.count) + inner
        return ActivationFormat(
            height: extents[0], width: extents[1], channels: extents[2], bits: 8,
            zeroPoint: tensor.zeroPoints[0] + signedOffset)
    }

    /// The activations that an operation takes; a refusal names the operation.
    private func format(of operation: TFLiteModel.Operation, operand: Int = 0) throws -> ActivationFormat {
        do {
            return try Self.format(of: tensor(operation.inputs[operand]))
        } catch {
            throw refuse(operation, error.reason)
        }
    }

    private func tensor(_ number: Int) -> TFLiteModel.Tensor { model.tensors[number] }

    private func name(_ operation: TFLiteModel.Operation) -> String { tensor(operation.outputs[0]).name }

    private func refuse(_ operation: TFLiteModel.Operation, _ reason: String) -> UnsupportedLayer {
        UnsupportedLayer(layer: name(operation), reason: reason)
    }

    // MARK: Windows

    private func window(
        _ operation: TFLiteModel.Operation, size: SlidingWindow.Extent, dilation: (Int, Int)
    ) throws -> SlidingWindow {
        guard dilation == (1, 1) else { throw refuse(operation, "a dilated window") }
        let options = operation.options
        let stride = SlidingWindow.Extent(
            height: try options?.integer(2) ?? 1, width: try options?.integer(1) ?? 1)
        guard stride.height >= 1, stride.width >= 1 else { throw refuse(operation, "a stride below 1") }
        var padding = SlidingWindow.Padding()
        if try options?.byte(0) ?? 0 == 0 {
            // SAME: as many outputs as the stride leaves of the inputs, the smaller half of the padding first.
            let format = try format(of: operation)
            func total(_ length: Int, _ window: Int, _ stride: Int) -> Int {
                max(0, ((length + stride - 1) / stride - 1) * stride + window - length)
            }
            let (rows, columns) = (
                total(format.height, size.height, stride.height), total(format.width, size.width, stride.width)
            )
            padding = .init(
                top: rows / 2, left: columns / 2, bottom: rows - rows / 2, right: columns - columns / 2)
        }
        return SlidingWindow(size: size, stride: stride, padding: padding)
    }

    // MARK: Layers

    func convolution(
        _ operation: TFLiteModel.Operation, isDepthwise: Bool
    ) throws -> QuantizedNetwork.Convolution {
        let (filter, values) = try weights(operation)
        guard filter.shape.count == 4 else { throw refuse(operation, "weights of shape \(filter.shape)") }
        let options = operation.options
        let dilation =
            isDepthwise
            ? (try options?.integer(5, default: 1) ?? 1, try options?.integer(6, default: 1) ?? 1)
            : (try options?.integer(4, default: 1) ?? 1, try options?.integer(5, default: 1) ?? 1)
        let size = SlidingWindow.Extent(height: filter.shape[1], width: filter.shape[2])
        let outputs = isDepthwise ? filter.shape[3] : filter.shape[0]
        let pixels = size.height * size.width
        let channels = try format(of: operation).channels
        guard isDepthwise ? filter.shape[0] == 1 && outputs % channels == 0 : filter.shape[3] == channels else {
            throw refuse(operation, "weights of shape \(filter.shape) for \(channels) channels")
        }
        return QuantizedNetwork.Convolution(
            inputChannels: channels, outputs: outputs,
            window: try window(operation, size: size, dilation: dilation), isDepthwise: isDepthwise, weightBits: 8,
            // Depthwise weights lie channel by channel innermost there.
            weights: isDepthwise
                ? (0..<values.count).map { values[$0 % pixels * outputs + $0 / pixels] } : values,
            bias: try bias(operation, count: outputs),
            requantization: try requantization(
                operation, filter, outputs: outputs, dimension: isDepthwise ? 3 : 0,
                activation: try options?.byte(isDepthwise ? 4 : 3) ?? 0))
    }

    func fullyConnected(_ operation: TFLiteModel.Operation) throws -> QuantizedNetwork.FullyConnected {
        let (filter, values) = try weights(operation)
        guard filter.shape.count == 2 else { throw refuse(operation, "weights of shape \(filter.shape)") }
        return QuantizedNetwork.FullyConnected(
            inputs: filter.shape[1], outputs: filter.shape[0], weightBits: 8, weights: values,
            bias: try bias(operation, count: filter.shape[0]),
            requantization: try requantization(
                operation, filter, outputs: filter.shape[0], dimension: 0,
                activation: try operation.options?.byte(0) ?? 0))
    }

    func pooling(
        _ operation: TFLiteModel.Operation, _ kind: QuantizedNetwork.Pooling.Kind
    ) throws -> QuantizedNetwork.Pooling {
        let options = operation.options
        guard try options?.byte(5) ?? 0 == 0 else { throw refuse(operation, "a pool with an activation of its own") }
        let (from, to) = (tensor(operation.inputs[0]), tensor(operation.outputs[0]))
        _ = try format(of: operation)
        guard from.scales == to.scales, from.zeroPoints == to.zeroPoints else {
            throw refuse(operation, "a pool that changes the scale")
        }
        let size = SlidingWindow.Extent(height: try options?.integer(4) ?? 0, width: try options?.integer(3) ?? 0)
        return QuantizedNetwork.Pooling(
            kind, window: try window(operation, size: size, dilation: (1, 1)), roundingOrigin: Self.signedOffset)
    }

    func addition(_ operation: TFLiteModel.Operation) throws -> QuantizedNetwork.Addition {
        guard operation.inputs.count == 2 else { throw refuse(operation, "\(operation.inputs.count) operands") }
        let operands = operation.inputs.map { tensor($0) }
        let output = tensor(operation.outputs[0])
        for operand in operands.indices { _ = try format(of: operation, operand: operand) }
        _ = try Self.format(of: output)
        let (first, second) = (Double(operands[0].scales[0]), Double(operands[1].scales[0]))
        let largest = 2 * max(first, second)
        func branch(_ scale: Double) throws -> QuantizedNetwork.Addition.Branch {
            let (multiplier, shift) = try fixedPoint(operation, scale / largest)
            return .init(multiplier: multiplier, shift: shift)
        }
        let (multiplier, shift) = try fixedPoint(
            operation, largest / (Double(1 << QuantizedNetwork.Addition.headroom) * Double(output.scales[0])))
        let range = try self.range(operation, activation: try operation.options?.byte(0) ?? 0)
        return QuantizedNetwork.Addition(
            first: try branch(first), second: try branch(second),
            requantization: Requantization(
                multipliers: [multiplier], shifts: [shift], bits: 8,
                zeroPoint: output.zeroPoints[0] + Self.signedOffset, lowest: range.lowerBound,
                highest: range.upperBound, rounding: .twice))
    }

    // MARK: Numbers

    private func weights(_ operation: TFLiteModel.Operation) throws -> (TFLiteModel.Tensor, [Int8]) {
        guard operation.inputs.count >= 2, operation.inputs[1] >= 0 else { throw refuse(operation, "no weights") }
        let filter = tensor(operation.inputs[1])
        guard filter.type == TFLiteModel.Tensor.int8, !filter.scales.isEmpty,
            filter.shape.count <= 4, filter.shape.allSatisfy({ 1...32767 ~= $0 }),
            filter.zeroPoints.allSatisfy({ $0 == 0 }), filter.data.count == filter.shape.reduce(1, *)
        else { throw refuse(operation, "its weights are not constant symmetric 8-bit integers") }
        return (filter, filter.data.map { Int8(bitPattern: $0) })
    }

    private func bias(_ operation: TFLiteModel.Operation, count: Int) throws -> [Int32] {
        guard operation.inputs.count >= 3, operation.inputs[2] >= 0 else { return Array(repeating: 0, count: count) }
        let bias = tensor(operation.inputs[2])
        let data = Array(bias.data)
        guard bias.type == TFLiteModel.Tensor.int32, data.count == 4 * count else {
            throw refuse(operation, "its bias is not \(count) constant 32-bit integers")
        }
        return (0..<count).map { Int32(bitPattern: NetworkFormat.word(of: data, at: 4 * $0)) }
    }

    /// Scales as the reference kernels compute them: in double precision channel by channel, where one scale serves a
    /// fully connected layer the product of both in single precision.
    private func requantization(
        _ operation: TFLiteModel.Operation, _ filter: TFLiteModel.Tensor, outputs: Int, dimension: Int, activation: Int
    ) throws -> Requantization {
        let (from, to) = (tensor(operation.inputs[0]), tensor(operation.outputs[0]))
        _ = try format(of: operation)
        _ = try Self.format(of: to)
        guard filter.scales.count == 1 || filter.scales.count == outputs && filter.quantizedDimension == dimension
        else {
            throw refuse(
                operation,
                "\(filter.scales.count) scales along dimension \(filter.quantizedDimension) for \(outputs) outputs")
        }
        let isWhole = filter.scales.count == 1 && operation.code == Code.fullyConnected.rawValue
        var (multipliers, shifts): ([Int32], [Int]) = ([], [])
        for channel in 0..<outputs {
            let scale = filter.scales[filter.scales.count == 1 ? 0 : channel]
            let product = isWhole ? Double(from.scales[0] * scale) : Double(from.scales[0]) * Double(scale)
            let ratio = product / Double(to.scales[0])
            let (multiplier, shift) = try fixedPoint(operation, ratio)
            multipliers.append(multiplier)
            shifts.append(shift)
        }
        let range = try self.range(operation, activation: activation)
        return Requantization(
            multipliers: multipliers, shifts: shifts, bits: 8, zeroPoint: to.zeroPoints[0] + Self.signedOffset,
            lowest: range.lowerBound, highest: range.upperBound,
            rounding: operation.code == Code.fullyConnected.rawValue ? .once : .twice)
    }

    private func fixedPoint(
        _ operation: TFLiteModel.Operation, _ scale: Double
    ) throws -> (multiplier: Int32, shift: Int) {
        guard scale > 0, scale < 0x1p30 else { throw refuse(operation, "a scale of \(scale)") }
        return Requantization.fixedPoint(scale: scale)
    }

    /// The codes that a fused activation leaves.
    private func range(_ operation: TFLiteModel.Operation, activation: Int) throws -> ClosedRange<Int> {
        let output = tensor(operation.outputs[0])
        let zero = output.zeroPoints[0] + Self.signedOffset
        let lowest = max(0, min(255, zero))
        switch activation {
        case 0: return 0...255
        case 1: return lowest...255
        case 3:
            let six = min(255, 6 / output.scales[0]).rounded(.toNearestOrAwayFromZero)
            return lowest...max(lowest, min(255, zero + Int(six)))
        default: throw refuse(operation, "activation \(activation) has no counterpart")
        }
    }
}
