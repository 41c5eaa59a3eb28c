import Golden

/// When the channels of a host rest: never, or at random.
struct HostPauses {
    private var random: StimulusRandom?
    /// Once in so many cycles a channel goes on, or rests; 1 and less for neither.
    private var periods = (source: 1, sink: 1, bus: 1)

    init() {}

    init(random: StimulusRandom) {
        self.random = random
        change()
    }

    /// Draws how often each channel rests.
    mutating func change() {
        guard var random else { return }
        periods = (1 + random.below(4), 1 + random.below(4), 1 + random.below(4))
        self.random = random
    }

    mutating func source() -> Bool { rests(periods.source) }
    mutating func sink() -> Bool { rests(periods.sink) }
    mutating func bus() -> Bool { rests(periods.bus) }

    private mutating func rests(_ period: Int) -> Bool {
        guard period > 1, random != nil else { return false }
        return random?.below(period) != 0
    }
}

/// What a host does wrong, drawn at random.
struct HostDisorder {
    private var random: StimulusRandom
    private let parameters: PacketReceiver.Parameters
    var pauses: HostPauses

    init(_ parameters: Golden.NetworkEngine.Parameters, seed: UInt64) {
        random = StimulusRandom(seed: seed, purpose: 1)
        pauses = HostPauses(random: StimulusRandom(seed: seed, purpose: 2))
        self.parameters = PacketReceiver.Parameters(parameters)
    }

    /// Words of a packet with a fault, now and then; what it stores is right.
    mutating func fault(instead packet: HostPacket) -> [StreamWord]? {
        guard random.once(in: 5) else { return nil }
        if random.once(in: 3) { pauses.change() }
        return random.fault().words(of: packet, parameters, &random)
    }

    /// A packet that comes while its memory is in use, now and then, right or wrong.
    mutating func untimely(_ packets: [HostPacket]) -> [StreamWord]? {
        guard random.once(in: 100), !packets.isEmpty else { return nil }
        let packet = packets[random.below(packets.count)]
        return random.bit() ? packet.words : random.fault().words(of: packet, parameters, &random)
    }

    mutating func startsTwice() -> Bool { random.once(in: 3) }
    /// Whether sums are asked for that are not there.
    mutating func asksForTooMuch() -> Bool { random.once(in: 4) }
    /// Whether the start comes while the last packet is under way.
    mutating func startsEarly() -> Bool { random.bit() }

    /// Asks for what is there and for what is not, and clears.
    mutating func disturb(_ bus: inout BusManager, _ twin: Golden.Accelerator) {
        if random.once(in: 30) { bus.read(HostRegister.all[random.below(HostRegister.all.count)]) }
        switch random.below(400) {
        case 0: bus.read(0x100 + random.below(0xf00), isGood: false)
        case 1: bus.read([0x28, 0x3c, 0x54, 0x70, 0xa8][random.below(5)], isGood: false)
        case 2:
            // Parameters, status, error and counters are read only; others are not there.
            let offset = [0x00, 0x08, 0x20, 0x44, 0x50, 0x80, 0xa4, 0x28, 0x70, 0xffc][random.below(10)]
            bus.write(.init(offset: offset, data: UInt32(random.bits(32)), isGood: false))
        case 3: bus.write(.init(offset: HostRegister.interruptEnable, data: 0, strobes: 0xe))
        case 4: bus.write(.init(offset: HostRegister.interruptPending, data: UInt32(random.bits(2))))
        case 5 where random.bit(): bus.write(.init(offset: HostRegister.control, data: 2))
        default: break
        }
    }
}
