public import Network

/// Integer inference of many images: the numbers of `QuantizedNetwork.outputs`, faster.
///
/// Products of whole numbers are taken in single precision where no sum can reach 2^24, so that each is exact; anything else is
/// left to the network's own loops.
public struct BatchInference: Sendable {
    public let network: QuantizedNetwork
    private let products: [ExactProduct?]

    public init(_ network: QuantizedNetwork) {
        self.network = network
        products = network.layers.indices.map { index in
            guard let format = network.format(ofSource: network.sources[index][0]) else { return nil }
            return ExactProduct(network.layers[index], format)
        }
    }

    /// What the last layer gives for one image of `input.features` codes.
    public func infer(activations: [UInt8]) -> [Int32] {
        var outputs: [QuantizedNetwork.Output] = []
        func source(_ layer: Int, _ number: Int) -> (codes: [UInt8], format: ActivationFormat) {
            let source = network.sources[layer][number]
            guard source != QuantizedNetwork.inputSource else { return (activations, network.input) }
            guard case .codes(let codes) = outputs[source], let format = network.formats[source] else {
                preconditionFailure("layer \(source) gives no codes, though layer \(layer) takes them")
            }
            return (codes, format)
        }
        for (index, layer) in network.layers.enumerated() {
            let (codes, format) = source(index, 0)
            if let product = products[index] {
                outputs.append(product.output(codes))
                continue
            }
            switch layer {
            case .fullyConnected(let layer):
                let sums = layer.accumulators(activations: codes, zeroPoint: format.zeroPoint)
                outputs.append(ExactProduct.output(sums, layer.requantization, channels: layer.outputs))
            case .convolution(let layer):
                let sums = layer.accumulators(activations: codes, format)
                outputs.append(ExactProduct.output(sums, layer.requantization, channels: layer.outputs))
            case .pooling(let layer):
                outputs.append(.codes(layer.codes(activations: codes, format)))
            case .addition(let layer):
                let (others, otherFormat) = source(index, 1)
                outputs.append(.codes(layer.codes(codes, format, others, otherFormat)))
            }
        }
        return outputs.last?.values ?? []
    }

    /// The number of images whose class is their label's; `numbers` defaults to all.
    public func correct(_ images: ImageSet, numbers: Range<Int>? = nil, threads: Int = 1) -> Int {
        let numbers = numbers ?? 0..<images.count
        let size = 64
        let chunks = (numbers.count + size - 1) / size
        let counts = FloatBuffer(count: chunks)
        ChunkRunner(threads: threads).forEach(chunks) { chunk in
            let first = numbers.lowerBound + chunk * size
            var right = 0
            for image in first..<min(first + size, numbers.upperBound) {
                let outputs = infer(activations: images.activations(ofImage: image, bits: network.input.bits))
                if QuantizedNetwork.largest(of: outputs) == Int(images.labels[image]) { right += 1 }
            }
            counts.start[chunk] = Float(right)
        }
        return counts.values.reduce(0) { $0 + Int($1) }
    }
}
