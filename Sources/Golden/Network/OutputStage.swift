/// Golden twin of Engine's `OutputStage`: requantises sums and says where codes are stored.
struct OutputStage {
    /// What is known of a step beside its sums.
    private struct Beside {
        var hasPixel: UInt64 = 0
        var filterEnds = false
        var passEnds = false
        var channel = 0
    }

    private let parameters: NetworkEngine.Parameters
    private var channels: [NetworkEngine.ChannelScale]
    private var channel = 0
    private var counted = Beside()
    private var done = Beside()
    private var code = 0
    private var group = 0
    private var word = 0
    private var step = 0
    private var pixelsLeft = 0
    private var requantizers: [Requantizer]
    /// Cycles until the codes that are under way are out: the other lanes than the first, which carries the tags, rest
    /// when it is 0.
    private var busyCycles = 0
    private var inputs: [Requantizer.Inputs]
    private let codeWidth: Int
    private let addressWidth: Int

    init(_ parameters: NetworkEngine.Parameters) {
        self.parameters = parameters
        channels = Array(repeating: NetworkEngine.ChannelScale(), count: parameters.channels)
        requantizers = Array(repeating: Requantizer(), count: parameters.pixelLanes)
        inputs = Array(repeating: Requantizer.Inputs(), count: parameters.pixelLanes)
        codeWidth = Golden.addressWidth(parameters.wordCodes)
        addressWidth = Golden.addressWidth(parameters.depth)
    }

    /// A registers' view after a reset; memories keep their contents.
    mutating func reset() {
        let kept = channels
        self = Self(parameters)
        channels = kept
    }

    mutating func write(_ scale: NetworkEngine.ChannelScale, at address: Int) {
        if address < channels.count { channels[address] = scale }
    }

    private func scale(_ channel: Int) -> NetworkEngine.ChannelScale {
        channel < channels.count ? channels[channel] : NetworkEngine.ChannelScale()
    }

    /// What the sums of the filter in the datapath begin with.
    var bias: Int32 { scale(channel).bias }

    private var tag: UInt64 { requantizers[0].codeTag }
    /// Lanes that store a code in this cycle.
    var storedLanes: UInt64 { requantizers[0].isCodeValid ? tag & (1 << UInt64(parameters.pixelLanes) - 1) : 0 }
    var storedCode: Int { Int(tag >> UInt64(parameters.pixelLanes)) & (1 << codeWidth - 1) }
    var storedAddress: Int { Int(tag >> UInt64(parameters.pixelLanes + codeWidth)) & (1 << addressWidth - 1) }
    private var isLastCode: Bool {
        requantizers[0].isCodeValid && tag >> UInt64(parameters.pixelLanes + codeWidth + addressWidth) & 1 == 1
    }
    func code(lane: Int) -> UInt8 { UInt8(requantizers[lane].code) }

    private var endsLayer: Bool { done.passEnds && pixelsLeft <= parameters.pixels }
    /// Whether the layer's last code or sum is stored in this cycle.
    func isLayerDone(_ descriptor: LayerDescriptor, hasSums: Bool) -> Bool {
        isLastCode || (hasSums && descriptor[.isRaw] & 1 == 1 && endsLayer)
    }
    /// The channel whose sums the datapath shows.
    var sumChannel: Int { done.channel }

    /// The edge; `sums` are those that the datapath shows, if it is done with a step.
    mutating func clock(
        _ descriptor: LayerDescriptor, layerStart: Bool, step current: RowSteps.Step, readPixels: Int, hasSums: Bool,
        sums: [Int]
    ) {
        requantize(descriptor, hasSums: hasSums, sums: sums)
        advance(descriptor, layerStart: layerStart, hasSums: hasSums)
        done = counted
        let hasPixel = hasPixel(step: current.pixelStep, readPixels: readPixels)
        counted = Beside(
            hasPixel: hasPixel, filterEnds: current.filterEnds, passEnds: current.isPassEnd, channel: channel)
        if layerStart || current.isPassEnd {
            channel = descriptor[.channelBase]
        } else if current.isActive && current.filterEnds {
            channel = (channel + 1) % channelSpace
        }
    }

    /// Where the next codes go.
    func save(to state: inout StateBits) {
        state.put(channel, Golden.addressWidth(parameters.channels))
        state.put(code, codeWidth)
        state.put(group, addressWidth)
        state.put(word, addressWidth)
        state.put(pixelsLeft, indexBits)
    }

    mutating func restore(from state: inout StateReader) {
        channel = state.take(Golden.addressWidth(parameters.channels))
        code = state.take(codeWidth)
        group = state.take(addressWidth)
        word = state.take(addressWidth)
        step = word
        pixelsLeft = state.take(indexBits)
    }

    /// Groups of pixels and filters of the layer that are done.
    func progress(_ descriptor: LayerDescriptor) -> (groups: Int, filters: Int) {
        let done = (descriptor[.outputPixels] - pixelsLeft) / parameters.pixels
        return (done, (channel - descriptor[.channelBase]) & (channelSpace - 1))
    }

    /// One bit a lane that has a pixel in a step; the group has `readPixels` + 1.
    func hasPixel(step: Int, readPixels: Int) -> UInt64 {
        let left = readPixels + 1 - step * parameters.pixelLanes
        return left <= 0 ? 0 : 1 << UInt64(min(left, parameters.pixelLanes)) - 1
    }

    private var channelSpace: Int { Golden.addressSpace(parameters.channels) }

    private mutating func requantize(_ descriptor: LayerDescriptor, hasSums: Bool, sums: [Int]) {
        let scale = scale(done.channel)
        let low = UInt64(code) << UInt64(parameters.pixelLanes) | done.hasPixel
        let high = UInt64(endsLayer ? 1 : 0) << UInt64(addressWidth) | UInt64(step)
        let tag = high << UInt64(parameters.pixelLanes + codeWidth) | low
        if hasSums { busyCycles = Requantizer.latency + 1 }
        for lane in requantizers.indices where lane == 0 || busyCycles > 0 {
            inputs[lane].scale.valid = hasSums && descriptor[.isRaw] & 1 == 0
            inputs[lane].scale.value = Int32(truncatingIfNeeded: sums[lane])
            inputs[lane].scale.multiplier = scale.multiplier
            inputs[lane].scale.shift = scale.shift
            inputs[lane].scale.twice = descriptor[.roundsTwice] & 1 == 1
            inputs[lane].zeroPoint = descriptor[.zeroPoint]
            inputs[lane].lowest = descriptor[.lowest]
            inputs[lane].highest = descriptor[.highest]
            inputs[lane].tag = lane == 0 ? tag : 0
            requantizers[lane].clock(inputs[lane], reset: false)
        }
        busyCycles = max(0, busyCycles - 1)
    }

    private mutating func advance(_ descriptor: LayerDescriptor, layerStart: Bool, hasSums: Bool) {
        let mask = 1 << addressWidth - 1
        if layerStart {
            code = 0
            group = descriptor[.outputBase] & mask
            (word, step) = (group, group)
            pixelsLeft = descriptor[.outputPixels]
        } else if hasSums, done.passEnds {
            code = 0
            group = (group + descriptor[.outputWords] * parameters.window.pixelSteps) & mask
            (word, step) = (group, group)
            pixelsLeft -= parameters.pixels
        } else if hasSums, done.filterEnds {
            let isWordEnd = code == parameters.wordCodes - 1
            code = isWordEnd ? 0 : code + 1
            if isWordEnd { word = (word + 1) & mask }
            step = word
        } else if hasSums {
            step = (step + descriptor[.outputWords]) & mask
        }
    }
}
