/// Golden twin of Engine's `WindowBuffer`: two halves of gathered windows as bit-planes.
public struct WindowBuffer: Behaviour {
    public struct Parameters: Sendable {
        public var columns = 64
        public var chunks = 16
        public var activationBits = 8
        public var planeLanes = 4
        public var pixels = 4
        public var pixelLanes = 4

        public init() {}

        public var pixelSteps: Int { pixels / pixelLanes }
        public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
        var chunkSpace: Int { 1 << max(1, Int.bitWidth - (chunks - 1).leadingZeroBitCount) }
    }

    public struct Inputs: PortRecord {
        public var write = false
        public var writeHalf = 0
        public var writePixel = 0
        public var writeChunk = 0
        public var writeCodes: [UInt8]
        public var writeLast = false
        public var issued = false
        public var free = false
        public var chunk = 0
        public var step = 0
        public var planeGroup = 0
        let parameters: Parameters

        public init(_ parameters: Parameters) {
            self.parameters = parameters
            writeCodes = Array(repeating: 0, count: parameters.columns)
        }

        public func write(to record: inout RecordWriter) {
            record.put(write)
            record.put(writeHalf)
            record.put(writePixel)
            record.put(writeChunk)
            record.put(codes: writeCodes, bits: parameters.activationBits)
            record.put(writeLast)
            record.put(issued)
            record.put(free)
            record.put(chunk)
            if parameters.pixelSteps > 1 { record.put(step) }
            if parameters.planeGroups > 1 { record.put(planeGroup) }
        }
    }

    public let parameters: Parameters
    /// Planes of each word: ((half × steps + step) × chunks + chunk) × lanes + lane, then the plane.
    private var planes: [BitRow]
    private var isFull = [false, false]
    private var counts = [0, 0]
    private var issueHalf = 0
    private var readHalf = 0

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        let words = 2 * parameters.pixelSteps * parameters.chunkSpace * parameters.pixelLanes
        planes = Array(repeating: .none, count: words * parameters.activationBits)
    }

    /// Whether the half to be issued next is complete, and its pixels, less one.
    public var isReady: Bool { isFull[issueHalf] }
    public var readyPixels: Int { counts[issueHalf] }
    /// Pixels, less one, of the half that is read.
    public var readPixels: Int { counts[readHalf] }

    private func word(half: Int, step: Int, chunk: Int, lane: Int) -> Int {
        ((half * parameters.pixelSteps + step) * parameters.chunkSpace + chunk) * parameters.pixelLanes + lane
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady)
        record.put(readyPixels)
        record.put(readPixels)
        for lane in 0..<parameters.pixelLanes {
            let word = word(half: readHalf, step: inputs.step, chunk: inputs.chunk, lane: lane)
            for number in 0..<parameters.planeLanes {
                let plane = inputs.planeGroup * parameters.planeLanes + number
                let isPlane = plane < parameters.activationBits
                record.put(
                    isPlane ? planes[word * parameters.activationBits + plane] : .none, columns: parameters.columns)
            }
        }
    }

    /// Ones that a row has in common with each plane of a lane's pixel in a group, each weighed by the plane's number
    /// in the group.
    func weighedOnes(_ row: BitRow, chunk: Int, step: Int, planeGroup: Int, lane: Int) -> Int {
        let word = word(half: readHalf, step: step, chunk: chunk, lane: lane)
        let first = planeGroup * parameters.planeLanes
        let last = min(first + parameters.planeLanes, parameters.activationBits)
        var sum = 0
        for plane in first..<last {
            sum += (row & planes[word * parameters.activationBits + plane]).onesCount << (plane - first)
        }
        return sum
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        if inputs.write {
            store(
                inputs.writeCodes, half: inputs.writeHalf, pixel: inputs.writePixel, chunk: inputs.writeChunk)
        }
        if reset {
            resetRegisters()
            return
        }
        clock(
            completes: inputs.write && inputs.writeLast ? (inputs.writeHalf, inputs.writePixel) : nil,
            issued: inputs.issued, free: inputs.free)
    }

    /// The words are memories and outlive a reset.
    mutating func resetRegisters() {
        isFull = [false, false]
        counts = [0, 0]
        issueHalf = 0
        readHalf = 0
    }

    /// The edge, but for what is stored: the half that is complete now with its pixels, less one.
    mutating func clock(completes: (half: Int, pixel: Int)?, issued: Bool, free: Bool) {
        if let completes {
            counts[completes.half] = completes.pixel
            isFull[completes.half] = true
        }
        if issued {
            isFull[issueHalf] = false
            issueHalf = 1 - issueHalf
        }
        if free { readHalf = 1 - readHalf }
    }

    /// Stores a chunk of codes as planes.
    mutating func store(_ codes: [UInt8], half: Int, pixel: Int, chunk: Int) {
        let (lane, step) = (pixel % parameters.pixelLanes, pixel / parameters.pixelLanes)
        let first = word(half: half, step: step, chunk: chunk, lane: lane) * parameters.activationBits
        for plane in 0..<parameters.activationBits {
            var bits = BitRow.none
            for (column, code) in codes.enumerated() where code >> UInt8(plane) & 1 == 1 { bits.set(column) }
            planes[first + plane] = bits
        }
    }
}
