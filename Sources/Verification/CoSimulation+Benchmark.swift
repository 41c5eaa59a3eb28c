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
        let (inputs, expected, _) = Pair.prepare(&stream, cycles: cycles)
        let library = try ModelLibrary(source: source)
        let vectors = try library.prepare(inputs: inputs, expected: expected, cycles: cycles)
        let loops = try LoopBenchmark.measure(
            library, seed: settings.seed, reset: reset, vectors, repeats: repeats)
        if let mismatch = loops.mismatch { throw BenchmarkMismatch(design: Pair.name, cycle: mismatch.cycle) }
        // What a checked run takes more than the loop on vectors.
        var driver = try Pair.driver(of: hardware, seed: settings.seed, upsetRate: settings.upsetRate)
        let lockstep = try Lockstep(
            Model(library, seed: settings.seed), twin: Pair.twin(of: hardware), idle: driver.idle)
        let clock = ContinuousClock()
        let seconds = try (0..<repeats).map { _ in
            let start = clock.now
            try Pair.run(lockstep, &driver, cycles: cycles)
            return (clock.now - start).seconds
        }
        let loopSeconds = Double(cycles) / loops.swift.median
        return CoSimulationBenchmark(
            loops: loops, goldenShare: max(0, 1 - loopSeconds / LoopBenchmark.Spread(seconds).median))
    }
}

/// Prepared vectors that a loop found wrong, so that its time says nothing.
public struct BenchmarkMismatch: Error, CustomStringConvertible, Equatable, Sendable {
    let design: String
    let cycle: Int
    public var description: String { "the measured loops of '\(design)' disagree with the vectors in cycle \(cycle)" }
}
