/// Golden twin of Engine's `SparseSkipController`: shows the useful rows one after the other, image after image.
public struct SparseSkipController: Behaviour {
    public struct Inputs: PortRecord {
        public var mapWrite = false
        public var mapAddress = 0
        public var mapRows = 0
        public var mapFilter = 0
        public var mapChunk = 0
        public var take = false

        public init() {}

        public func write(to record: inout RecordWriter) {
            record.put(mapWrite)
            record.put(mapAddress)
            record.put(mapRows)
            record.put(mapFilter)
            record.put(mapChunk)
            record.put(take)
        }
    }

    /// A group of rows on its way through the controller.
    struct Group {
        var rows = 0
        var filter = 0
        var chunk = 0
        var isLast = false
        var isEmpty = false
    }

    let planes: Int
    private var map: [(rows: Int, filter: Int, chunk: Int)]
    /// Numbers of the groups that have rows, and of those that the present pass has still to fetch.
    private var occupied: GroupSet
    private var remaining: GroupSet
    private(set) var current = Group()
    private var fetched = Group()
    private var hasFetched = false

    public init(groups: Int, planes: Int) {
        self.planes = planes
        map = Array(repeating: (0, 0, 0), count: groups)
        occupied = GroupSet(count: groups)
        remaining = GroupSet(count: groups)
    }

    public var isValid: Bool { current.rows != 0 }
    /// Number of the shown row in its group: 2 × plane + sign.
    public var position: Int { current.rows == 0 ? 0 : current.rows.trailingZeroBitCount }
    public var isLast: Bool { current.isLast && current.rows & (current.rows - 1) == 0 }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isValid)
        record.put(current.filter)
        record.put(current.chunk)
        record.put(position & 1)
        if planes > 1 { record.put(position >> 1) }
        record.put(isLast)
        record.put(current.isEmpty)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            // The map is a memory and outlives a reset; the summary is not and does not.
            restart()
            current = Group()
            fetched = Group()
            occupied.removeAll()
        }
        if inputs.mapWrite {
            if inputs.mapAddress < map.count {
                map[inputs.mapAddress] = (inputs.mapRows, inputs.mapFilter, inputs.mapChunk)
                if !reset { occupied.set(inputs.mapAddress, inputs.mapRows != 0) }
            }
            restart()
        } else if !reset {
            clock(take: inputs.take)
        }
    }

    /// The edge when the map is left alone.
    mutating func clock(take: Bool) {
        let left = current.rows & (current.rows - 1)
        let isDone = current.rows == 0 || (take && left == 0)
        let advances = hasFetched && isDone
        if advances {
            current = fetched
        } else if take, current.rows != 0 {
            current.rows = left
        }
        if advances || !hasFetched { fetch() }
    }

    private mutating func restart() {
        current.rows = 0
        hasFetched = false
        remaining.removeAll()
    }

    private mutating func fetch() {
        if remaining.isEmpty { remaining = occupied }
        let found = remaining.popFirst()
        let entry = map[found ?? 0]
        fetched = Group(
            rows: found == nil ? 1 : entry.rows, filter: entry.filter, chunk: entry.chunk,
            isLast: remaining.isEmpty, isEmpty: found == nil)
        hasFetched = true
    }
}

/// A set of group numbers.
struct GroupSet {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    mutating func removeAll() { for index in words.indices { words[index] = 0 } }

    mutating func set(_ number: Int, _ isMember: Bool) {
        let bit: UInt64 = 1 << UInt64(number & 63)
        if isMember { words[number >> 6] |= bit } else { words[number >> 6] &= ~bit }
    }

    /// Removes and returns the smallest number; nil when there is none.
    mutating func popFirst() -> Int? {
        for index in words.indices where words[index] != 0 {
            let number = index << 6 + words[index].trailingZeroBitCount
            words[index] &= words[index] - 1
            return number
        }
        return nil
    }
}
