internal import Network

/// A layer of weights: a convolution, or a fully connected layer, which is a convolution whose window is the whole tensor.
///
/// Law: sum[p][o] = Σ_k window[p][k] · weight[k][o] (+ bias[o]). With quantisation the weights are the codes of
/// `WeightQuantizer`, and the gradient of a weight is that of its code over its step.
final class ProductLayer: TrainingLayer {
    let columns: WindowColumns
    let outputShape: TensorShape
    let quantizer: WeightQuantizer
    /// [window][outputs], the window in rows, columns, channels.
    let weights: Parameter
    /// One an output, in real units; absent where a normalisation follows.
    let bias: Parameter?
    /// The weights as the products take them: rows of whole vectors; and transposed.
    private let effective: FloatBuffer
    private let transposed: FloatBuffer
    /// What a unit of a sum is worth, by output.
    let steps: FloatBuffer
    /// The gradients of each chunk, and a matrix of windows for each.
    private let chunkGradients: [FloatBuffer]
    private let scratch: [Scratch]
    let inputShape: TensorShape
    /// What a code of the input is worth.
    private let inputStep: Float

    private struct Scratch: Sendable {
        let matrix: FloatBuffer
        let gradient: FloatBuffer
        let bias: FloatBuffer
    }

    init(
        input: TensorShape, inputStep: Float, window: SlidingWindow, outputs: Int, weightBits: Int, hasBias: Bool,
        batch: Int
    ) {
        inputShape = input
        self.inputStep = inputStep
        columns = WindowColumns(input: input, window: window)
        outputShape = TensorShape(height: columns.places.height, width: columns.places.width, channels: outputs)
        quantizer = WeightQuantizer(bits: weightBits, isPerOutput: !hasBias)
        let (depth, padded) = (columns.columns, FloatBuffer.padded(outputs))
        weights = Parameter(count: depth * outputs, decays: true)
        bias = hasBias ? Parameter(count: outputs, decays: false) : nil
        effective = FloatBuffer(count: depth * padded)
        transposed = FloatBuffer(count: outputs * FloatBuffer.padded(depth))
        steps = FloatBuffer(count: outputs)
        let chunks = (batch + Batch.chunkImages - 1) / Batch.chunkImages
        chunkGradients = (0..<chunks).map { _ in FloatBuffer(count: depth * outputs) }
        // A whole window needs no matrix; gradients are copied to rows of whole vectors where they are not so.
        let rows = columns.isWhole ? Batch.chunkImages : columns.rows
        let matrix = columns.isWhole ? 1 : rows * depth
        let (hasBias, isPadded) = (bias != nil, padded == outputs)
        scratch = (0..<chunks).map { _ in
            Scratch(
                matrix: FloatBuffer(count: matrix), gradient: FloatBuffer(count: isPadded ? 1 : rows * padded),
                bias: FloatBuffer(count: hasBias ? outputs : 1))
        }
    }

    var parameters: [Parameter] { [weights] + (bias.map { [$0] } ?? []) }
    private var depth: Int { columns.columns }
    private var outputs: Int { outputShape.channels }
    private var paddedOutputs: Int { FloatBuffer.padded(outputs) }

    func prepare(_ mode: TrainingMode) {
        let (depth, outputs, padded, row) = (depth, outputs, paddedOutputs, FloatBuffer.padded(depth))
        if mode.isQuantized {
            quantizer.setSteps(steps, weights: weights, depth: depth, outputs: outputs)
        } else {
            steps.values = [Float](repeating: 1, count: outputs)
        }
        let (values, mask) = (weights.values.start, weights.mask.start)
        for index in 0..<depth {
            let (source, target) = (index &* outputs, effective.start + index &* padded)
            for output in 0..<outputs {
                let value = values[source &+ output] * mask[source &+ output]
                let code =
                    mode.isQuantized
                    ? quantizer.code(of: value, step: steps.start[output]) * mask[source &+ output] : value
                target[output] = code
                transposed.start[output &* row &+ index] = code
            }
        }
    }

    func forward(_ batch: Batch, input: FloatBuffer, output: FloatBuffer, mode: TrainingMode) {
        batch.forEachChunk { chunk, images in
            if columns.isWhole {
                product(
                    rows: images.count, input.start + images.lowerBound &* inputShape.count,
                    output.start + images.lowerBound &* outputs)
                return
            }
            let matrix = scratch[chunk].matrix.start
            for image in images {
                columns.gather(input.start + image &* inputShape.count, into: matrix)
                product(rows: columns.rows, matrix, output.start + image &* outputShape.count)
            }
        }
        guard let bias else { return }
        for place in 0..<batch.images &* outputShape.pixels {
            for channel in 0..<outputs {
                let index = place &* outputs &+ channel
                output.start[index] = output.start[index] * scale(channel, mode) + bias.values.start[channel]
            }
        }
    }

