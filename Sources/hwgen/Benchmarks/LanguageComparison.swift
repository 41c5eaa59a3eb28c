import CoSim
import Examples

/// Ours in every style beside the bar and the other languages, run in turns.
struct LanguageComparison {
    private struct Task {
        var ours: EmissionBenchmark
        /// The median of each round.
        var medians: [Double] = []
        var peers: [(benchmark: PeerBenchmark, bar: Bench.Bar?)] = []
    }
    private var tasks: [Task]

    /// - Parameter script: Runs the other languages; nil to leave them out.
    init(columns: Int, script: String?) throws {
        let forms: [(PopcountArray.Style, PopcountArray.Shape)] = [
            (.gate, .flat), (.gate, .columns), (.word, .flat), (.native, .flat),
        ]
        tasks = forms.map { Task(ours: EmissionBenchmark($0, $1, columns: columns)) }
        guard let script else { return }
        for index in tasks.indices where tasks[index].ours.array.shape == .flat {
            let isGate = tasks[index].ours.array.style == .gate
            if tasks[index].ours.array.style == .native { continue }
            tasks[index].peers = [
                (try PeerBenchmark(script: script, tool: "amaranth-rtlil"), isGate ? .atLeast(40) : nil),
                (try PeerBenchmark(script: script, tool: "pyrtl"), isGate ? .atLeast(15) : nil),
            ]
        }
    }

    /// Every task of ours several times, and each of the others once.
    mutating func round(_ goesOn: () throws -> Void) throws {
        for index in tasks.indices {
            var seconds: [Double] = []
            for _ in 0..<BenchEmitCommand.runsOfRound {
                try goesOn()
                try tasks[index].ours.run()
                seconds += tasks[index].ours.seconds.suffix(1)
            }
            tasks[index].medians.append(LoopBenchmark.Spread(seconds).median)
            for peer in tasks[index].peers.indices {
                try goesOn()
                try tasks[index].peers[peer].benchmark.run(tasks[index].ours.array)
            }
        }
    }

    var benches: [Bench] {
        tasks.flatMap { task -> [Bench] in
            let ours = task.ours.seconds
            let limit = [Double](repeating: BenchEmitCommand.barSeconds, count: ours.count)
            let own = Bench(
                task.ours.name, ours: ours, reference: limit, "the bar", unit: "s", nodes: task.ours.nodes,
                bar: .atLeast(1)
            ) { $1 / $0 }
            return [own]
                + task.peers.map { peer in
                    Bench(
                        task.ours.name, ours: task.medians, reference: peer.benchmark.runs.map(\.seconds),
                        peer.benchmark.name, unit: "s", nodes: task.ours.nodes, bar: peer.bar
                    ) { $1 / $0 }
                }
        }
    }
}
