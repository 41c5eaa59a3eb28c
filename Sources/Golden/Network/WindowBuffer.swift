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
        var chunkSpace: Int { Golden.addressSpace(chunks) }
    }

    public struct Inputs: PortRecord {
        public var write = false
        public var writeHalf = 0
        public var writePixel = 0
        public var writeChunk = 0
        public var writeCodes: [UInt8]
        public var writeLast = false
        public var issueChunk = 0
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
            record.put(issueChunk)
            record.put(issued)
            record.put(free)
            record.put(chunk)
            if parameters.pixelSteps > 1 { record.put(step) }
            if parameters.planeGroups > 1 { record.put(planeGroup) }
        }
    }

    public let parameters: Parameters
    /// Planes of each word: ((half × steps + step) × chunks + chunk) × lanes + lane, then the plane, in as many 64-bit
    /// words as a row has.
    private var planes: [UInt64]
    private let rowWords: Int
    /// Steps of a row in which a chunk has a set bit, half by half.
    private var nonzero: [UInt64]
    private var isFull = [false, false]
    private var counts = [0, 0]
    private var issueHalf = 0
    private var readHalf = 0

    public init(_ parameters: Parameters) {
        self.parameters = parameters
        let words = 2 * parameters.pixelSteps * parameters.chunkSpace * parameters.pixelLanes
        rowWords = (parameters.columns + 63) / 64
        planes = Array(repeating: 0, count: words * parameters.activationBits * rowWords)
        nonzero = Array(repeating: 0, count: 2 * parameters.chunkSpace)
    }

    /// Whether the half to be issued next is complete, and its pixels, less one.
    public var isReady: Bool { isFull[issueHalf] }
    public var readyPixels: Int { counts[issueHalf] }
    /// Pixels, less one, of the half that is read.
    public var readPixels: Int { counts[readHalf] }

    /// The steps in which a chunk of the half to be issued has a set bit.
    func nonzeroSteps(chunk: Int) -> UInt64 { nonzero[issueHalf * parameters.chunkSpace + chunk] }

    private func word(half: Int, step: Int, chunk: Int, lane: Int) -> Int {
        ((half * parameters.pixelSteps + step) * parameters.chunkSpace + chunk) * parameters.pixelLanes + lane
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady)
        record.put(readyPixels)
        record.put(nonzeroSteps(chunk: inputs.issueChunk))
        record.put(readPixels)
        for lane in 0..<parameters.pixelLanes {
            let word = word(half: readHalf, step: inputs.step, chunk: inputs.chunk, lane: lane)
            for number in 0..<parameters.planeLanes {
                let plane = inputs.planeGroup * parameters.planeLanes + number
                for number in 0..<rowWords {
                    let isPlane = plane < parameters.activationBits
                    record.put(isPlane ? planes[first(word: word, plane: plane) + number] : 0)
                }
            }
        }
    }

    /// Ones that a row has in common with each plane of a lane's pixel in a group, each weighed by the plane's number
    /// in the group.
    func weighedOnes(_ row: BitRow, chunk: Int, step: Int, planeGroup: Int, lane: Int) -> Int {
        let word = word(half: readHalf, step: step, chunk: chunk, lane: lane)
        let firstPlane = planeGroup * parameters.planeLanes
        let count = min(parameters.planeLanes, parameters.activationBits - firstPlane)
        var index = first(word: word, plane: firstPlane)
        var sum = 0
        for plane in 0..<count {
            var ones = 0
            for number in 0..<rowWords { ones &+= (row[number] & planes[index + number]).nonzeroBitCount }
            sum &+= ones << plane
            index += rowWords
        }
        return sum
    }

    private func first(word: Int, plane: Int) -> Int { (word * parameters.activationBits + plane) * rowWords }

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
        let word = word(half: half, step: step, chunk: chunk, lane: lane)
        let place = half * parameters.chunkSpace + chunk
        if pixel == 0 { nonzero[place] = 0 }
        for plane in 0..<parameters.activationBits {
            let first = first(word: word, plane: plane)
            let group = UInt64(step * parameters.planeGroups + plane / parameters.planeLanes)
            for number in 0..<rowWords {
                var bits: UInt64 = 0
                for column in 64 * number..<min(64 * number + 64, codes.count) {
                    bits |= UInt64(codes[column] >> UInt8(plane) & 1) << UInt64(column & 63)
                }
                planes[first + number] = bits
                if bits != 0 { nonzero[place] |= 1 << group }
            }
        }
    }
}
