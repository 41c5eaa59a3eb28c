public import Components
public import HDL

/// Sends a network's results to the host: sums of its last layer, or codes of a tensor in the activation memory.
///
/// Law: a start sends `count` sums from channel `base` on, a word each; or, of `count` pixels, the `words` words of each as
/// they lie in the activation memory, pixel p in bank p mod banks from address `base` + p / banks × `words` on, each in as many
/// words of the stream as it needs, its lowest bits first. TLAST is on the last one. What lies outside the memory is zero, and so is
/// all that follows; it is told once. A `count` of zero sends nothing; `words` of zero counts as one.
public struct ResultStreamer: ConfigurableModule {
    /// Sums.
    public var channels = 64
    /// Words of a bank of the activation memory, and its banks.
    public var depth = 256
    public var banks = 4
    /// Codes of a word of the activation memory, and bits of a code.
    public var wordCodes = 16
    public var activationBits = 8

    public init() {}

    public static var parameters: [Parameter<ResultStreamer>] {
        [
            Parameter("channels", \.channels, 2...65536, "sums"),
            Parameter("depth", \.depth, 2...65536, "words of a bank of the activation memory"),
            Parameter("banks", \.banks, 1...16, "banks of the activation memory"),
            Parameter("word-codes", \.wordCodes, 1...64, "codes of a word of the activation memory"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of a code"),
        ]
    }

    public struct Ports: SignalBundle {
        /// Begins; looked at while not `busy`.
        public let start: Input
        /// Codes are sent, not sums.
        public let codes: Input
        public let base, count, words: Input
        /// Asks for a word of the activation memory, which comes in the next cycle.
        public let read, readBank, readAddress: Output
        public let word: Input
        /// A sum, given in the same cycle.
        public let sumAddress: Output
        public let sum: Input
        public let results: AXI4Stream
        public let busy: Output
        /// The last word is taken in this cycle, or there is nothing to send.
        public let done: Output
        /// The first word outside the memory is asked for in this cycle.
        public let outside: Output
    }

    static let streamWidth = 32
    /// Bits of `base` and `count`, and of `words`.
    public static let placeWidth = 24
    public static let wordsWidth = 16

    var wordWidth: Int { wordCodes * activationBits }
    /// Words of the stream for a word of the activation memory.
    var streamWords: Int { (wordWidth + Self.streamWidth - 1) / Self.streamWidth }

    public func ports() -> Ports {
        Ports(
            start: Input(), codes: Input(), base: Input(Self.placeWidth), count: Input(Self.placeWidth),
            words: Input(Self.wordsWidth), read: Output(), readBank: Output(addressWidth(banks)),
            readAddress: Output(addressWidth(depth)), word: Input(wordWidth),
            sumAddress: Output(addressWidth(channels)), sum: Input(32),
            results: AXI4Stream(dataWidth: Self.streamWidth), busy: Output(), done: Output(), outside: Output())
    }

    public func build(_ m: Builder<Ports>) { _ = ResultWalk(m, m, self) }
}
