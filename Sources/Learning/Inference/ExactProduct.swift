internal import Network

/// The sums of a dense layer by products of single-precision numbers, where all of them are exact.
struct ExactProduct: Sendable {
    /// Whole numbers up to this are exact in single precision.
    static let largestSum = 1 << 24

    private let columns: WindowColumns
    private let outputs: Int
    private let zeroPoint: Int
    private let bias: [Int32]
    private let requantization: Requantization?
    /// [window][outputs], rows of whole vectors.
    private let weights: FloatBuffer

    /// Nil for layers without weights, depthwise ones, and those whose sums could be inexact.
    init?(_ layer: QuantizedNetwork.Layer, _ format: ActivationFormat) {
        let shape = TensorShape(height: format.height, width: format.width, channels: format.channels)
        let weights: [Int8]
        switch layer {
        case .fullyConnected(let layer):
            // The whole tensor is the window.
            columns = WindowColumns(
                input: shape, window: SlidingWindow(size: .init(height: shape.height, width: shape.width)))
            (outputs, weights, bias, requantization) = (layer.outputs, layer.weights, layer.bias, layer.requantization)
        case .convolution(let layer):
            if layer.isDepthwise { return nil }
            columns = WindowColumns(input: shape, window: layer.window)
            (outputs, weights, bias, requantization) = (layer.outputs, layer.weights, layer.bias, layer.requantization)
        case .pooling, .addition: return nil
        }
        zeroPoint = format.zeroPoint
        let (depth, padded) = (columns.columns, FloatBuffer.padded(outputs))
        let buffer = FloatBuffer(count: depth * padded)
        for output in 0..<outputs {
            var magnitude = 0
            for index in 0..<depth {
                let weight = weights[output * depth + index]
                magnitude += Int(weight.magnitude)
                buffer.start[index * padded + output] = Float(weight)
            }
            if magnitude * format.largestCode >= Self.largestSum { return nil }
        }
        self.weights = buffer
    }

    func output(_ codes: [UInt8]) -> QuantizedNetwork.Output {
        let (rows, depth) = (columns.rows, columns.columns)
        let tensor = FloatBuffer(count: codes.count)
        for (index, code) in codes.enumerated() { tensor.start[index] = Float(Int(code) - zeroPoint) }
        let matrix = columns.isWhole ? tensor : FloatBuffer(count: rows * depth)
        if !columns.isWhole { columns.gather(tensor.start, into: matrix.start) }
        let result = FloatBuffer(count: rows * outputs)
        MatrixProduct.multiply(
            rows: rows, columns: outputs, depth: depth, left: .init(start: matrix.start, row: depth, step: 1),
            right: weights.start, rightRow: FloatBuffer.padded(outputs), result: result.start, resultRow: outputs,
            adds: false)
        var sums: [Int32] = []
        sums.reserveCapacity(rows * outputs)
        for row in 0..<rows {
            for output in 0..<outputs { sums.append(Int32(result.start[row * outputs + output]) + bias[output]) }
        }
        return Self.output(sums, requantization, channels: outputs)
    }

    static func output(
        _ sums: [Int32], _ requantization: Requantization?, channels: Int
    ) -> QuantizedNetwork.Output {
        guard let requantization else { return .accumulators(sums) }
        return .codes(
            sums.enumerated().map { requantization.code(accumulator: $0.element, channel: $0.offset % channels) })
    }
}
