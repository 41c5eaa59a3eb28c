import Glibc

/// Speed of the Swift loop beside the loop inside the library, on the same vectors, turn by turn.
public struct LoopBenchmark: Hashable, Sendable {
    /// Median of a quantity over the repeats with its smallest and largest value.
    public struct Spread: Hashable, Sendable {
        /// The middle value.
        public var median: Double
        /// The smallest value.
        public var smallest: Double
        /// The largest value.
        public var largest: Double

        /// Of at least one value.
        public init(_ values: [Double]) {
            let sorted = values.sorted()
            smallest = sorted.first ?? .nan
            largest = sorted.last ?? .nan
            let middle = sorted.count / 2
            let even = sorted.count % 2 == 0 && middle > 0
            median = sorted.isEmpty ? .nan : even ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        }
    }

    /// Cycles measured in each repeat, those that warm up not counted.
    public var cycles: Int
    /// Cycles per second of `PortPlan.run`.
    public var swift: Spread
    /// Cycles per second of `Model.check`.
    public var raw: Spread
    /// Swift over raw, formed in each repeat.
    public var ratio: Spread
    /// What did not agree in a run, nil as it should be.
    public var mismatch: Mismatch?

    /// Measures both loops in thread CPU time, `repeats` times in alternating order, on a fresh model each.
    ///
    /// - Parameters:
    ///   - reset: Slot record that holds the reset; applied for two cycles before the vectors.
    ///   - warmUp: The first cycles, run by the same loop before its clock starts; at most half of all.
    /// - Throws: `ModelError`, `CoSimError`.
    public static func measure(
        _ library: ModelLibrary, seed: UInt64 = 1, reset: [UInt64]? = nil, _ vectors: PreparedVectors,
        warmUp: Int = 500, repeats: Int = 11
    ) throws -> LoopBenchmark {
        let warm = 0..<min(max(0, warmUp), vectors.cycles / 2)
        let measured = warm.upperBound..<vectors.cycles
        var mismatch: Mismatch?
        /// Cycles per second of a loop over the range it is given.
        func speed(_ loop: (Range<Int>) throws -> Mismatch?) rethrows -> Double {
            let early = try loop(warm)
            let start = threadSeconds()
            let late = try loop(measured)
            let seconds = threadSeconds() - start
            mismatch = mismatch ?? early ?? late
            return Double(measured.count) / max(seconds, 1e-9)
        }
        func freshModel() throws -> Model {
            let model = try Model(library, seed: seed)
            if let reset { _ = try model.run(inputs: reset + reset, cycles: 2) }
            return model
        }
        var swift: [Double] = []
        var raw: [Double] = []
        func measureSwift() throws {
            let plan = try PortPlan(freshModel())
            swift.append(try speed { try plan.run(vectors, cycles: $0) })
        }
        func measureRaw() throws {
            let model = try freshModel()
            raw.append(try speed { try model.check(vectors, cycles: $0) })
        }
        for turn in 0..<max(1, repeats) {
            if turn % 2 == 0 {
                try measureSwift()
                try measureRaw()
            } else {
                try measureRaw()
                try measureSwift()
            }
        }
        return LoopBenchmark(
            cycles: measured.count, swift: Spread(swift), raw: Spread(raw),
            ratio: Spread(zip(swift, raw).map { $0 / $1 }), mismatch: mismatch)
    }
}

/// Processor seconds of this thread: what other programs do does not count.
public func threadSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
