import CoSim
import Examples

/// How the time grows when the array has ten times the columns.
struct GrowthBenchmark {
    private var small: EmissionBenchmark
    private var large: EmissionBenchmark
    /// The median of each round.
    private var smallSeconds: [Double] = []

    init(columns: Int) {
        small = EmissionBenchmark(.gate, .flat, columns: columns)
        large = EmissionBenchmark(.gate, .flat, columns: 10 * columns)
    }

    /// The small array several times, and the large one once.
    mutating func round() throws {
        for _ in 0..<BenchEmitCommand.runsOfRound { try small.run() }
        try large.run()
        smallSeconds.append(LoopBenchmark.Spread(small.seconds.suffix(BenchEmitCommand.runsOfRound)).median)
    }

    var bench: Bench {
        Bench(
            "growth to \(large.nodes) nodes", ours: large.seconds, reference: smallSeconds,
            "\(small.nodes) nodes", unit: "s", nodes: large.nodes, bar: .atMost(12)
        ) { $0 / $1 }
    }
}
