/// The state that a checkpoint holds, bit by bit: what is put first lies lowest.
struct StateBits: Equatable {
    /// 64 bits a word, the lowest first.
    private(set) var words: [UInt64] = []
    private(set) var count = 0

    init() {}

    init(words: [UInt64]) {
        self.words = words
        count = words.count * 64
    }

    /// Appends the low bits of a number, two's complement where it is negative.
    mutating func put(_ value: Int, _ width: Int) {
        let bits = UInt64(bitPattern: Int64(value)) & (UInt64.max >> UInt64(64 - width))
        let place = count & 63
        if place == 0 { words.append(0) }
        words[count >> 6] |= bits << UInt64(place)
        if place + width > 64 { words.append(bits >> UInt64(64 - place)) }
        count += width
    }

    mutating func put(_ value: Bool) { put(value ? 1 : 0, 1) }

    /// Appends zeros until there are so many bits.
    mutating func fill(to width: Int) {
        while count < width { put(0, min(64, width - count)) }
    }

    /// Bits from a place on, at most 64; zero beyond the end.
    func bits(from low: Int, _ width: Int) -> UInt64 {
        let (word, place) = (low >> 6, UInt64(low & 63))
        guard word < words.count else { return 0 }
        let above = place == 0 || word + 1 >= words.count ? 0 : words[word + 1] << (64 - place)
        return (words[word] >> place | above) & (UInt64.max >> UInt64(64 - width))
    }
}

/// Takes numbers off a state in the order in which they were put.
struct StateReader {
    private let state: StateBits
    private var place: Int

    init(_ state: StateBits, from place: Int = 0) {
        self.state = state
        self.place = place
    }

    mutating func take(_ width: Int) -> Int {
        defer { place += width }
        return Int(state.bits(from: place, width))
    }

    /// A number in two's complement.
    mutating func takeSigned(_ width: Int) -> Int {
        let value = take(width)
        return value >> (width - 1) == 0 ? value : value - 1 << width
    }

    mutating func takeBit() -> Bool { take(1) == 1 }
}