    /// What a sum is multiplied by before the bias is added: what a unit of it is worth.
    private func scale(_ output: Int, _ mode: TrainingMode) -> Float {
        mode.isQuantized ? steps.start[output] * inputStep : 1
    }

    private func product(
        rows: Int, _ left: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<Float>
    ) {
        MatrixProduct.multiply(
            rows: rows, columns: outputs, depth: depth, left: .init(start: left, row: depth, step: 1),
            right: effective.start, rightRow: paddedOutputs, result: result, resultRow: outputs, adds: false)
    }

    func backward(
        _ batch: Batch, input: FloatBuffer, outputGradient: FloatBuffer, inputGradient: FloatBuffer?,
        mode: TrainingMode
    ) {
        if bias != nil { biasGradient(batch, outputGradient, mode) }
        batch.forEachChunk { chunk, images in
            if columns.isWhole {
                gradients(
                    chunk, rows: images.count, input.start + images.lowerBound &* depth,
                    outputGradient.start + images.lowerBound &* outputs, isFirst: true,
                    inputGradient.map { $0.start + images.lowerBound &* depth })
                return
            }
            let matrix = scratch[chunk].matrix.start
            for image in images {
                columns.gather(input.start + image &* inputShape.count, into: matrix)
                gradients(
                    chunk, rows: columns.rows, matrix, outputGradient.start + image &* outputShape.count,
                    isFirst: image == images.lowerBound, inputGradient == nil ? nil : matrix)
                guard let inputGradient else { continue }
                let target = inputGradient.start + image &* inputShape.count
                target.update(repeating: 0, count: inputShape.count)
                columns.scatter(matrix, addingTo: target)
            }
        }
        reduce(batch)
    }

    /// The gradient of the weights, added up in the chunk's own buffer, and of the windows where `windows` is given.
    private func gradients(
        _ chunk: Int, rows: Int, _ matrix: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>,
        isFirst: Bool, _ windows: UnsafeMutablePointer<Float>?
    ) {
        var (right, rightRow) = (gradient, outputs)
        if paddedOutputs != outputs {
            (right, rightRow) = (scratch[chunk].gradient.start, paddedOutputs)
            for row in 0..<rows {
                for output in 0..<outputs { right[row &* rightRow &+ output] = gradient[row &* outputs &+ output] }
            }
        }
        MatrixProduct.multiply(
            rows: depth, columns: outputs, depth: rows, left: .init(start: matrix, row: 1, step: depth),
            right: right, rightRow: rightRow, result: chunkGradients[chunk].start, resultRow: outputs, adds: !isFirst)
        guard let windows else { return }
        MatrixProduct.multiply(
            rows: rows, columns: depth, depth: outputs, left: .init(start: gradient, row: outputs, step: 1),
            right: transposed.start, rightRow: FloatBuffer.padded(depth), result: windows, resultRow: depth,
            adds: false)
    }

    /// The gradient of the bias; then that of the sums takes the place of that of the outputs.
    private func biasGradient(_ batch: Batch, _ outputGradient: FloatBuffer, _ mode: TrainingMode) {
        guard let bias else { return }
        bias.gradient.clear()
        for place in 0..<batch.images &* outputShape.pixels {
            for channel in 0..<outputs {
                let index = place &* outputs &+ channel
                bias.gradient.start[channel] += outputGradient.start[index]
                outputGradient.start[index] *= scale(channel, mode)
            }
        }
    }

    /// Adds up the chunks in their order and turns gradients of codes into those of weights.
    private func reduce(_ batch: Batch) {
        let (target, outputs) = (weights.gradient.start, outputs)
        for (chunk, buffer) in chunkGradients.prefix(batch.chunks).enumerated() {
            let source = buffer.start
            if chunk == 0 {
                target.update(from: source, count: weights.count)
            } else {
                for index in 0..<weights.count { target[index] += source[index] }
            }
        }
        for index in 0..<depth {
            for output in 0..<outputs { target[index &* outputs &+ output] /= steps.start[output] }
        }
    }

    /// The codes of the weights as they were prepared, row-major [outputs][window].
    func integerWeights() -> [Int8] {
        var codes = [Int8](repeating: 0, count: weights.count)
        for output in 0..<outputs {
            for index in 0..<depth {
                codes[output * depth + index] = Int8(effective.start[index * paddedOutputs + output])
            }
        }
        return codes
    }

    /// The bias in units of the sums, as they were prepared.
    func integerBias() -> [Int32] {
        guard let bias else { return [Int32](repeating: 0, count: outputs) }
        return (0..<outputs).map { output in
            let units = Double(bias.values.start[output]) / (Double(steps.start[output]) * Double(inputStep))
            return Int32(min(max(units.rounded(), -0x1p29), 0x1p29))
        }
    }
}
