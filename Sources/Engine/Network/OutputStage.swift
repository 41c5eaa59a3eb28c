import HDL

/// From the sums of a filter to the codes of the next layer: bias, requantisation, and where codes are stored.
///
/// Law: pixel p of the output lies in bank p mod lanes at base + p / lanes × words + channel / word codes. The counters follow
/// the order in which sums come: steps of a filter, filters of a pass, passes of the layer.
struct OutputStage {
    private let m: Builder<NetworkEngine.Ports>
    private let engine: NetworkEngine
    private let layer: Layer
    private let channelMemory: Memory
    /// The output channel whose sums are being accumulated.
    private let channel: Bits
    private let requantizers: [Instance<Requantizer.Ports>]
    private let rawLayerDone: Bits

    /// The layer's last code or sum is stored in this cycle.
    let isLayerDone: Bits

    private var codeWidth: Int { addressWidth(engine.wordCodes) }
    private var bankAddress: Int { addressWidth(engine.depth) }

    init(_ m: Builder<NetworkEngine.Ports>, _ engine: NetworkEngine, _ layer: Layer) {
        self.m = m
        self.engine = engine
        self.layer = layer
        let channelMemory = m.memory("channels", depth: engine.channels, width: 32 + 31 + 6, isNonvolatile: true)
        when(m.channelWrite) {
            channelMemory.write(
                m.channelAddress, concatenate([m.channelShift, m.channelMultiplier, m.channelBias]))
        }
        self.channelMemory = channelMemory
        channel = m.register("channel", addressWidth(engine.channels))
        // Lane 0 carries what all lanes share: layer end, address, place in the word, and which lanes have a pixel.
        let shared = 1 + addressWidth(engine.depth) + addressWidth(engine.wordCodes) + engine.pixelLanes
        requantizers = (0..<engine.pixelLanes).map { lane in
            m.instance(
                "requantizer_\(lane)",
                Requantizer(activationBits: engine.activationBits, tagWidth: lane == 0 ? shared : 1))
        }
        rawLayerDone = m.wire("raw_layer_done")
        let isLastCode = (requantizers[0].codeValid & requantizers[0].codeTag[shared - 1]).named("is_last_code")
        isLayerDone = (isLastCode | rawLayerDone).named("is_layer_done")
    }

    /// What the sums of the filter in the datapath begin with; goes on to the next filter's when it ends.
    func bias(filterEnds: Bits, isPassEnd: Bits) -> Bits {
        when(layer.start | isPassEnd) { channel.next(layer[.channelBase]) }
            .elseWhen(filterEnds) { channel.next(channel + 1) }
        return channelMemory.read(channel)[0..<32].named("bias")
    }

