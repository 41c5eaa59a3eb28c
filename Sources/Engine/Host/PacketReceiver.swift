public import Components
public import HDL

/// Takes the packets by which the host loads the engine's memories apart into items to be stored.
///
/// A packet is a header of three words and the words of its items; TLAST is on the last one. Word 0 of the header has the
/// target in bits 7 to 0, the bank in bits 15 to 8, and the layer that the packet belongs to in bits 31 to 16; word 1 is the
/// address of the first item, word 2 the number of items.
///
/// Law: each whole item of a packet whose header is right is stored once, in order, at its address, and nothing else is. A
/// packet with a fault gives its error once, the first one that a word shows, and is taken to its end; the item that
/// lacks a word is not stored. An item that is not taken at once pushes back on the stream; otherwise a word is taken in every
/// cycle.
public struct PacketReceiver: ConfigurableModule {
    /// Words of the stream that make a row, and a word of the activation memory.
    public var rowWords = 2
    public var activationWords = 4
    /// Banks of the array and of the activation memory.
    public var banks = 4
    public var activationBanks = 4
    /// Items of each memory, of banked ones in a bank.
    public var bankRows = 256
    public var entries = 512
    public var channels = 64
    public var descriptorWords = 576
    public var depth = 256

    public init() {}

    public static var parameters: [Parameter<PacketReceiver>] {
        [
            Parameter("row-words", \.rowWords, 1...16, "words of a row"),
            Parameter("activation-words", \.activationWords, 1...16, "words of a word of the activation memory"),
            Parameter("banks", \.banks, 1...16, "banks of the array"),
            Parameter("activation-banks", \.activationBanks, 1...16, "banks of the activation memory"),
            Parameter("bank-rows", \.bankRows, 2...65536, "rows of a bank"),
            Parameter("entries", \.entries, 2...1_048_576, "entries of the list"),
            Parameter("channels", \.channels, 2...65536, "output channels"),
            Parameter("descriptor-words", \.descriptorWords, 2...65536, "words of the descriptors"),
            Parameter("depth", \.depth, 2...65536, "words of a bank of the activation memory"),
        ]
    }

    public struct Ports: SignalBundle {
        public let stream: Flipped<AXI4Stream>
        /// The memories are in use: a packet that begins is refused.
        public let busy: Input
        public let item: LoadStream
        /// A packet is under way, or an item of it is still to be stored.
        public let receiving: Output
        /// One cycle behind the last word of a packet without a fault.
        public let packetDone: Output
        /// One cycle behind the word that showed a fault: a code of `HostError` and the header's layer.
        public let error, errorCode, errorLayer: Output
    }

    /// Words of the longest item: a row, a channel, or a word of activations.
    var itemWords: Int { max(Self.channelWords, rowWords, activationWords) }
    var bankWidth: Int { addressWidth(max(banks, activationBanks)) }
    var itemAddressWidth: Int { addressWidth(PacketTarget.allCases.map(depth).max() ?? 2) }

    static let streamWidth = 32
    static let layerWidth = 16
    /// Bias, multiplier, shift.
    static let channelWords = 3

    /// Items of a memory, or of a bank of it.
    func depth(of target: PacketTarget) -> Int {
        switch target {
        case .rows: bankRows
        case .list: entries
        case .channels: channels
        case .descriptors: descriptorWords
        case .activations: depth
        }
    }

    /// Words of an item.
    func words(of target: PacketTarget) -> Int {
        switch target {
        case .rows: rowWords
        case .list, .descriptors: 1
        case .channels: Self.channelWords
        case .activations: activationWords
        }
    }

    func banks(of target: PacketTarget) -> Int {
        switch target {
        case .rows: banks
        case .activations: activationBanks
        case .list, .channels, .descriptors: 1
        }
    }

    public func ports() -> Ports {
        Ports(
            stream: Flipped(AXI4Stream(dataWidth: Self.streamWidth)), busy: Input(),
            item: LoadStream(
                bankWidth: bankWidth, addressWidth: itemAddressWidth, dataWidth: itemWords * Self.streamWidth),
            receiving: Output(), packetDone: Output(), error: Output(), errorCode: Output(HostError.width),
            errorLayer: Output(Self.layerWidth))
    }

    public func build(_ m: Builder<Ports>) {
        _ = PacketParser(m, m, self)
    }
}

/// Items on their way to the memories.
public struct LoadStream: StreamBundle {
    public let valid: Output
    /// A code of `PacketTarget`.
    public let target: Output
    public let bank, address: Output
    /// The item's words, the first one in the lowest bits.
    public let data: Output
    public let ready: Input

    public init(bankWidth: Int, addressWidth: Int, dataWidth: Int) {
        valid = Output()
        target = Output(PacketTarget.width)
        bank = Output(bankWidth)
        address = Output(addressWidth)
        data = Output(dataWidth)
        ready = Input()
    }

    public static func item(of stream: BundleView<LoadStream>) -> Bits {
        concatenate([stream.target, stream.bank, stream.address, stream.data])
    }
}
