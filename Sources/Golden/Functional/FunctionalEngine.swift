public import Network

/// The network engine without its cycles: the same results and the same event counts, computed layer by layer.
///
/// Law: what it gives equals what the cycle-exact `NetworkEngine` gives for the same image number, codes and upsets. Sums
/// are made by AND and population count for eight pixels at once; what a wrong bit of a sense changes is added afterwards, which
/// is exact since sums are.
public struct FunctionalEngine: Sendable {
    /// What one image gave and cost.
    public struct Outcome: Equatable, Sendable {
        /// Numbers of the output tensor: sums, or codes.
        public var result: [Int32]
        public var cycles: Int
        public var senses: Int
        /// Sensed bits that read wrong.
        public var upsets: Int
        /// A sum was beyond the accumulator.
        public var isSaturated = false
    }

    /// A layer ready to run.
    struct Layer {
        var windows: WindowPlanes
        let filters: [FilterRows]
        let biases: [Int32]
        let requantization: Requantization?
        let numbers: SenseNumbers
        /// Where zeros are skipped, the steps in which each chunk of each group of pixels has a set bit.
        var nonzeroSteps: [UInt64]?
        /// No sum can leave the accumulator, whatever bits are read wrong: then the order of additions is of no account.
        let isExact: Bool

        /// Whether a row is sensed for a group of pixels.
        func senses(_ row: FilterRows.Row, group: Int) -> Bool {
            guard row.isSensed else { return false }
            return nonzeroSteps.map { $0[group * numbers.chunks + row.chunk] != 0 } ?? true
        }

        /// The number that a sum becomes: itself, or a code.
        func value(_ sum: Int32, filter: Int) -> Int32 {
            guard let scale = requantization else { return sum }
            let scaled = FixedPointScale.scaled(
                sum, by: scale.multipliers[filter], shift: scale.shifts[filter], twice: scale.rounding == .twice)
            return Int32(max(min(Int(scaled) + scale.zeroPoint, scale.highest), scale.lowest))
        }
    }

    public let network: QuantizedNetwork
    public let mapping: NetworkMapping
    /// Nil for pools and sums, which take no rows.
    private var layers: [Layer?] = []
    private var sums: [SIMD8<Int64>] = []

    public init(_ network: QuantizedNetwork, _ mapping: NetworkMapping) {
        self.network = network
        self.mapping = mapping
        for number in network.layers.indices { layers.append(layer(number)) }
    }

    private func layer(_ number: Int) -> Layer? {
        let descriptor = mapping.descriptors[number]
        let source = network.sources[number][0]
        let format = network.format(ofSource: source) ?? network.input
        let (window, requantization): (SlidingWindow, Requantization?) =
            switch network.layers[number] {
            case .fullyConnected(let layer):
                (SlidingWindow(size: .init(height: format.height, width: format.width)), layer.requantization)
            case .convolution(let layer): (layer.window, layer.requantization)
            case .pooling, .addition: (SlidingWindow(size: .init(height: 1, width: 1)), nil)
            }
        if descriptor[.kind] != LayerKind.convolution.rawValue { return nil }
        let windows = WindowPlanes(
            window, format, wordCodes: mapping.parameters.wordCodes, columns: mapping.parameters.columns)
        let numbers = mapping.senseNumbers[number]
        let filters = mapping.filters(of: number).enumerated().map { filter, rows in
            FilterRows(
                rows.map { row in
                    let sense = EngineSense(
                        image: 0, layer: number, group: 0, filter: filter, chunk: row.chunk, plane: row.position >> 1,
                        negative: row.position & 1 == 1)
                    return FilterRows.Row(
                        cells: row.cells, chunk: row.chunk, plane: sense.plane, negative: sense.negative,
                        number: numbers.sense(sense).row, isSensed: row.isSensed)
                }, windows)
        }
        let first = descriptor[.channelBase]
        let biases = filters.indices.map { mapping.channels[first + $0].bias }
        let largestTerm = mapping.parameters.columns * (1 << format.bits - 1)
        let largestSum = zip(filters, biases).map { filter, bias in
            filter.rows.reduce(Int(bias.magnitude)) { $0 + largestTerm << $1.plane }
        }
        let limit = 1 << (mapping.parameters.accumulatorWidth - 1) - 1
        return Layer(
            windows: windows, filters: filters, biases: biases, requantization: requantization, numbers: numbers,
            isExact: largestSum.allSatisfy { $0 <= limit })
    }

