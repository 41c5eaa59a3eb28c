public import Golden
import Randomness

/// Images to classify, as the engine takes them: unsigned activation codes, one image after the other.
public struct ActivationSet: Sendable {
    /// Activations of an image.
    public let features: Int
    public let codes: [UInt8]
    public let labels: [UInt8]
    public var count: Int { labels.count }

    public init(features: Int, codes: [UInt8], labels: [UInt8]) {
        self.features = features
        self.codes = codes
        self.labels = labels
    }

    func image(_ number: Int) -> ArraySlice<UInt8> { codes[number * features..<(number + 1) * features] }
}

/// What a stream of images came to.
public struct EngineResult: Sendable {
    /// Sums of each image, one a filter.
    public var sums: [[Int64]] = []
    /// Clock edges from the first activations to the last result, from the engine's own counter.
    public var cycles = 0
    /// Rows sensed, from the engine's own counter.
    public var senses = 0
    /// Sensed bits that read wrong.
    public var upsets = 0
}

/// A layer loaded into an engine, and a stream of images driven through it: RTL and twin in step, or the twin alone.
public final class EngineSession<Target: Stepper<Golden.DotProductEngine>> {
    public let target: Target
    private let parameters: Golden.DotProductEngine.Parameters
    private var inputs: Golden.DotProductEngine.Inputs
    private var upsets: UpsetSource

    /// Loads the layer: its rows round robin over the banks, then its row map.
    /// - Parameter skipping: Store and walk the useful rows only; otherwise every row of the layer.
    /// - Throws: `OutputMismatch`, `ModelError`, `RandomnessError`.
    public init(
        _ target: Target, _ parameters: Golden.DotProductEngine.Parameters, layer: LayerMapping, skipping: Bool,
        upsetRate: Double, seed: UInt64
    ) throws {
        self.target = target
        self.parameters = parameters
        inputs = Golden.DotProductEngine.Inputs(parameters)
        upsets = try UpsetSource(
            seed: seed, stream: UpsetStreams.sensing, rows: layer.rows.count, columns: parameters.columns,
            probability: upsetRate)
        try load(layer, skipping: skipping)
    }

    private func load(_ layer: LayerMapping, skipping: Bool) throws {
        inputs.write = true
        for (rank, row) in layer.storedRows(skipping: skipping).enumerated() {
            inputs.writeBank = rank % parameters.banks
            inputs.writeAddress = rank / parameters.banks
            inputs.writeData = layer.rows[row]
            try target.step(inputs, reset: false)
        }
        inputs.write = false
        if parameters.skips {
            inputs.map.mapWrite = true
            for (group, entry) in layer.map(skipping: skipping).enumerated() {
                inputs.map.mapAddress = group
                inputs.map.mapRows = entry.rows
                inputs.map.mapFilter = entry.filter
                inputs.map.mapChunk = entry.chunk
                try target.step(inputs, reset: false)
            }
            inputs.map.mapWrite = false
        }
        inputs.clear = true
        try target.step(inputs, reset: false)
        inputs.clear = false
    }

    /// Streams images through both, every output compared in every cycle.
    /// - Parameter progress: Called with the number of images done; returns false to stop.
    /// - Throws: `OutputMismatch`, `ModelError`.
    public func run(
        _ images: ActivationSet, range: Range<Int>, progress: (Int) -> Bool = { _ in true }
    ) throws -> EngineResult {
        var result = EngineResult()
        result.sums.reserveCapacity(range.count)
        var image = range.lowerBound
        var chunk = 0
        var planes = chunkPlanes(images, image, chunk)
        while result.sums.count < range.count {
            inputs.valid = image < range.upperBound
            if inputs.valid { inputs.planes = planes }
            let accepts = inputs.valid && target.twin.isReady
            result.upsets += setUpsets()
            try target.step(inputs, reset: false)
            if accepts {
                (image, chunk) = chunk + 1 == parameters.chunks ? (image + 1, 0) : (image, chunk + 1)
                if image < range.upperBound { planes = chunkPlanes(images, image, chunk) }
            }
            if target.twin.isDone {
                // The result stands from this edge to the next; the RTL's own is compared in the coming step.
                result.sums.append(target.twin.sums)
                if !progress(result.sums.count) { break }
            }
        }
        // One more cycle: the last result is compared, and the counter has gone one edge past it.
        inputs.valid = false
        _ = setUpsets()
        try target.step(inputs, reset: false)
        result.cycles = Int(target.twin.cycles) - 1
        result.senses = Int(target.twin.senses)
        return result
    }

    /// Presents the events of the rows that latch at the coming edge.
    private func setUpsets() -> Int {
        var count = 0
        for bank in inputs.upset.indices {
            guard let sense = target.twin.latchingSense(bank: bank) else {
                inputs.upset[bank] = .none
                continue
            }
            let mask = upsets.row(image: sense.image, row: sense.row)
            inputs.upset[bank] = mask
            if mask != .none { count += mask.onesCount }
        }
        return count
    }

    private func chunkPlanes(_ images: ActivationSet, _ image: Int, _ chunk: Int) -> [BitRow] {
        activationPlanes(
            images.image(image), chunk: chunk, columns: parameters.columns, bits: parameters.activationBits)
    }
}

/// The bit-planes of one chunk of an image, least significant first; columns beyond the image are zero.
func activationPlanes(_ image: ArraySlice<UInt8>, chunk: Int, columns: Int, bits: Int) -> [BitRow] {
    var planes = [BitRow](repeating: .none, count: bits)
    let start = image.startIndex + chunk * columns
    for index in start..<min(start + columns, image.endIndex) {
        let code = image[index]
        for plane in 0..<bits where code >> UInt8(plane) & 1 == 1 { planes[plane].set(index - start) }
    }
    return planes
}
