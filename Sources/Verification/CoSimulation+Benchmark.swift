public import CoSim

/// Speeds of a design's checked loop.
public struct CoSimulationBenchmark: Sendable {
    /// The Swift loop beside the C++ loop on the same vectors.
    public let loops: LoopBenchmark
    /// Share of a checked run's time that golden model and stimulus take.
    public let goldenShare: Double
}

extension CheckedDesign {
    /// Measures the loops on prepared vectors in turns, then what the golden model and the stimulus cost.
    public func bench(_ settings: CoSimulationSettings, repeats: Int = 11) throws -> CoSimulationBenchmark {
        // Enough to be quiet, few enough for the vectors to stay in the processor's caches.
        let cycles = min(settings.cycles, 30_000)
        var stream = try vectors(seed: settings.seed, upsetRate: settings.upsetRate)
        let reset = stream.resetRecord()
        let clock = ContinuousClock()
        let start = clock.now
        let (inputs, expected, _) = stream.prepare(cycles: cycles)
        let goldenSeconds = (clock.now - start).seconds
        let library = try ModelLibrary(source: source)
        let vectors = try library.prepare(inputs: inputs, expected: expected, cycles: cycles)
        let loops = try LoopBenchmark.measure(
            library, seed: settings.seed, reset: reset, vectors, repeats: repeats)
        if let mismatch = loops.mismatch { throw BenchmarkMismatch(design: Pair.name, cycle: mismatch.cycle) }
        let loopSeconds = Double(cycles) / loops.swift.median
        return CoSimulationBenchmark(loops: loops, goldenShare: goldenSeconds / (goldenSeconds + loopSeconds))
    }
}

/// Prepared vectors that a loop found wrong, so that its time says nothing.
public struct BenchmarkMismatch: Error, CustomStringConvertible, Equatable, Sendable {
    let design: String
    let cycle: Int
    public var description: String { "the measured loops of '\(design)' disagree with the vectors in cycle \(cycle)" }
}