    /// Runs one image of codes in the order of the network's input.
    ///
    /// - Parameter image: number by which chance events are keyed.
    public mutating func run(_ codes: [UInt8], image: Int, upsets: inout ReadUpsets) -> Outcome {
        var outcome = Outcome(result: [], cycles: mapping.cycles, senses: mapping.senses, upsets: 0)
        var tensors: [[UInt8]] = []
        for number in layers.indices {
            let source = network.sources[number][0]
            let input = source == QuantizedNetwork.inputSource ? codes : tensors[source]
            let format = network.format(ofSource: source) ?? network.input
            switch network.layers[number] {
            case .pooling(let layer): tensors.append(layer.codes(activations: input, format))
            case .addition(let layer):
                let second = network.sources[number][1]
                let other = second == QuantizedNetwork.inputSource ? codes : tensors[second]
                tensors.append(layer.codes(input, format, other, network.format(ofSource: second) ?? network.input))
            case .fullyConnected, .convolution:
                layers[number]?.windows.gather(input)
                if mapping.skipsZeros { skipZeros(number, &outcome) }
                let values = accumulate(number, image: image, &upsets, &outcome)
                if number == layers.count - 1 { outcome.result = values }
                tensors.append(values.map { UInt8(truncatingIfNeeded: $0) })
            }
        }
        if outcome.result.isEmpty { outcome.result = tensors[tensors.count - 1].map { Int32($0) } }
        return outcome
    }

    /// Finds which steps the layer takes, and counts what they take.
    private mutating func skipZeros(_ number: Int, _ outcome: inout Outcome) {
        guard let work = mapping.work[number], let windows = layers[number]?.windows else { return }
        let steps = windows.nonzeroSteps(mapping.parameters.window)
        layers[number]?.nonzeroSteps = steps
        let timing = LayerTiming(work, mapping.parameters, nonzeroSteps: steps)
        let most = mapping.layers[number]
        outcome.cycles += timing.cycles + LayerTiming.descriptorCycles - most.cycles
        outcome.senses += timing.senses - most.sensedRows * most.groups
    }

    /// The numbers of a layer's output, in the order of its tensor.
    private mutating func accumulate(
        _ number: Int, image: Int, _ upsets: inout ReadUpsets, _ outcome: inout Outcome
    ) -> [Int32] {
        guard let layer = layers[number] else { return [] }
        guard layer.isExact else {
            let sums = SaturatingSums(layer, mapping.parameters)
            return sums.values(image: image, &upsets, &outcome)
        }
        let pixels = layer.windows.pixels
        let channels = layer.filters.count
        var values = [Int32](repeating: 0, count: pixels * channels)
        if sums.count < layer.windows.vectors { sums = Array(repeating: SIMD8(), count: layer.windows.vectors) }
        for (filter, rows) in layer.filters.enumerated() {
            for vector in 0..<layer.windows.vectors { sums[vector] = SIMD8(repeating: Int64(layer.biases[filter])) }
            sums.withUnsafeMutableBufferPointer { buffer in
                if let sums = buffer.baseAddress { rows.accumulate(layer.windows, into: sums) }
            }
            if !upsets.isNone {
                outcome.upsets += upset(layer, rows, image: image, &upsets)
            }
            for pixel in 0..<pixels {
                values[pixel * channels + filter] = layer.value(Int32(sums[pixel / 8][pixel % 8]), filter: filter)
            }
        }
        return values
    }

    /// The kernel of a layer alone, on the windows that were gathered last: all its sums before bias, added up. For benchmarks.
    public mutating func accumulate(layer number: Int) -> Int {
        guard let layer = layers[number] else { return 0 }
        if sums.count < layer.windows.vectors { sums = Array(repeating: SIMD8(), count: layer.windows.vectors) }
        for vector in 0..<layer.windows.vectors { sums[vector] = SIMD8() }
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let sums = buffer.baseAddress else { return }
            for rows in layer.filters { rows.accumulate(layer.windows, into: sums) }
        }
        return sums[..<layer.windows.vectors].reduce(0) { $0 + Int($1.wrappedSum()) }
    }

    /// Adds to the sums what the wrong bits of the filter's senses change; returns their number.
    private mutating func upset(
        _ layer: Layer, _ rows: FilterRows, image: Int, _ upsets: inout ReadUpsets
    ) -> Int {
        let groupPixels = mapping.parameters.pixels
        let operations = image * layer.numbers.groups..<(image + 1) * layer.numbers.groups
        var count = 0
        for row in rows.rows where row.isSensed {
            upsets.forEachUpset(operations: operations, row: row.number, stored: row.cells) { operation, mask in
                let group = operation - operations.lowerBound
                guard layer.senses(row, group: group) else { return }
                count += mask.onesCount
                let first = group * groupPixels
                for pixel in first..<min(first + groupPixels, layer.windows.pixels) {
                    let windows = layer.windows
                    let all = 0..<windows.bits
                    let right = windows.weighedOnes(row.cells, chunk: row.chunk, pixel: pixel, planes: all)
                    let wrong = windows.weighedOnes(row.cells ^ mask, chunk: row.chunk, pixel: pixel, planes: all)
                    let change = Int64((wrong - right) << row.plane)
                    sums[pixel / 8][pixel % 8] += row.negative ? -change : change
                }
            }
        }
        return count
    }
}
