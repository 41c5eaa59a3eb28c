import BitVectors
import Components
import HDL
import Simulation
import Testing

/// Law: a queue is an array at whose end items are put and from whose front they are taken. In every cycle the module
/// shows what the array says.
@Suite("Queues against an array")
struct QueueTests {
    struct Shape: Sendable, CustomStringConvertible {
        let depth: Int
        let width: Int
        let storage: StreamFIFO.Storage
        var description: String { "\(depth) × \(width), \(storage)" }
    }

    static let shapes = [1, 2, 3, 4, 5, 8, 13].flatMap { depth in
        [
            Shape(depth: depth, width: 8, storage: .memory),
            Shape(depth: depth, width: depth == 3 ? 65 : 1, storage: .registers),
        ]
    }

    @Test("a FIFO is an array of its depth", arguments: shapes, Pace.all)
    func fifo(_ shape: Shape, _ pace: Pace) throws {
        let module = StreamFIFO(width: shape.width, depth: shape.depth, storage: shape.storage)
        var random = RandomSource(seed: pace.seed)
        let items = (0..<300).map { _ in Item.word(random.word(shape.width)) }
        var bench = StreamBench(
            try Simulator(elaborate(module)), seed: pace.seed,
            sources: [StreamSource("input", percent: pace.offers, items: items)],
            sinks: [StreamSink("output", percent: pace.takes)])
        let simulator = bench.simulator
        var queue: [BitVector] = []
        while bench.received < items.count, bench.cycles < 20_000 {
            bench.drive()
            let isTaking = simulator.get("output_ready").reduceOr
            let hasRoom = queue.count < shape.depth || (shape.depth == 1 && isTaking)
            #expect(simulator.get("count").intValue == queue.count)
            #expect(simulator.get("input_ready").reduceOr == hasRoom)
            #expect(simulator.get("output_valid").reduceOr == !queue.isEmpty)
            if let oldest = queue.first { #expect(simulator.get("output_payload") == oldest) }
            let isPut = simulator.get("input_valid").reduceOr && hasRoom
            let put = simulator.get("input_payload")
            if isTaking, !queue.isEmpty { queue.removeFirst() }
            if isPut { queue.append(put) }
            bench.step()
        }
        #expect(bench.sinks[0].received == items)
        #expect(simulator.failures.map(\.description) == [])
        // The first item takes a cycle more; then there is one in every cycle.
        if pace.isFull { #expect(bench.cycles == items.count + 1) }
    }

    @Test("a skid buffer is an array of two, and neither side sees the other in the same cycle", arguments: Pace.all)
    func skidBuffer(_ pace: Pace) throws {
        var random = RandomSource(seed: pace.seed)
        let items = (0..<300).map { _ in Item.word(random.word(12)) }
        var bench = StreamBench(
            try Simulator(elaborate(SkidBuffer(width: 12))), seed: pace.seed,
            sources: [StreamSource("input", percent: pace.offers, items: items)],
            sinks: [StreamSink("output", percent: pace.takes)])
        let simulator = bench.simulator
        var queue: [BitVector] = []
        while bench.received < items.count, bench.cycles < 20_000 {
            bench.drive()
            for (valid, ready) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let before = (simulator.get("input_valid"), simulator.get("output_ready"))
                simulator.set("input_valid", valid)
                simulator.set("output_ready", ready)
                #expect(simulator.get("input_ready").reduceOr == (queue.count < 2))
                #expect(simulator.get("output_valid").reduceOr == !queue.isEmpty)
                simulator.set("input_valid", before.0)
                simulator.set("output_ready", before.1)
            }
            if let oldest = queue.first { #expect(simulator.get("output_payload") == oldest) }
            let isPut = simulator.get("input_valid").reduceOr && queue.count < 2
            let put = simulator.get("input_payload")
            if simulator.get("output_ready").reduceOr, !queue.isEmpty { queue.removeFirst() }
            if isPut { queue.append(put) }
            bench.step()
        }
        #expect(bench.sinks[0].received == items)
        #expect(simulator.failures.map(\.description) == [])
        if pace.isFull { #expect(bench.cycles == items.count + 1) }
    }

    @Test("a reset empties a queue")
    func reset() throws {
        let simulator = try Simulator(elaborate(StreamFIFO(width: 4, depth: 3)))
        simulator.set("input_valid", 1)
        simulator.set("input_payload", 9)
        simulator.step(2)
        #expect(simulator.get("count") == BitVector(2, width: 2))
        simulator.set("rst", 1)
        simulator.step()
        #expect(simulator.get("count").isZero)
        simulator.set("rst", 0)
        simulator.set("input_payload", 5)
        simulator.step()
        #expect(simulator.get("output_payload") == BitVector(5, width: 4))
        #expect(simulator.failures.isEmpty)
    }

    @Test("an item that is taken back before it was taken is found, with its place")
    func unstableInput() throws {
        let simulator = try Simulator(elaborate(StreamFIFO(width: 4, depth: 1)))
        simulator.set("input_valid", 1)
        simulator.step(2)
        simulator.set("input_payload", 3)
        simulator.step()
        simulator.set("input_valid", 0)
        simulator.step()
        #expect(simulator.failures.map(\.name) == ["input_keeps_its_item", "input_stays_valid"])
        #expect(simulator.failures.map(\.kind) == [.assume, .assume])
        #expect(simulator.failures.map(\.cycle) == [2, 3])
        #expect(simulator.failures.allSatisfy { $0.location.file.description == "Components/StreamFIFO.swift" })
    }
}
