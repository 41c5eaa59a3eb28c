/// Golden twin of Engine's `RowListController`: shows the useful rows of a list of row groups, pass after pass.
public struct RowListController: Behaviour {
    /// One (filter, chunk): which of its rows are walked, bit 2 × plane + sign.
    public struct Entry: Hashable, Sendable {
        public var rows = 0
        public var chunk = 0
        public var isLastOfFilter = false
        public var isLast = false

        public init(rows: Int = 0, chunk: Int = 0, isLastOfFilter: Bool = false, isLast: Bool = false) {
            self.rows = rows
            self.chunk = chunk
            self.isLastOfFilter = isLastOfFilter
            self.isLast = isLast
        }
    }

    public struct Inputs: PortRecord {
        public var write = false
        public var writeAddress = 0
        public var entry = Entry()
        public var start = false
        public var base = 0
        public var take = false

        public init() {}

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeAddress)
            record.put(entry.rows)
            record.put(entry.chunk)
            record.put(entry.isLastOfFilter)
            record.put(entry.isLast)
            record.put(start)
            record.put(base)
            record.put(take)
        }
    }

    let planes: Int
    private let addressSpace: Int
    private var list: [Entry]
    private var next = 0
    private var fetched: Entry?
    private var isRunning = false
    /// The group whose rows are shown; its rows are those left.
    private(set) var current = Entry()
    public private(set) var isValid = false
    private(set) var isEmpty = false
    private(set) var isFirst = true
    /// Entries of the fetched group and of the one being walked; whether that is to be walked from the rows that were left.
    private var fetchedEntry = 0
    private var currentEntry = 0
    private var isRestored = false

    public init(entries: Int, planes: Int) {
        self.planes = planes
        addressSpace = Golden.addressSpace(entries)
        list = Array(repeating: Entry(), count: entries)
    }

    /// Number of the shown row in its group: 2 × plane + sign.
    public var position: Int { current.rows == 0 ? 0 : current.rows.trailingZeroBitCount }
    private var isLastOfGroup: Bool { current.rows & (current.rows - 1) == 0 || current.rows == 0 }
    var isLastOfFilter: Bool { current.isLastOfFilter && isLastOfGroup }
    var isLast: Bool { current.isLast && isLastOfGroup }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isValid)
        record.put(current.chunk)
        record.put(position & 1)
        if planes > 1 { record.put(position >> 1) }
        record.put(isFirst)
        record.put(isLastOfFilter)
        record.put(isLast)
        record.put(isEmpty)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            resetRegisters()
        } else {
            clock(start: inputs.start, base: inputs.base, take: inputs.take)
        }
        if inputs.write { write(inputs.entry, at: inputs.writeAddress) }
    }

    mutating func write(_ entry: Entry, at address: Int) {
        if address < list.count { list[address] = entry }
    }

    /// The list is a memory and outlives a reset.
    mutating func resetRegisters() {
        next = 0
        fetched = nil
        isRunning = false
        current = Entry()
        (isValid, isEmpty, isFirst) = (false, false, true)
        (fetchedEntry, currentEntry, isRestored) = (0, 0, false)
    }

    /// The entry being walked, its rows that are left, and whether the next row is its filter's first.
    func save(to state: inout StateBits) {
        state.put(currentEntry, Golden.addressWidth(list.count))
        state.put(current.rows, 2 * planes)
        state.put(isFirst)
    }

    /// At a start, behind its edge.
    mutating func restore(from state: inout StateReader) {
        currentEntry = state.take(Golden.addressWidth(list.count))
        current.rows = state.take(2 * planes)
        isFirst = state.takeBit()
        next = currentEntry
        isRestored = true
    }

    /// The edge when nothing is written.
    mutating func clock(start: Bool, base: Int, take: Bool) {
        if start {
            next = base
            fetched = nil
            isRunning = true
            isRestored = false
            (isValid, isFirst) = (false, true)
            return
        }
        let isDone = !isValid || (take && isLastOfGroup)
        let fetchedNow = fetched
        if take { isFirst = isLastOfFilter }
        if isDone, let entry = fetchedNow {
            let left = current.rows
            current = entry
            if isRestored { current.rows = left }
            isRestored = false
            currentEntry = fetchedEntry
            isEmpty = entry.rows == 0
            isValid = true
        } else if take {
            if isLastOfGroup { isValid = false }
            current.rows &= current.rows &- 1
        }
        if isRunning, isDone || fetchedNow == nil {
            let entry = next < list.count ? list[next] : Entry()
            fetched = entry
            fetchedEntry = next
            next = entry.isLast ? base : (next + 1) & (addressSpace - 1)
        }
    }
}
