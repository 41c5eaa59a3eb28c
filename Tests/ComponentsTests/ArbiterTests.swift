import BitVectors
import Components
import HDL
import Simulation
import Testing

/// Law: the items of each input come out in order, none lost, none twice; which input is next follows from those that
/// were served before, by walking round from the last one, or down from the top.
@Suite("Arbiters against their rule")
struct ArbiterTests {
    enum Rule: Sendable, CaseIterable { case roundRobin, priority }

    static let counts = [1, 2, 3, 4, 7]

    @Test("an arbiter grants by its rule, and holds a grant until its item is taken", arguments: counts, Pace.all)
    func grants(_ count: Int, _ pace: Pace) throws {
        for rule in Rule.allCases { try check(rule, count, pace) }
    }

    private func check(_ rule: Rule, _ count: Int, _ pace: Pace) throws {
        let design =
            rule == .roundRobin
            ? try elaborate(RoundRobinArbiter(count: count, width: 16))
            : try elaborate(PriorityArbiter(count: count, width: 16))
        // The item says which input it came in by, and its number there.
        let items = (0..<count).map { input in (0..<60).map { Item.word(BitVector(input << 8 | $0, width: 16)) } }
        var bench = StreamBench(
            try Simulator(design), seed: pace.seed,
            sources: (0..<count).map { StreamSource("inputs_\($0)", percent: pace.offers, items: items[$0]) },
            sinks: [StreamSink("output", percent: pace.takes)])
        let simulator = bench.simulator
        var last = count - 1
        var held: Int?
        /// Who went first while an input's item waited.
        var passed = Array(repeating: Set<Int>(), count: count)
        while bench.received < 60 * count, bench.cycles < 20_000 {
            bench.drive()
            let asking = (0..<count).filter { simulator.get("inputs_\($0)_valid").reduceOr }
            var granted = held ?? asking.first
            if rule == .roundRobin, held == nil {
                granted = (1...count).map { (last + $0) % count }.first(where: asking.contains)
            }
            let isTaking = simulator.get("output_ready").reduceOr
            #expect(simulator.get("output_valid").reduceOr == (granted != nil))
            for input in 0..<count {
                #expect(simulator.get("inputs_\(input)_ready").reduceOr == (input == granted && isTaking))
            }
            held = granted
            if let served = granted, isTaking {
                #expect(simulator.get("source").intValue == served)
                last = served
                held = nil
                for input in asking where input != served {
                    let isFirst = passed[input].insert(served).inserted
                    // At most one item of each other input.
                    if rule == .roundRobin { #expect(isFirst) }
                }
                passed[served].removeAll()
            }
            bench.step()
        }
        for input in 0..<count {
            let own = bench.sinks[0].received.filter { ($0["payload"]?.intValue ?? 0) >> 8 == input }
            #expect(own == items[input])
        }
        #expect(simulator.failures.map(\.description) == [])
        if pace.isFull { #expect(bench.cycles == 60 * count) }
    }

    @Test("each item goes to the output that it names", arguments: counts, Pace.all)
    func demultiplexer(_ count: Int, _ pace: Pace) throws {
        var random = RandomSource(seed: pace.seed)
        let destinations = (0..<200).map { _ in Int.random(in: 0..<count, using: &random) }
        let words = (0..<200).map { _ in random.word(9) }
        let width = addressWidth(count)
        let items = zip(words, destinations).map { word, destination in
            ["payload": word, "destination": BitVector(destination, width: width)]
        }
        let simulator = try Simulator(elaborate(StreamDemultiplexer(count: count, width: 9)))
        var sinks = (0..<count).map { StreamSink("outputs_\($0)", percent: pace.takes) }
        var next = 0
        var cycles = 0
        var isOffered = false
        while next < items.count, cycles < 20_000 {
            isOffered = isOffered || random.chance(pace.offers)
            simulator.set("input_valid", isOffered ? 1 : 0)
            simulator.set("input_payload", isOffered ? words[next] : random.word(9))
            simulator.set("destination", isOffered ? destinations[next] : 0)
            for index in sinks.indices { sinks[index].drive(simulator, &random) }
            for index in sinks.indices {
                let isHere = isOffered && destinations[next] == index
                #expect(simulator.get("outputs_\(index)_valid").reduceOr == isHere)
            }
            for index in sinks.indices { sinks[index].sample(simulator) }
            let isTaken = isOffered && simulator.get("input_ready").reduceOr
            simulator.step()
            cycles += 1
            if isTaken { (next, isOffered) = (next + 1, false) }
        }
        for index in 0..<count {
            let expected = zip(words, destinations).filter { $0.1 == index }.map { Item.word($0.0) }
            #expect(sinks[index].received == expected)
        }
        #expect(simulator.failures.map(\.description) == [])
        if pace.isFull { #expect(cycles == items.count) }
    }

    @Test("an item for an output that is not there waits, and is found")
    func missingDestination() throws {
        let simulator = try Simulator(elaborate(StreamDemultiplexer(count: 3, width: 1)))
        simulator.set("input_valid", 1)
        simulator.set("destination", 3)
        for output in 0..<3 { simulator.set("outputs_\(output)_ready", 1) }
        #expect(simulator.get("input_ready").isZero)
        simulator.step()
        #expect(simulator.failures.map(\.name) == ["destination_is_an_output"])
    }
}
