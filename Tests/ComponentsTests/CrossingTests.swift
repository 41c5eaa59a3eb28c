import BitVectors
import Components
import HDL
import Simulation
import Testing

/// Law: whatever the order of the edges of two clocks, also at once, what goes in on one side comes out on the other.
@Suite("Crossings between clocks in any order")
struct CrossingTests {
    /// Edges of two clocks, by their periods, or at random.
    struct Clocks: Sendable, CustomStringConvertible {
        /// Units of time; zero for random edges.
        let periods: (first: Int, second: Int)
        let seed: UInt64
        var description: String { "periods \(periods.first) and \(periods.second), seed \(seed)" }

        private static let pairs: [(Int, Int)] = [
            (0, 0), (10, 10), (7, 10), (10, 7), (3, 29), (29, 3), (100, 101), (2, 1), (1, 2),
        ]
        static let all = pairs.enumerated().map { index, pair in
            Clocks(periods: (first: pair.0, second: pair.1), seed: UInt64(index + 5))
        }

        /// The names of those that have their edge.
        static func names(_ edge: (first: Bool, second: Bool), _ first: String, _ second: String) -> Set<String> {
            Set((edge.first ? [first] : []) + (edge.second ? [second] : []))
        }

        /// Which of the two clocks have their edge, one event after the other.
        func edges(_ count: Int) -> [(first: Bool, second: Bool)] {
            var random = RandomSource(seed: seed)
            if periods.first == 0 {
                let choices = [(first: true, second: false), (false, true), (true, true)]
                return (0..<count).map { _ in choices[Int.random(in: 0..<3, using: &random)] }
            }
            var edges: [(first: Bool, second: Bool)] = []
            var time = (first: Int.random(in: 0..<periods.first, using: &random), second: 0)
            while edges.count < count {
                let now = min(time.first, time.second)
                edges.append((time.first == now, time.second == now))
                if time.first == now { time.first += periods.first }
                if time.second == now { time.second += periods.second }
            }
            return edges
        }
    }

    @Test(
        "an asynchronous FIFO keeps items and order", arguments: [(2, 2), (4, 2), (8, 3), (16, 2), (64, 4)], Clocks.all)
    func asynchronousFIFO(_ shape: (depth: Int, stages: Int), _ clocks: Clocks) throws {
        for (offers, takes) in [(100, 100), (60, 30), (20, 100)] {
            var random = RandomSource(seed: clocks.seed)
            let module = AsynchronousFIFO(width: 10, depth: shape.depth, stages: shape.stages)
            let simulator = try Simulator(elaborate(module))
            let items = (0..<100).map { _ in Item.word(random.word(10)) }
            var source = StreamSource("input", percent: offers, items: items)
            var sink = StreamSink("output", percent: takes)
            var most = 0
            for edge in clocks.edges(20_000) {
                // Signals of a domain change only by its edges.
                if edge.first { source.drive(simulator, &random) }
                if edge.second { sink.drive(simulator, &random) }
                if edge.first { source.sample(simulator) }
                if edge.second { sink.sample(simulator) }
                simulator.step(clocks: Clocks.names(edge, "write", "read"))
                most = max(most, source.sent.count - sink.received.count)
                if sink.received.count == items.count { break }
            }
            #expect(sink.received == items)
            #expect(most <= shape.depth + 1)
            #expect(simulator.failures.map(\.description) == [])
        }
    }

    @Test("an asynchronous FIFO of enough depth moves an item in every cycle of the slower clock")
    func throughput() throws {
        for stages in [2, 3] {
            let module = AsynchronousFIFO(width: 8, depth: 8, stages: stages)
            let simulator = try Simulator(elaborate(module))
            simulator.set("input_valid", 1)
            simulator.set("output_ready", 1)
            var taken = 0
            for cycle in 0..<200 {
                if cycle >= 100 { taken += simulator.get("output_valid").reduceOr ? 1 : 0 }
                simulator.step(clocks: ["write", "read"])
            }
            #expect(taken == 100)
        }
    }

    @Test("an asynchronous FIFO that is not read fills up and takes no more", arguments: [2, 8])
    func full(depth: Int) throws {
        let simulator = try Simulator(elaborate(AsynchronousFIFO(width: 8, depth: depth)))
        simulator.set("input_valid", 1)
        var taken = 0
        for _ in 0..<40 {
            taken += simulator.get("input_ready").reduceOr ? 1 : 0
            simulator.step(clocks: ["write", "read"])
        }
        #expect(taken == depth + 1)
        #expect(simulator.failures.isEmpty)
    }

    @Test("each pulse that may come arrives once", arguments: [2, 3], Clocks.all)
    func pulses(_ stages: Int, _ clocks: Clocks) throws {
        let simulator = try Simulator(elaborate(PulseSynchronizer(stages: stages)))
        var random = RandomSource(seed: clocks.seed)
        var (sent, arrived) = (0, 0)
        let edges = clocks.edges(3_000)
        for (index, edge) in edges.enumerated() {
            if edge.first {
                // At the end no more, so that the last one can arrive.
                let isSent = index < 2_000 && simulator.get("ready").reduceOr && random.chance(50)
                simulator.set("pulse", isSent ? 1 : 0)
                sent += isSent ? 1 : 0
            }
            if edge.second { arrived += simulator.get("arrived_pulse").reduceOr ? 1 : 0 }
            simulator.step(clocks: Clocks.names(edge, "source", "destination"))
            #expect(arrived <= sent)
        }
        #expect(sent > 20)
        #expect(arrived == sent)
        #expect(simulator.failures.map(\.description) == [])
    }

    @Test("a synchroniser shows what was there some edges ago", arguments: [2, 3, 5])
    func synchronizer(stages: Int) throws {
        let simulator = try Simulator(elaborate(Synchronizer(width: 70, stages: stages)))
        var random = RandomSource(seed: UInt64(stages))
        var history = Array(repeating: BitVector.zeros(70), count: stages)
        for _ in 0..<200 {
            let value = random.word(70)
            simulator.set("value", value)
            #expect(simulator.get("synchronized_value") == history[history.count - stages])
            history.append(value)
            simulator.step()
        }
    }

    @Test("a reset begins without an edge and ends some edges after its cause", arguments: [2, 4])
    func reset(stages: Int) throws {
        for level in [Clocking.Level.high, .low] {
            let (active, port, output) = level == .high ? (1, "rst", "reset") : (0, "rst_n", "reset_n")
            let simulator = try Simulator(elaborate(ResetSynchronizer(stages: stages, level: level)))
            func isActive() -> Bool { simulator.get(output).intValue == active }
            simulator.set(port, 1 - active)
            simulator.step(stages + 1)
            #expect(!isActive())
            for held in [0, 1, 3] {
                simulator.set(port, active)
                #expect(isActive())
                simulator.step(held)
                #expect(isActive())
                simulator.set(port, 1 - active)
                for _ in 0..<stages {
                    #expect(isActive())
                    simulator.step()
                }
                #expect(!isActive())
            }
        }
    }
}
