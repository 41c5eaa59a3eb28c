import Golden
import Network

/// Drives an engine through the images of a network: loads the array, the lists and the descriptors, then for each image
/// its words, the start, the run, and the reading of the result.
struct NetworkDriver {
    private enum State { case idle, load(Int), image(Int), start, run, read(Int) }

    private(set) var network: QuantizedNetwork
    private(set) var mapping: NetworkMapping
    private var state = State.idle
    private var isLoaded = false
    private var words: [(bank: Int, address: Int, word: CodeWord)] = []
    private var events: SenseEvents
    var upsets: Int { events.count }
    /// The result of the image that ended last.
    private(set) var result: [Int32] = []
    /// Rows that pulses write, for cells that need them, and their failures.
    private var writes: NetworkWriteStimulus?

    /// - Parameter writeFailureRate: probability of a pulse to leave a junction as it is.
    init(
        _ network: QuantizedNetwork, _ mapping: NetworkMapping, seed: UInt64, upsetRate: Double,
        writeFailureRate: Double = 0
    ) throws {
        writes = try NetworkWriteStimulus(mapping, seed: seed, rate: writeFailureRate)
        self.network = network
        self.mapping = mapping
        events = try SenseEvents(mapping, seed: seed, rate: upsetRate)
    }

    /// Whether the next image may be presented.
    var isIdle: Bool {
        if case .idle = state { true } else { false }
    }

    /// Another network, loaded before its first image.
    mutating func load(_ network: QuantizedNetwork, _ mapping: NetworkMapping) {
        self.network = network
        self.mapping = mapping
        isLoaded = false
        events.begin(mapping)
        writes?.load(mapping)
    }

    /// Runs an image next.
    mutating func present(_ codes: [UInt8]) {
        words = mapping.inputWords(codes, network.input)
        state = isLoaded ? .image(0) : .load(0)
    }

    /// After a reset the image begins again; what was loaded is in memories and stays.
    mutating func restart() {
        switch state {
        case .idle: break
        case .load:
            // A row that was being written is lost; others are stored already.
            guard writes != nil else { break }
            writes?.load(mapping)
            state = .load(0)
        default: state = .image(0)
        }
    }

    /// Power is back: a network that no checkpoint holds is run again from its image.
    mutating func resume(_ twin: Golden.NetworkEngine) {
        switch state {
        case .image: state = .image(0)
        case .start: state = .image(0)
        case .run where !twin.isResuming: state = .image(0)
        default: break
        }
    }

    mutating func next(
        _ inputs: inout Golden.NetworkEngine.Inputs, twin: Golden.NetworkEngine, noise: () -> BitRow
    ) {
        inputs.start = false
        inputs.activationWrite = false
        inputs.resultAddress = 0
        switch state {
        case .idle: break
        case .load(let number): state = load(number, into: &inputs, twin)
        case .image(let number):
            inputs.activationWrite = true
            (inputs.activationBank, inputs.activationAddress, inputs.activationData) = words[number]
            state = number + 1 == words.count ? .start : .image(number + 1)
        case .start:
            inputs.start = true
            state = .run
        case .run:
            if twin.isDone {
                result = []
                state = .read(0)
            }
        case .read(let number): state = read(number, &inputs, twin)
        }
        for bank in inputs.upset.indices { inputs.upset[bank] = events.upset(bank: bank, twin, noise) }
        writes?.fail(&inputs, twin, noise)
    }

    /// Loads one of everything that is left: rows, entries, channels and descriptors have ports of their own.
    private mutating func load(
        _ number: Int, into inputs: inout Golden.NetworkEngine.Inputs, _ twin: Golden.NetworkEngine
    ) -> State {
        inputs.write = number < mapping.rows.count
        if writes != nil {
            inputs.write = writes?.offer(&inputs, twin) ?? false
        } else if inputs.write {
            let row = mapping.rows[number]
            (inputs.writeBank, inputs.writeAddress, inputs.writeData) = (row.bank, row.address, row.cells)
        }
        inputs.listWrite = number < mapping.entries.count
        if inputs.listWrite { (inputs.listAddress, inputs.entry) = (number, mapping.entries[number]) }
        inputs.channelWrite = number < mapping.channels.count
        if inputs.channelWrite { (inputs.channelAddress, inputs.channel) = (number, mapping.channels[number]) }
        let fields = DescriptorField.allCases.count
        let (layer, field) = (number / fields, number % fields)
        inputs.descriptorWrite = layer < mapping.descriptors.count
        if inputs.descriptorWrite {
            inputs.descriptorAddress = layer * DescriptorField.stride + field
            inputs.descriptorData = mapping.descriptors[layer].words[field]
        }
        let isLoading =
            inputs.write || inputs.listWrite || inputs.channelWrite || inputs.descriptorWrite
            || twin.writeController?.isBusy == true
        if isLoading { return .load(number + 1) }
        isLoaded = true
        return .image(0)
    }

    private mutating func read(
        _ number: Int, _ inputs: inout Golden.NetworkEngine.Inputs, _ twin: Golden.NetworkEngine
    ) -> State {
        let count = mapping.resultCount
        if mapping.givesSums { inputs.resultAddress = mapping.resultBase + number }
        result.append(mapping.result(number, of: twin))
        if number + 1 < count { return .read(number + 1) }
        return .idle
    }
}
