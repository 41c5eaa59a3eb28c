import Glibc

/// Speed of the Swift loop beside the loop inside the library, on the same vectors, turn by turn.
public struct LoopBenchmark: Hashable, Sendable {
    /// Median of a quantity over the repeats with its smallest and largest value.
    public struct Spread: Hashable, Sendable {
        public var median: Double
        public var smallest: Double
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
    /// - Parameter reset: Slot record that holds the reset; applied for two cycles before the vectors.
    /// - Throws: `ModelError`, `CoSimError`.
    public static func measure(
        _ library: ModelLibrary, seed: UInt64 = 1, reset: [UInt64]? = nil, _ vectors: PreparedVectors,
        repeats: Int = 9
    ) throws -> LoopBenchmark {
        let cycles = vectors.cycles
        func freshModel() throws -> Model {
            let model = try Model(library, seed: seed)
            if let reset { _ = try model.run(inputs: reset + reset, cycles: 2) }
            return model
        }
        var swift: [Double] = []
        var raw: [Double] = []
        var mismatch: Mismatch?
        func time(_ body: () throws -> Mismatch?) rethrows -> Double {
            let start = threadSeconds()
            if let found = try body() { mismatch = mismatch ?? found }
            return Double(cycles) / max(threadSeconds() - start, 1e-9)
        }
        for turn in 0..<max(1, repeats) {
            let plan = try PortPlan(freshModel())
            let model = try freshModel()
            let measureSwift = {
                swift.append(try time { try plan.run(vectors) })
            }
            let measureRaw = {
                raw.append(try time { try model.check(vectors) })
            }
            if turn % 2 == 0 {
                try measureSwift()
                try measureRaw()
            } else {
                try measureRaw()
                try measureSwift()
            }
        }
        return LoopBenchmark(
            cycles: cycles, swift: Spread(swift), raw: Spread(raw), ratio: Spread(zip(swift, raw).map { $0 / $1 }),
            mismatch: mismatch)
    }
}

/// CPU seconds of this thread: what other programs do does not count.
private func threadSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
