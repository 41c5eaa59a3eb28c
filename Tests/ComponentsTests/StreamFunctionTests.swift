import BitVectors
import Components
import HDL
import Simulation
import Testing

/// Fields of an item, the first one most significant.
private struct Pair: SignalBundle {
    let first = Field(3), second = Field(5)
}

/// Each function of a stream between an input and an output.
private struct FunctionChain: Module {
    enum Kind: Hashable, Sendable, CaseIterable { case map, bundles, forwardRegister, registerSlice }

    let kind: Kind

    struct Ports: SignalBundle {
        let input: Flipped<Stream>
        let output: Stream
    }

    func ports() -> Ports { Ports(input: Flipped(Stream(8)), output: Stream(8)) }

    func build(_ m: Builder<Ports>) {
        switch kind {
        case .map:
            m.output.connect(to: m.map("inverted", m.input) { ~$0 })
        case .bundles:
            // The fields change places.
            let pairs = m.bundles("pairs", of: m.input, as: Pair())
            let swapped = m.map("swapped", m.packed("words", of: pairs)) {
                concatenate([$0[0..<5], $0[5..<8]])
            }
            m.output.connect(to: swapped)
        case .forwardRegister:
            m.output.connect(to: m.forwardRegister("stage", m.input))
        case .registerSlice:
            m.output.connect(to: m.registerSlice("slice", m.input))
        }
        m.assertStable("output", m.output)
    }
}

/// An AXI4-Stream that goes through words and back.
private struct AXI4StreamLoop: Module {
    let hasKeep, hasLast: Bool
    let userWidth: Int

    struct Ports: SignalBundle {
        let input: Flipped<AXI4Stream>
        let output: AXI4Stream
    }

    private var bus: AXI4Stream {
        AXI4Stream(dataWidth: 16, hasKeep: hasKeep, hasLast: hasLast, userWidth: userWidth)
    }

    func ports() -> Ports { Ports(input: Flipped(bus), output: bus) }

    func build(_ m: Builder<Ports>) {
        let words = m.registerSlice("slice", m.stream("words", of: m.input))
        m.output.connect(words: words)
        m.assumeStable("input", m.input)
        m.assertStable("output", m.output)
    }
}

/// Law: a function of a stream changes items, or when they come, never their number or order.
@Suite("Functions of streams")
struct StreamFunctionTests {
    @Test("items come out in order, changed as the function says", arguments: Pace.all)
    func functions(_ pace: Pace) throws {
        for kind in FunctionChain.Kind.allCases {
            var random = RandomSource(seed: pace.seed)
            let words = (0..<150).map { _ in random.word(8) }
            var bench = StreamBench(
                try Simulator(elaborate(FunctionChain(kind: kind))), seed: pace.seed,
                sources: [StreamSource("input", percent: pace.offers, items: words.map(Item.word))],
                sinks: [StreamSink("output", percent: pace.takes)])
            let cycles = bench.run(until: words.count, limit: 10_000)
            let expected = words.map { word -> BitVector in
                switch kind {
                case .map: BitVector(255 - (word.intValue ?? 0), width: 8)
                case .bundles: BitVector(((word.intValue ?? 0) % 32) * 8 + (word.intValue ?? 0) / 32, width: 8)
                case .forwardRegister, .registerSlice: word
                }
            }
            #expect(bench.sinks[0].received == expected.map(Item.word))
            let latency = kind == .forwardRegister || kind == .registerSlice ? 1 : 0
            if pace.isFull { #expect(cycles == words.count + latency) }
        }
    }

    @Test("an AXI4-Stream keeps all its signals through words and back", arguments: Pace.all)
    func axi4Stream(_ pace: Pace) throws {
        for (hasKeep, hasLast, userWidth) in [(true, true, 3), (false, true, 0), (true, false, 1), (false, false, 0)] {
            var random = RandomSource(seed: pace.seed)
            let items = (0..<100).map { _ in
                var item = ["data": random.word(16)]
                if hasKeep { item["keep"] = random.word(2) }
                if hasLast { item["last"] = random.word(1) }
                if userWidth > 0 { item["user"] = random.word(userWidth) }
                return item
            }
            let loop = AXI4StreamLoop(hasKeep: hasKeep, hasLast: hasLast, userWidth: userWidth)
            var bench = StreamBench(
                try Simulator(elaborate(loop)), seed: pace.seed,
                sources: [StreamSource("input", percent: pace.offers, items: items, separator: "_t")],
                sinks: [
                    StreamSink("output", percent: pace.takes, fields: items[0].keys.sorted(), separator: "_t")
                ])
            _ = bench.run(until: items.count, limit: 10_000)
            #expect(bench.sinks[0].received == items)
        }
    }

    @Test("words are put together from the top: user, last, keep, data")
    func order() throws {
        let loop = AXI4StreamLoop(hasKeep: true, hasLast: true, userWidth: 3)
        let simulator = try Simulator(elaborate(loop))
        for (name, value) in [("valid", 1), ("data", 0x1234), ("keep", 0b10), ("last", 1), ("user", 0b101)] {
            simulator.set("input_t\(name)", value)
        }
        #expect(simulator.get("words_payload").intValue == (0b101 << 19 | 1 << 18 | 0b10 << 16 | 0x1234))
    }
}
