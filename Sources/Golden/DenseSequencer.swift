/// Golden twin of Engine's `DenseSequencer`: every row of every group in order.
public struct DenseSequencer: Behaviour {
    public struct Inputs: PortRecord {
        public var take = false
        public init() {}
        public func write(to record: inout RecordWriter) { record.put(take) }
    }

    let planes: Int
    let chunks: Int
    let rows: Int
    /// Number of the shown row in the whole layer.
    public private(set) var number = 0

    public init(planes: Int, filters: Int, chunks: Int) {
        self.planes = planes
        self.chunks = chunks
        rows = filters * chunks * 2 * planes
    }

    public var position: Int { number % (2 * planes) }
    public var chunk: Int { number / (2 * planes) % chunks }
    public var filter: Int { number / (2 * planes) / chunks }
    public var isLast: Bool { number == rows - 1 }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(filter)
        record.put(chunk)
        record.put(position & 1)
        record.put(isLast)
        if planes > 1 { record.put(position >> 1) }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            number = 0
        } else if inputs.take {
            number = isLast ? 0 : number + 1
        }
    }
}
