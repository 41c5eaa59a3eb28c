/// A word of an AXI4-Stream.
public struct StreamWord: Hashable, Sendable {
    public var data: UInt32
    public var isLast: Bool

    public init(_ data: UInt32 = 0, isLast: Bool = false) {
        self.data = data
        self.isLast = isLast
    }
}

/// What the sender of an AXI4-Stream drives.
public struct StreamInputs: Sendable {
    public var word = StreamWord()
    public var isValid = false

    public init() {}

    func write(to record: inout RecordWriter) {
        record.put(UInt64(word.data))
        record.put(word.isLast)
        record.put(isValid)
    }
}

/// Golden twin of Components' `SkidBuffer`: two items between the ends of a stream, none of whose outputs depends on an input.
struct SkidBuffer<Item> {
    /// The items inside, the older one first.
    private var items: [Item] = []

    var isReady: Bool { items.count < 2 }
    /// The item that is offered.
    var first: Item? { items.first }

    /// The edge: an item that is offered comes in if there is room, and the first one leaves if it is taken.
    mutating func clock(offered: Item?, isTaken: Bool) {
        let comes = isReady
        if isTaken, !items.isEmpty { items.removeFirst() }
        if comes, let offered { items.append(offered) }
    }

    mutating func reset() { items = [] }
}
