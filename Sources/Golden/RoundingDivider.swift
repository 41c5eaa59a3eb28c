/// Golden twin of Engine's `RoundingDivider`: quotients by one divisor, rounded to the nearest, halves away from zero.
public struct RoundingDivider: Behaviour {
    public struct Inputs: PortRecord {
        public var start = false
        public var dividends: [Int]
        public var divisor = 1
        let dividendWidth: Int

        public init(dividendWidth: Int, lanes: Int) {
            self.dividendWidth = dividendWidth
            dividends = Array(repeating: 0, count: lanes)
        }

        public func write(to record: inout RecordWriter) {
            record.put(start)
            for dividend in dividends { record.put(Int64(dividend), width: dividendWidth) }
            record.put(divisor)
        }
    }

    public let quotientBits: Int
    /// Cycles until the quotients are there; 0 when they are.
    private var cyclesLeft = 0
    /// Of the last division, finished or not.
    private var latest: [Int]
    /// Whether this is the first cycle with the quotients.
    public private(set) var isDone = false

    public init(quotientBits: Int, lanes: Int) {
        self.quotientBits = quotientBits
        latest = Array(repeating: 0, count: lanes)
    }

    public var isReady: Bool { cyclesLeft == 0 }
    /// Those of the last division; zero while one is in progress.
    public var quotients: [Int] { isReady ? latest : Array(repeating: 0, count: latest.count) }

    /// The quotient rounded to the nearest, halves away from zero; the divisor is positive.
    public static func quotient(_ dividend: Int, by divisor: Int) -> Int {
        (dividend > 0 ? dividend + divisor / 2 : dividend - divisor / 2) / divisor
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        record.put(isReady)
        record.put(isDone)
        for quotient in latest { record.put(isReady ? Int64(quotient) : 0, width: quotientBits + 1) }
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        clock(start: inputs.start, dividends: inputs.dividends, divisor: inputs.divisor, reset: reset)
    }

    public mutating func clock(start: Bool, dividends: [Int], divisor: Int, reset: Bool) {
        if reset {
            cyclesLeft = 0
            isDone = false
            for lane in latest.indices { latest[lane] = 0 }
            return
        }
        isDone = cyclesLeft == 1
        if !isReady {
            cyclesLeft -= 1
        } else if start {
            cyclesLeft = quotientBits
            for lane in latest.indices { latest[lane] = Self.quotient(dividends[lane], by: divisor) }
        }
    }
}
