import CoSim
import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// A layer of 4-bit weights of which whole (output, 64 inputs) blocks are zero with the given probability.
func randomLayer(
    inputs: Int, outputs: Int, sparsity: Double, seed: UInt64
) -> QuantizedNetwork.FullyConnected {
    var random = KeyedStream(seed: seed, stream: 100)
    var weights = [Int8](repeating: 0, count: inputs * outputs)
    for output in 0..<outputs {
        for start in stride(from: 0, to: inputs, by: 64) where random.nextDouble() >= sparsity {
            for input in start..<min(start + 64, inputs) {
                weights[output * inputs + input] = Int8(random.nextIndex(below: 15)) - 7
            }
        }
    }
    return QuantizedNetwork.FullyConnected(
        inputs: inputs, outputs: outputs, weightBits: 4, weights: weights,
        bias: [Int32](repeating: 0, count: outputs))
}

/// A layer in which every row of every n-th (output, 64 inputs) block holds a set cell and no other row does.
func groupSparseLayer(inputs: Int, outputs: Int, keepEvery: Int) -> QuantizedNetwork.FullyConnected {
    let chunks = inputs / 64
    var weights = [Int8](repeating: 0, count: inputs * outputs)
    for group in stride(from: 0, to: outputs * chunks, by: keepEvery) {
        for column in 0..<64 {
            weights[group / chunks * inputs + group % chunks * 64 + column] = Int8(column % 15) - 7
        }
    }
    return QuantizedNetwork.FullyConnected(
        inputs: inputs, outputs: outputs, weightBits: 4, weights: weights,
        bias: [Int32](repeating: 0, count: outputs))
}

func randomImages(count: Int, features: Int, seed: UInt64) -> ActivationSet {
    var random = KeyedStream(seed: seed, stream: 101)
    let codes = (0..<count * features).map { _ in UInt8(random.nextIndex(below: 16)) }
    return ActivationSet(features: features, codes: codes, labels: [UInt8](repeating: 0, count: count))
}

/// Runs a layer through RTL and twin in step.
func runLayer(
    _ layer: QuantizedNetwork.FullyConnected, _ images: ActivationSet, skipping: Bool, upsetRate: Double,
    _ hardware: Engine.DotProductEngine? = nil, _ library: ModelLibrary? = nil
) throws -> (stream: ImageStream, mapping: LayerMapping) {
    _ = Scratch.folder
    let mapping = LayerMapping(layer, columns: 64)
    let hardware =
        hardware
        ?? with {
            $0.filters = layer.outputs
            $0.chunks = mapping.chunks
        }
    let library = try library ?? ModelLibrary(source: CheckedDesign(DotProductEnginePair.self, hardware).source)
    let parameters = Golden.DotProductEngine.Parameters(hardware)
    let errors = try ArrayErrors(rate: upsetRate).chance(rows: mapping.rows.count, columns: 64, seed: 5)
    var stream = ImageStream(images, layer: mapping, parameters, skipping: skipping, errors: errors)
    let lockstep = try Lockstep(
        Model(library), twin: Golden.DotProductEngine(parameters), idle: stream.idle)
    try lockstep.run(&stream)
    return (stream, mapping)
}

/// Clock edges from the first activations to the last result, by the laws alone: a bank senses one row a period, the
/// datapath takes `planeGroups` cycles for a row, rows go in order and round robin, an image begins when its chunks are
/// in, and a half of the buffer is free again two cycles after its last row is taken from it.
func scheduledCycles(rows: Int, images: Int, chunks: Int, banks: Int, period: Int, planeGroups: Int) -> Int {
    let rows = max(rows, 1)
    var bankFree = [Int](repeating: 0, count: banks)
    var nextIssue = 0
    var filled = 0
    var released: [Int] = []
    var done = 0
    for image in 0..<images {
        // Filling begins when the half of the image before the last one is free.
        let start = max(filled, image >= 2 ? released[image - 2] : 0)
        filled = start + chunks
        nextIssue = max(nextIssue, filled)
        for row in 0..<rows {
            let issue = max(nextIssue, bankFree[row % banks])
            bankFree[row % banks] = issue + period
            nextIssue = issue + planeGroups
            let taken = issue + period + planeGroups
            if row == rows - 1 {
                released.append(taken + 1)
                done = taken + 2
            }
        }
    }
    return done
}
