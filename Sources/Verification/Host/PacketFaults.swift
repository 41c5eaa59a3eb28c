import Golden

/// What a host can do wrong with a packet.
enum PacketFault: CaseIterable {
    case unknownTarget, bank, base, noItems, tooManyItems, tooShort, tooLong

    /// The error that it gives where nothing else is wrong.
    var error: HostError {
        switch self {
        case .unknownTarget: .unknownTarget
        case .bank, .base, .noItems, .tooManyItems: .outsideMemory
        case .tooShort: .tooShort
        case .tooLong: .tooLong
        }
    }

    /// A right packet with this fault; whole items that it stores are those of the packet.
    func words(of packet: HostPacket, _ parameters: PacketReceiver.Parameters, _ random: inout StimulusRandom)
        -> [StreamWord]
    {
        var packet = packet
        let memory = PacketTarget(rawValue: packet.target).map { parameters[$0] } ?? .init(depth: 1)
        switch self {
        case .unknownTarget: packet.target = random.bit() ? 0 : 6 + random.below(250)
        case .bank: packet.bank = memory.banks + random.below(256 - memory.banks)
        case .base:
            packet.base = memory.depth - packet.count + 1 + (random.bit() ? random.below(8) : random.below(1 << 31))
        case .noItems: packet.count = 0
        case .tooManyItems: packet.count = memory.depth - packet.base + 1 + random.below(1 << random.below(31))
        case .tooShort: break
        case .tooLong: packet.data += (0...random.below(5)).map { _ in UInt32(random.bits(32)) }
        }
        var words = packet.words
        if self == .tooShort { words.removeLast(1 + random.below(words.count - 1)) }
        words[words.count - 1].isLast = true
        return words
    }
}

extension StimulusRandom {
    /// A packet of random items anywhere in a memory, `words` data words at most.
    mutating func packet(_ parameters: PacketReceiver.Parameters, words: Int) -> HostPacket {
        let target = PacketTarget.allCases[below(PacketTarget.allCases.count)]
        let memory = parameters[target]
        let count = 1 + below(min(memory.depth, max(1, words / memory.words)))
        // Often at an end of the memory.
        let base = [0, memory.depth - count, below(memory.depth - count + 1)][below(3)]
        let items = (0..<count).map { _ in (0..<memory.words).map { _ in UInt32(bits(32)) } }
        return HostPacket(target, bank: below(memory.banks), layer: below(1 << 16), base: base, items: items)
    }

    mutating func fault() -> PacketFault { PacketFault.allCases[below(PacketFault.allCases.count)] }
}
