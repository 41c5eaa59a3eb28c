/// Golden twin of Engine's `AndAccumulate`: counts the ones of row AND plane, weighs them and accumulates.
public struct AndAccumulate: Behaviour {
    public struct Inputs: PortRecord {
        public var valid = false
        public var row = BitRow.none
        public var lanes: [BitRow]
        public var work = Work()
        let columns: Int
        let planes: Int
        let planeGroups: Int

        public init(columns: Int, planeLanes: Int, planes: Int, planeGroups: Int) {
            self.columns = columns
            self.planes = planes
            self.planeGroups = planeGroups
            lanes = Array(repeating: .none, count: planeLanes)
        }

        public func write(to record: inout RecordWriter) {
            record.put(valid)
            record.put(row, columns: columns)
            for lane in lanes { record.put(lane, columns: columns) }
            record.put(work.filter)
            record.put(work.negative)
            if planes > 1 { record.put(work.plane) }
            if planeGroups > 1 { record.put(work.planeGroup) }
            record.put(work.first)
            record.put(work.last)
            record.put(work.empty)
        }
    }

    /// Which sum a row goes to and with what weight.
    public struct Work {
        public var filter = 0
        public var plane = 0
        public var planeGroup = 0
        public var negative = false
        public var first = false
        public var last = false
        public var empty = false
        public init() {}
    }

    public let planeLanes: Int
    public let accumulatorWidth: Int
    /// The row that was counted and is to be added: its term without sign, and whose it is.
    private var isCounted = false
    private var term = 0
    private var counted = Work()
    public private(set) var sums: [Int64]
    public private(set) var isDone = false

    public init(planeLanes: Int, filters: Int, accumulatorWidth: Int) {
        self.planeLanes = planeLanes
        self.accumulatorWidth = accumulatorWidth
        sums = Array(repeating: 0, count: filters)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) { writeOutputs(to: &record) }

    public func writeOutputs(to record: inout RecordWriter) {
        record.put(isDone)
        for sum in sums { record.put(sum, width: accumulatorWidth) }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        var sum = 0
        for (number, lane) in inputs.lanes.enumerated() { sum += (inputs.row & lane).onesCount << number }
        clock(valid: inputs.valid, weighedOnes: sum, work: inputs.work, reset: reset)
    }

    /// The edge, given the ones that the row has in common with each lane, weighed by the lane's number.
    mutating func clock(valid: Bool, weighedOnes: Int, work: Work, reset: Bool) {
        if reset {
            isCounted = false
            term = 0
            counted = Work()
            isDone = false
            for filter in sums.indices { sums[filter] = 0 }
            return
        }
        isDone = isCounted && counted.last
        if isCounted { accumulate() }
        isCounted = valid
        guard valid else { return }
        counted = work
        term = (work.empty ? 0 : weighedOnes) << (work.plane + work.planeGroup * planeLanes)
    }

    private mutating func accumulate() {
        if counted.first {
            for filter in sums.indices { sums[filter] = 0 }
        }
        sums[counted.filter] &+= Int64(counted.negative ? -term : term)
    }
}
