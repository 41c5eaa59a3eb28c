import Golden
import Network

/// Drives an accelerator as a host does: packets that load a network, then for each image its packets, the registers that
/// say what the results are, the start, and the results until their last word.
///
/// With a `disorder` it does so badly: it pauses on all channels, sends packets with faults and packets at the wrong time,
/// asks for registers that are not there, starts twice and clears now and then. None of it may change a result.
struct HostDriver {
    private enum State { case idle, load(Int), image(Int), run }

    private(set) var network: QuantizedNetwork
    private(set) var mapping: NetworkMapping
    private var state = State.idle
    private var isLoaded = false
    private var packets: [HostPacket]
    private var image: [HostPacket] = []
    private var startsEarly = false
    /// Whether a start comes while results are sent; they are held up until it has been answered.
    private var (startsAgain, holdsResults) = (false, false)
    private var source = StreamSource()
    private(set) var bus = BusManager()
    private var words: [UInt32] = []
    private var isComplete = false
    private var events: SenseEvents
    private var disorder: HostDisorder?
    /// The result of the image that ended last.
    private(set) var result: [Int32] = []
    var upsets: Int { events.count }

    init(
        _ network: QuantizedNetwork, _ mapping: NetworkMapping, seed: UInt64, upsetRate: Double,
        disorder: HostDisorder? = nil
    ) throws {
        self.network = network
        self.mapping = mapping
        self.disorder = disorder
        packets = mapping.packets
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
        packets = mapping.packets
        isLoaded = false
        events.begin(mapping)
    }

    /// Runs an image next.
    mutating func present(_ codes: [UInt8]) {
        image = mapping.packets(of: mapping.inputWords(codes, network.input))
        state = isLoaded ? .image(0) : .load(0)
    }

    /// After a reset the image begins again. What was loaded stays, but for packets whose words were still on their way.
    mutating func restart() {
        source.reset()
        bus.reset()
        words = []
        (isComplete, holdsResults) = (false, false)
        let onTheirWay = 2
        switch state {
        case .idle: isLoaded = false
        case .load(let number): state = .load(max(0, number - onTheirWay))
        case .image, .run: state = isLoaded ? .image(0) : .load(max(0, packets.count - onTheirWay))
        }
    }

    mutating func next(_ inputs: inout Golden.Accelerator.Inputs, twin: Golden.Accelerator, noise: () -> BitRow) {
        advance(twin)
        var pauses = disorder?.pauses ?? HostPauses()
        source.next(&inputs.load, ready: twin.isLoadReady, pauses: pauses.source())
        holdsResults = holdsResults && !bus.isQuiet
        inputs.resultsReady = !pauses.sink() && !holdsResults
        if inputs.resultsReady, let word = twin.streamer.offered {
            words.append(word.data)
            isComplete = word.isLast
        }
        bus.next(&inputs.bus, bus: twin.bus, pauses: { pauses.bus() })
        disorder?.pauses = pauses
        for bank in inputs.upset.indices { inputs.upset[bank] = events.upset(bank: bank, twin.engine, noise) }
        // Masks of failing cells are ignored when no row is written.
        inputs.writeFail = twin.isWritingRow ? .none : noise()
    }

    private mutating func advance(_ twin: Golden.Accelerator) {
        disorder?.disturb(&bus, twin)
        switch state {
        case .idle: break
        case .load(let number):
            guard source.isEmpty else { return }
            if number == packets.count {
                state = .image(0)
            } else if !sendsFault(instead: packets[number]) {
                source.send(packets[number].words)
                state = .load(number + 1)
            }
        case .image(let number):
            guard source.isEmpty else {
                if number == image.count, startsEarly { startBehindHeader() }
                return
            }
            isLoaded = isLoaded || number > 1
            if number == 0 { configure() }
            if number == image.count {
                start()
            } else if !sendsFault(instead: image[number]) {
                source.send(image[number].words)
                state = .image(number + 1)
            }
        case .run:
            if isComplete, !twin.isBusy {
                // What was asked for beyond the result is of no use.
                result = Array(mapping.result(of: words).prefix(mapping.resultCount))
                bus.read(HostRegister.error)
                bus.write(.init(offset: HostRegister.interruptPending, data: 3))
                isLoaded = true
                state = .idle
            } else if startsAgain, twin.streamer.isBusy {
                bus.write(.init(offset: HostRegister.control, data: 1))
                (startsAgain, holdsResults) = (false, true)
            } else if twin.isBusy, !isComplete, source.isEmpty, let words = disorder?.untimely(packets) {
                source.send(words)
            }
        }
    }

    private mutating func sendsFault(instead packet: HostPacket) -> Bool {
        guard let words = disorder?.fault(instead: packet) else { return false }
        source.send(words)
        return true
    }

    /// Says what the results are.
    private mutating func configure() {
        startsEarly = disorder?.startsEarly() == true
        startsAgain = disorder?.startsTwice() == true
        var request = mapping.resultRequest
        if !request.codes, disorder?.asksForTooMuch() == true {
            request.count = mapping.parameters.channels - request.base + 2
        }
        for (offset, value) in [
            (HostRegister.interruptEnable, 3), (HostRegister.resultKind, request.codes ? 1 : 0),
            (HostRegister.resultBase, request.base), (HostRegister.resultCount, request.count),
            (HostRegister.resultWords, request.words),
        ] {
            bus.write(.init(offset: offset, data: UInt32(value)))
        }
    }

    /// Starts while the last packet comes, as soon as the receiver must have seen its header: two words may be in the slice.
    private mutating func startBehindHeader() {
        guard let last = image.last, source.left + 5 <= last.words.count else { return }
        start()
    }

    /// Starts; the receiver may still be at the last packet.
    private mutating func start() {
        words = []
        isComplete = false
        state = .run
        bus.write(.init(offset: HostRegister.control, data: 1))
        // At once, while the first layer's descriptor is read at the latest.
        if disorder?.startsTwice() == true { bus.write(.init(offset: HostRegister.control, data: 1)) }
    }
}
