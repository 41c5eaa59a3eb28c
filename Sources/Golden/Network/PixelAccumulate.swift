/// Golden twin of Engine's `PixelAccumulate`: counts, weighs and accumulates for all pixel lanes.
public struct PixelAccumulate: Behaviour {
    public struct Parameters: Sendable {
        public var columns = 64
        public var planeLanes = 4
        public var activationBits = 8
        public var planes = 7
        public var pixels = 4
        public var pixelLanes = 4
        public var accumulatorWidth = 32

        public init() {}

        public var pixelSteps: Int { pixels / pixelLanes }
        public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    }

    /// What a row is to the sums.
    public struct Work: Sendable {
        public var negative = false
        public var plane = 0
        public var planeGroup = 0
        public var step = 0
        public var first = false
        public var last = false
        public var empty = false
        /// One bit a lane that has a pixel.
        public var used: UInt64 = 0
        public var bias: Int32 = 0
        public init() {}
    }

    public struct Inputs: PortRecord {
        public var valid = false
        public var row = BitRow.none
        public var activations: [BitRow]
        public var work = Work()
        public var clear = false
        let parameters: Parameters

        public init(_ parameters: Parameters) {
            self.parameters = parameters
            activations = Array(repeating: .none, count: parameters.pixelLanes * parameters.planeLanes)
        }

        public func write(to record: inout RecordWriter) {
            record.put(valid)
            record.put(row, columns: parameters.columns)
            for plane in activations { record.put(plane, columns: parameters.columns) }
            record.put(work.negative)
            if parameters.planes > 1 { record.put(work.plane) }
            if parameters.planeGroups > 1 { record.put(work.planeGroup) }
            if parameters.pixelSteps > 1 { record.put(work.step) }
            record.put(work.first)
            record.put(work.last)
            record.put(work.empty)
            record.put(work.used)
            record.put(Int(UInt32(bitPattern: work.bias)))
            record.put(clear)
        }
    }

    public let parameters: Parameters
    private let largest: Int
    private var isCounted = false
    private var counted = Work()
    private var terms: [Int]
    /// Sums of each step, lane by lane.
    private var accumulators: [Int]
    public private(set) var isDone = false
    public private(set) var doneStep = 0
    /// The sums of the step that was done last, one a lane.
    public private(set) var sums: [Int]
    public private(set) var isSaturated = false

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        largest = 1 << (parameters.accumulatorWidth - 1) - 1
        terms = Array(repeating: 0, count: parameters.pixelLanes)
        accumulators = Array(repeating: 0, count: parameters.pixels)
        sums = Array(repeating: 0, count: parameters.pixelLanes)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isDone)
        if parameters.pixelSteps > 1 { record.put(doneStep) }
        for sum in sums { record.put(Int64(sum), width: parameters.accumulatorWidth) }
        record.put(isSaturated)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if reset {
            self = Self(parameters)
            return
        }
        let planeLanes = parameters.planeLanes
        clock(valid: inputs.valid, work: inputs.work, clear: inputs.clear) { lane in
            var ones = 0
            for number in 0..<planeLanes {
                ones += (inputs.row & inputs.activations[lane * planeLanes + number]).onesCount << number
            }
            return ones
        }
    }

    /// The edge, given the ones that the row has in common with a lane's planes, weighed by their numbers in the group.
    @inline(__always)
    mutating func clock(valid: Bool, work: Work, clear: Bool, weighedOnes: (_ lane: Int) -> Int) {
        let overflows = isCounted && accumulate()
        isSaturated = !clear && (isSaturated || overflows)
        isDone = isCounted && counted.last
        isCounted = valid
        guard valid else { return }
        counted = work
        let shift = work.plane + work.planeGroup * parameters.planeLanes
        for lane in terms.indices {
            let isCounting = !work.empty && work.used >> UInt64(lane) & 1 == 1
            terms[lane] = isCounting ? weighedOnes(lane) << shift : 0
        }
    }

    /// Whether a sum was beyond the accumulator, and all sums, lane by lane.
    func save(to state: inout StateBits) {
        state.put(isSaturated)
        for place in placesOfState { state.put(accumulators[place], parameters.accumulatorWidth) }
    }

    mutating func restore(from state: inout StateReader) {
        isSaturated = state.takeBit()
        for place in placesOfState { accumulators[place] = state.takeSigned(parameters.accumulatorWidth) }
    }

    private var placesOfState: [Int] {
        (0..<parameters.pixelLanes).flatMap { lane in
            (0..<parameters.pixelSteps).map { $0 * parameters.pixelLanes + lane }
        }
    }

    /// Adds the terms to the step's sums; returns whether one of them left the accumulator.
    private mutating func accumulate() -> Bool {
        var overflows = false
        let first = counted.step * parameters.pixelLanes
        for lane in terms.indices {
            var isBeyond = false
            var previous = accumulators[first + lane]
            if counted.first { previous = saturated(Int(counted.bias), &isBeyond) }
            let term = counted.negative ? -terms[lane] : terms[lane]
            accumulators[first + lane] = saturated(previous + term, &isBeyond)
            if isBeyond && counted.used >> UInt64(lane) & 1 == 1 { overflows = true }
            if counted.last { sums[lane] = accumulators[first + lane] }
        }
        if counted.last { doneStep = counted.step }
        return overflows
    }

    private func saturated(_ value: Int, _ overflows: inout Bool) -> Int {
        if value > largest || value < -largest - 1 { overflows = true }
        return min(max(value, -largest - 1), largest)
    }
}
