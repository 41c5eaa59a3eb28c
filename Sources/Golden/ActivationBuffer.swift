/// Golden twin of Engine's `ActivationBuffer`: two images of bit-planes, one filled while the other is computed.
public struct ActivationBuffer: Behaviour {
    public struct Inputs: PortRecord {
        public var valid = false
        /// Bit-planes of the chunk, least significant first.
        public var planes: [BitRow]
        public var issued = false
        public var free = false
        public var chunk = 0
        public var planeGroup = 0
        public let columns: Int
        let planeGroups: Int

        public init(columns: Int, activationBits: Int, planeGroups: Int) {
            self.columns = columns
            self.planeGroups = planeGroups
            planes = Array(repeating: .none, count: activationBits)
        }

        public func write(to record: inout RecordWriter) {
            record.put(valid)
            for plane in planes { record.put(plane, columns: columns) }
            record.put(issued)
            record.put(free)
            record.put(chunk)
            if planeGroups > 1 { record.put(planeGroup) }
        }
    }

    let columns: Int
    let chunks: Int
    let activationBits: Int
    let planeLanes: Int
    /// Chunk addresses of a half: the chunks rounded up to a power of two.
    private let halfSize: Int
    /// Planes of each chunk of each half.
    private var words: [BitRow]
    /// One bit a half: it holds an image, and that image waits to be issued.
    private var full = 0
    private var waiting = 0
    private var fillHalf = 0
    private var issueHalf = 0
    private var readHalf = 0
    private var fillChunk = 0

    public init(columns: Int, chunks: Int, activationBits: Int, planeLanes: Int) {
        self.columns = columns
        self.chunks = chunks
        self.activationBits = activationBits
        self.planeLanes = planeLanes
        halfSize = chunks <= 2 ? 2 : 1 << (Int.bitWidth - (chunks - 1).leadingZeroBitCount)
        words = Array(repeating: .none, count: 2 * halfSize * activationBits)
    }

    public var isReady: Bool { full >> fillHalf & 1 == 0 }
    public var isImageReady: Bool { waiting >> issueHalf & 1 == 1 }

    /// The plane that a lane carries; none beyond the last plane.
    @inline(__always)
    public func lane(_ lane: Int, chunk: Int, planeGroup: Int) -> BitRow {
        let plane = planeGroup * planeLanes + lane
        return plane < activationBits ? words[(readHalf * halfSize + chunk) * activationBits + plane] : .none
    }

    /// The ones of a row AND each lane's plane, weighed by the lane's significance in its group.
    func weighedOnes(_ row: BitRow, chunk: Int, planeGroup: Int) -> Int {
        var sum = 0
        for number in 0..<planeLanes {
            sum += (row & lane(number, chunk: chunk, planeGroup: planeGroup)).onesCount << number
        }
        return sum
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady)
        record.put(isImageReady)
        for number in 0..<planeLanes {
            record.put(lane(number, chunk: inputs.chunk, planeGroup: inputs.planeGroup), columns: columns)
        }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clock(valid: inputs.valid, planes: inputs.planes, issued: inputs.issued, free: inputs.free, reset: reset)
    }

    public mutating func clock(valid: Bool, planes: [BitRow], issued: Bool, free: Bool, reset: Bool) {
        let fills = valid && isReady
        if fills {
            let start = (fillHalf * halfSize + fillChunk) * activationBits
            for plane in 0..<activationBits { words[start + plane] = planes[plane] }
        }
        if reset {
            full = 0
            waiting = 0
            (fillHalf, issueHalf, readHalf, fillChunk) = (0, 0, 0, 0)
            return
        }
        let isFilled = fills && fillChunk == chunks - 1
        if isFilled {
            full |= 1 << fillHalf
            waiting |= 1 << fillHalf
        }
        if free { full &= ~(1 << readHalf) }
        if issued { waiting &= ~(1 << issueHalf) }
        if fills { fillChunk = isFilled ? 0 : fillChunk + 1 }
        if isFilled { fillHalf ^= 1 }
        if issued { issueHalf ^= 1 }
        if free { readHalf ^= 1 }
    }
}
