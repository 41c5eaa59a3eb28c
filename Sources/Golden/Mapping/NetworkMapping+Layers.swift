import Network

/// The mapping of each kind of layer.
extension NetworkMapping {
    mutating func map(_ number: Int, of network: QuantizedNetwork) throws(MappingError) {
        let layer = network.layers[number]
        let source = network.sources[number][0]
        guard let input = network.format(ofSource: source) else {
            throw .unsupported(layer: number, kind: layer.kind, reason: "its source gives sums, not codes")
        }
        var base = 0
        if let output = network.formats[number] {
            try check(output, layer: number, kind: layer.kind)
            base = place(output, source: number, in: network)
        }
        bases.append(base)
        switch layer {
        case .fullyConnected(let layer):
            let window = SlidingWindow(size: .init(height: input.height, width: input.width))
            let weights = FilterWeights(
                filters: layer.outputs, channels: input.channels, isDepthwise: false, bits: layer.weightBits,
                weights: layer.weights)
            try map(
                number, weights, layer.bias, layer.requantization, window, input, inputBase: bases[source + 1],
                kind: network.layers[number].kind)
        case .convolution(let layer):
            let weights = FilterWeights(
                filters: layer.outputs, channels: input.channels, isDepthwise: layer.isDepthwise,
                bits: layer.weightBits, weights: layer.weights)
            try map(
                number, weights, layer.bias, layer.requantization, layer.window, input,
                inputBase: bases[source + 1], kind: network.layers[number].kind)
        case .pooling(let layer): try map(number, layer, input, inputBase: bases[source + 1])
        case .addition(let layer): map(number, layer, input, network)
        }
    }

    private mutating func map(
        _ number: Int, _ pooling: QuantizedNetwork.Pooling, _ input: ActivationFormat, inputBase: Int
    ) throws(MappingError) {
        let size = pooling.window.size
        guard size.height * size.width <= parameters.poolArea else {
            throw .doesNotFit(
                what: "pixels under the window of layer \(number)", needed: size.height * size.width,
                available: parameters.poolArea, parameter: "pool-area")
        }
        var descriptor = LayerDescriptor()
        descriptor[.kind] = LayerKind.pooling.rawValue
        descriptor.set(pooling.window, input, pooling.window.places(in: input))
        descriptor[.inputBase] = inputBase
        descriptor[.pixelWords] = words(of: input)
        descriptor[.outputBase] = bases[number + 1]
        descriptor[.isAverage] = pooling.kind == .average ? 1 : 0
        descriptor[.roundingOrigin] = pooling.roundingOrigin
        append(descriptor, kind: pooling.kind.rawValue, cycles: TensorTiming.cycles(of: descriptor, parameters))
    }

    private mutating func map(
        _ number: Int, _ addition: QuantizedNetwork.Addition, _ input: ActivationFormat, _ network: QuantizedNetwork
    ) {
        let sources = network.sources[number]
        let lanes = parameters.pixelLanes
        var descriptor = LayerDescriptor()
        descriptor[.kind] = LayerKind.addition.rawValue
        descriptor[.inputBase] = bases[sources[0] + 1]
        descriptor[.inputZeroPoint] = input.zeroPoint
        descriptor[.secondBase] = bases[sources[1] + 1]
        descriptor[.secondZeroPoint] = network.format(ofSource: sources[1])?.zeroPoint ?? 0
        descriptor[.outputBase] = bases[number + 1]
        descriptor[.outputWords] = words(of: input)
        descriptor[.outputPixels] = input.height * input.width
        descriptor[.bankWords] = (input.height * input.width + lanes - 1) / lanes * words(of: input)
        descriptor[.firstMultiplier] = Int(addition.first.multiplier)
        descriptor[.firstShift] = addition.first.shift
        descriptor[.secondMultiplier] = Int(addition.second.multiplier)
        descriptor[.secondShift] = addition.second.shift
        descriptor.set(addition.requantization)
        descriptor[.multiplier] = Int(addition.requantization.multipliers[0])
        descriptor[.shift] = addition.requantization.shifts[0]
        append(descriptor, kind: "add", cycles: TensorTiming.cycles(of: descriptor, parameters))
    }

    /// A layer without weights.
    private mutating func append(_ descriptor: LayerDescriptor, kind: String, cycles: Int) {
        descriptors.append(descriptor)
        work.append(nil)
        layers.append(
            Layer(
                kind: kind, storedRows: 0, sensedRows: 0, denseRows: 0, groups: 0, chunks: 0,
                cycles: LayerTiming.descriptorCycles + cycles,
                leastCycles: LayerTiming.descriptorCycles + cycles, windowStalls: 0, bankStalls: 0))
        senseNumbers.append(SenseNumbers(firstRow: denseRows, chunks: 0, planes: 0, groups: 0))
    }