    /// Takes the sums of the datapath, two cycles after the step that ended them.
    ///
    /// - Returns: what a checkpoint holds of the counters, `stateWidth` bits.
    func take(
        _ datapath: Instance<PixelAccumulate.Ports>, pixels: Bits, steps: RowSteps, isPassEnd: Bits,
        restoring: EngineCheckpoint.Restoring?
    ) -> Bits {
        let hasPixel = hasPixel(pixels, steps)
        datapath.used.drive(hasPixel)
        let filterEnds = (steps.isLastStep & steps.token.lastOfFilter).named("filter_ends")
        let sumPixels = later(hasPixel, "sum_pixels")
        let sumFilterEnds = later(filterEnds, "sum_filter_ends")
        let sumPassEnds = later(isPassEnd, "sum_pass_ends")
        let sumChannel = later(channel, "sum_channel")

        // Where the codes go.
        let code = m.register("output_code", codeWidth)
        let group = m.register("group_address", bankAddress)
        let word = m.register("word_address", bankAddress)
        let step = m.register("step_address", bankAddress)
        let pixelsLeft = m.register("output_pixels_left", LayerWidth.pixelIndex)
        let words = layer[.outputWords].resized(to: bankAddress)
        let nextGroup = (group + (words << log2(engine.pixelSteps))).named("next_group_address")
        let isWordEnd = (code == engine.wordCodes - 1).named("is_word_end")
        let nextWord = mux(isWordEnd, word + 1, word).named("next_word_address")
        let isLastPass = (pixelsLeft <= engine.pixels).named("is_last_pass")
        when(layer.start) {
            code.next(0)
            for address in [group, word, step] { address.next(layer[.outputBase]) }
            pixelsLeft.next(layer[.outputPixels])
        }.elseWhen(datapath.done) {
            when(sumPassEnds) {
                code.next(0)
                for address in [group, word, step] { address.next(nextGroup) }
                pixelsLeft.next(pixelsLeft - engine.pixels)
            }.elseWhen(sumFilterEnds) {
                code.next(mux(isWordEnd, 0, code + 1))
                for address in [word, step] { address.next(nextWord) }
            }.otherwise {
                step.next(step + words)
            }
        }

        // Sums that are the result are kept as they are; others become codes.
        let ends = (sumPassEnds & isLastPass).named("ends_layer")
        let isRaw = layer[.isRaw]
        rawLayerDone.drive(datapath.done & isRaw & ends)
        let results = m.memory("results", depth: engine.channels, width: 32, isNonvolatile: true)
        when(engine.whenAwake(m, datapath.done & isRaw)) {
            results.write(sumChannel, datapath.sums[0].signExtended(to: 32))
        }
        m.result.drive(results.read(m.resultAddress))
        let scale = channelMemory.read(sumChannel).named("channel_scale")
        let tag = concatenate([ends, step, code, sumPixels])
        for (lane, requantizer) in requantizers.enumerated() {
            requantizer.valid.drive(datapath.done & !isRaw)
            requantizer.accumulator.drive(datapath.sums[lane].signExtended(to: 32))
            requantizer.multiplier.drive(scale[32..<63])
            requantizer.shift.drive(scale[63..<69])
            requantizer.twice.drive(layer[.roundsTwice])
            requantizer.zeroPoint.drive(layer[.zeroPoint])
            requantizer.lowest.drive(layer[.lowest])
            requantizer.highest.drive(layer[.highest])
            requantizer.tag.drive(lane == 0 ? tag : m.constant(0, 1))
        }

        // Between rows the step's address is that of its word.
        let saved = SavedRegisters([channel, code, group, word, pixelsLeft])
        if let restoring {
            when(restoring.restore) {
                saved.restore(from: restoring.saved)
                step.next(saved.fields(of: restoring.saved)[3])
            }
        }
        return saved.state
    }

    static func stateWidth(_ engine: NetworkEngine) -> Int {
        addressWidth(engine.channels) + addressWidth(engine.wordCodes) + 2 * addressWidth(engine.depth)
            + LayerWidth.pixelIndex
    }

    private var tag: Bits { requantizers[0].codeTag }
    /// One bit a bank, where a code is stored in this cycle; its place in the word, the word's address, the codes.
    var resultBanks: Bits { tag[0..<engine.pixelLanes] & requantizers[0].codeValid.replicated(engine.pixelLanes) }
    var resultCode: Bits { tag[engine.pixelLanes..<engine.pixelLanes + codeWidth] }
    var resultAddress: Bits {
        let from = engine.pixelLanes + codeWidth
        return tag[from..<from + bankAddress]
    }
    var codes: [Bits] { requantizers.map(\.code) }

    /// One bit a lane that has a pixel in the step; the group has `pixels` + 1.
    private func hasPixel(_ pixels: Bits, _ steps: RowSteps) -> Bits {
        let lanes = (0..<engine.pixelLanes).map { lane -> Bits in
            let place = engine.pixelLanes == 1 ? steps.pixelStep : placed(steps.pixelStep, lane: lane)
            return place.map { $0 <= pixels } ?? m.constant(1, 1)
        }
        return concatenate(lanes.reversed()).named("has_pixel")
    }

    /// Number in its group of the pixel that a lane has in a step.
    private func placed(_ step: Bits?, lane: Int) -> Bits? {
        let number = m.constant(lane, addressWidth(engine.pixelLanes))
        return step.map { concatenate([$0, number]) } ?? number
    }

    /// A value of the step in the datapath, beside the sums that the step ends.
    private func later(_ value: Bits, _ name: String) -> Bits {
        let counted = m.register("counted_\(name)", value.width)
        let done = m.register(name, value.width)
        counted.next(value)
        done.next(counted)
        return done
    }
}
