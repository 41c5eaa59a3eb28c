import Foundation
import Network

@testable import Learning

/// A network in double precision and plain loops, one image and one element at a time: what gradients are compared with.
struct ReferenceNetwork {
    enum Layer {
        case product(weights: [Double], bias: [Double]?, window: SlidingWindow, outputs: Int)
        case normalization(scale: [Double], shift: [Double])
        case pooling(QuantizedNetwork.Pooling)
    }

    var input: TensorShape
    var layers: [Layer]

    /// The layers of a graph with its present parameters.
    init(_ graph: TrainingGraph) {
        input = graph.inputShape
        layers = graph.layers.map { layer in
            func doubles(_ parameter: Parameter) -> [Double] { parameter.values.values.map(Double.init) }
            if let product = layer as? ProductLayer {
                return .product(
                    weights: doubles(product.weights), bias: product.bias.map(doubles), window: product.columns.window,
                    outputs: product.outputShape.channels)
            }
            if let normalization = layer as? NormalizationLayer {
                return .normalization(scale: doubles(normalization.scale), shift: doubles(normalization.shift))
            }
            guard let pooling = layer as? PoolingLayer else { preconditionFailure("a layer without a reference") }
            return .pooling(pooling.pooling)
        }
    }

    /// The mean cross entropy of some images, normalised with their own statistics.
    func loss(_ images: [[Double]], labels: [UInt8]) -> Double {
        var values = images
        var shape = input
        for layer in layers { (values, shape) = apply(layer, values, shape) }
        var sum = 0.0
        for (logits, label) in zip(values, labels) {
            let largest = logits.max() ?? 0
            sum += log(logits.reduce(0) { $0 + exp($1 - largest) }) + largest - logits[Int(label)]
        }
        return sum / Double(images.count)
    }

    private func apply(_ layer: Layer, _ images: [[Double]], _ shape: TensorShape) -> ([[Double]], TensorShape) {
        switch layer {
        case .product(let weights, let bias, let window, let outputs):
            let places = window.places(in: shape.format)
            let result = images.map { image in
                eachPlace(places) { row, column in
                    (0..<outputs).map { output in
                        var sum = bias?[output] ?? 0
                        window.forEachPixel(at: row, column, in: shape.format) { pixel, number in
                            for channel in 0..<shape.channels {
                                let weight = weights[(number * shape.channels + channel) * outputs + output]
                                sum += weight * image[pixel * shape.channels + channel]
                            }
                        }
                        return sum
                    }
                }
            }
            return (result, TensorShape(height: places.height, width: places.width, channels: outputs))
        case .normalization(let scale, let shift):
            var result = images
            for channel in 0..<shape.channels {
                let places = Array(stride(from: channel, to: shape.count, by: shape.channels))
                let all = images.flatMap { image in places.map { image[$0] } }
                let mean = all.reduce(0, +) / Double(all.count)
                let variance = all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(all.count)
                for image in images.indices {
                    for place in places {
                        let normal = (images[image][place] - mean) / (variance + 1e-5).squareRoot()
                        result[image][place] = max(0, scale[channel] * normal + shift[channel])
                    }
                }
            }
            return (result, shape)
        case .pooling(let pooling):
            let places = pooling.window.places(in: shape.format)
            let result = images.map { image in
                eachPlace(places) { row, column in
                    (0..<shape.channels).map { channel in
                        var under: [Double] = []
                        pooling.window.forEachPixel(at: row, column, in: shape.format) { pixel, _ in
                            under.append(image[pixel * shape.channels + channel])
                        }
                        return pooling.kind == .maximum ? under.max() ?? 0 : under.reduce(0, +) / Double(under.count)
                    }
                }
            }
            return (result, TensorShape(height: places.height, width: places.width, channels: shape.channels))
        }
    }

    private func eachPlace(_ places: SlidingWindow.Extent, _ body: (Int, Int) -> [Double]) -> [Double] {
        (0..<places.height).flatMap { row in (0..<places.width).flatMap { body(row, $0) } }
    }

    /// Calls `body` with the loss's derivative by each parameter, in the order of the graph: differences of second order.
    func derivatives(_ images: [[Double]], labels: [UInt8]) -> [[Double]] {
        var result: [[Double]] = []
        func differentiate(_ count: Int, _ change: (inout ReferenceNetwork, Int, Double) -> Void) {
            result.append(
                (0..<count).map { index in
                    // So small that hardly an activation lies so near to the bend of its rectifier.
                    let step = 1e-7
                    var (more, less) = (self, self)
                    change(&more, index, step)
                    change(&less, index, -step)
                    return (more.loss(images, labels: labels) - less.loss(images, labels: labels)) / (2 * step)
                })
        }
        for (number, layer) in layers.enumerated() {
            switch layer {
            case .product(let weights, let bias, let window, let outputs):
                differentiate(weights.count) {
                    var changed = weights
                    changed[$1] += $2
                    $0.layers[number] = .product(weights: changed, bias: bias, window: window, outputs: outputs)
                }
                guard let bias else { continue }
                differentiate(bias.count) {
                    var changed = bias
                    changed[$1] += $2
                    $0.layers[number] = .product(weights: weights, bias: changed, window: window, outputs: outputs)
                }
            case .normalization(let scale, let shift):
                differentiate(scale.count) {
                    var changed = scale
                    changed[$1] += $2
                    $0.layers[number] = .normalization(scale: changed, shift: shift)
                }
                differentiate(shift.count) {
                    var changed = shift
                    changed[$1] += $2
                    $0.layers[number] = .normalization(scale: scale, shift: changed)
                }
            case .pooling: break
            }
        }
        return result
    }
}