    private mutating func map(
        _ number: Int, _ weights: FilterWeights, _ bias: [Int32], _ requantization: Requantization?,
        _ window: SlidingWindow, _ input: ActivationFormat, inputBase: Int, kind: String
    ) throws(MappingError) {
        let size = window.size
        guard weights.planes <= parameters.planes else {
            throw .beyond(
                layer: number, kind: kind, what: "bits of a weight", found: weights.bits,
                allowed: 1...parameters.planes + 1)
        }
        let layout = WindowLayout(
            windowPixels: size.height * size.width, channels: input.channels, wordCodes: parameters.wordCodes,
            columns: parameters.columns)
        guard layout.chunks <= parameters.window.chunks else {
            throw .doesNotFit(
                what: "chunks for the window of layer \(number)", needed: layout.chunks,
                available: parameters.window.chunks, parameter: "chunks")
        }
        let places = window.places(in: input)
        let pixels = places.height * places.width
        guard requantization != nil || pixels == 1 else {
            throw .unsupported(
                layer: number, kind: kind, reason: "sums without requantisation of \(pixels) pixels; allowed 1")
        }
        let image = RowImage(
            filters: weights.filters, planes: weights.planes, chunks: layout.chunks, skipsRows: skipsRows
        ) { filter, body in
            weights.forEach(filter: filter) { weight, pixel, channel in
                body(weight, layout.place(pixel: pixel, channel: channel))
            }
        }
        var descriptor = LayerDescriptor()
        descriptor[.kind] = LayerKind.convolution.rawValue
        descriptor.set(window, input, places)
        descriptor[.inputBase] = inputBase
        descriptor[.pixelWords] = layout.pixelWords
        descriptor[.lastCodes] = layout.lastCodes
        descriptor[.lastPlaneGroup] = (input.bits + parameters.window.planeLanes - 1) / parameters.window.planeLanes - 1
        descriptor[.skipsZeros] = skipsZeros ? 1 : 0
        descriptor[.rowBase] = bankRows
        descriptor[.listBase] = entries.count
        descriptor[.channelBase] = channels.count
        descriptor[.outputBase] = bases[number + 1]
        descriptor[.outputWords] = (weights.filters + parameters.wordCodes - 1) / parameters.wordCodes
        descriptor.set(requantization)
        descriptors.append(descriptor)

        let groups = (pixels + parameters.pixels - 1) / parameters.pixels
        let dense = weights.filters * layout.chunks * weights.planes * 2
        let work = LayerTiming.Work(
            windowWords: size.height * size.width * layout.pixelWords, pixels: pixels, rows: image.walkedRows,
            planeGroups: descriptor[.lastPlaneGroup] + 1, isRaw: requantization == nil, chunks: layout.chunks)
        self.work.append(work)
        let timing = LayerTiming(work, parameters)
        let least =
            skipsZeros
            ? LayerTiming(work, parameters, nonzeroSteps: Array(repeating: 0, count: groups * layout.chunks)) : timing
        layers.append(
            Layer(
                kind: kind, storedRows: image.rows.count, sensedRows: image.sensedRows, denseRows: dense,
                groups: groups, chunks: layout.chunks,
                cycles: LayerTiming.descriptorCycles + timing.cycles,
                leastCycles: LayerTiming.descriptorCycles + least.cycles, windowStalls: timing.windowStalls,
                bankStalls: timing.bankStalls))
        senseNumbers.append(
            SenseNumbers(firstRow: denseRows, chunks: layout.chunks, planes: weights.planes, groups: groups))
        denseRows += dense
        store(image)
        for filter in 0..<weights.filters {
            let folded = Int(bias[filter]) - input.zeroPoint * image.weightSums[filter]
            channels.append(
                NetworkEngine.ChannelScale(
                    bias: Int32(folded), multiplier: requantization?.multipliers[filter] ?? 0,
                    shift: requantization?.shifts[filter] ?? 0))
        }
    }

    private mutating func store(_ image: RowImage) {
        for (rank, cells) in image.rows.enumerated() {
            rows.append(
                StoredRow(
                    bank: rank % parameters.banks, address: bankRows + rank / parameters.banks, cells: cells))
        }
        bankRows += (image.rows.count + parameters.banks - 1) / parameters.banks
        entries += image.entries
    }
}
