import BitVectors
import HDL
import Testing

/// A stream's producer end.
private struct Stream: SignalBundle {
    let data: Output
    let valid = Output()
    let ready = Input()
    init(_ width: Int) { data = Output(width) }
}

private struct Fields: SignalBundle {
    let high: Field
    let flag = Field()
    let low: Field
    let extra: Field?
    init(_ high: Int, _ low: Int, extra: Int? = nil) {
        self.high = Field(high)
        self.low = Field(low)
        self.extra = extra.map { Field($0) }
    }
}

/// Passes a stream on, each word raised by one.
private struct Raise: Module {
    struct Ports: SignalBundle {
        let source = Flipped(Stream(4))
        let sink = Stream(4)
        let lanes: [Flipped<Stream>]
    }
    let lanes: Int
    func ports() -> Ports { Ports(lanes: (0..<lanes).map { _ in Flipped(Stream(2)) }) }
    func build(_ m: Builder<Ports>) {
        m.sink.data.drive(m.source.data + 1)
        m.sink.valid.drive(m.source.valid & any(of: m.lanes[0].valid, m.lanes[0].data[0]))
        m.source.ready.drive(m.sink.ready)
        for lane in m.lanes { lane.ready.drive(m.sink.ready & lane.data.anySet) }
    }
}

/// Laws: nesting joins names, flipping turns every direction over, `connect` joins two ends, and a word and its fields
/// are the same bits.
@Suite("Bundles")
struct BundleTests {
    @Test("ports of nested, flipped and repeated bundles")
    func ports() throws {
        let ports = try elaborate(Raise(lanes: 2)).top.ports.map {
            "\($0.name) \($0.isInput ? "in" : "out") \($0.width)"
        }
        #expect(
            ports == [
                "source_data in 4", "source_valid in 1", "source_ready out 1", "sink_data out 4", "sink_valid out 1",
                "sink_ready in 1", "lanes_0_data in 2", "lanes_0_valid in 1", "lanes_0_ready out 1",
                "lanes_1_data in 2",
                "lanes_1_valid in 1", "lanes_1_ready out 1",
            ])
    }

    @Test("two ends joined: words go one way, readiness the other")
    func connect() throws {
        let module = Snippet("chain", { Raise(lanes: 1).ports() }) { m in
            let first = m.instance("first", Raise(lanes: 1))
            let second = m.instance("second", Raise(lanes: 1))
            first.source.connect(to: m.source)
            second.source.connect(to: first.sink)
            m.sink.connect(to: second.sink)
            first.lanes[0].connect(to: m.lanes[0])
            second.lanes[0].data.drive(1)
            second.lanes[0].valid.drive(0)
        }
        let design = try elaborate(module)
        let evaluator = Evaluator(design.top, of: design)
        for word in 0..<16 {
            for (valid, ready) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                evaluator.set([
                    BitVector(word, width: 4), BitVector(valid, width: 1), BitVector(ready, width: 1),
                    BitVector(2, width: 2), BitVector(1, width: 1),
                ])
                // Source ready, sink data, sink valid, lane ready.
                let found = evaluator.outputs().map(\.intValue)
                #expect(found == [ready, (word + 2) % 16, valid, ready], "\(word), valid \(valid), ready \(ready)")
            }
        }
    }

    @Test("a word is its fields, the first one on top; a choice and registers work field by field")
    func fields() throws {
        let meaning = try WordMeaning([8, 8, 1], to: [8, 3, 1, 4, 8]) { m, x in
            let (a, b) = (x[0].cast(to: Fields(3, 4)), x[1].cast(to: Fields(3, 4)))
            let held = m.registers("held", Fields(3, 4))
            held.next(b)
            let chosen = mux(x[2], a, b)
            let copy = m.wires("copy", Fields(3, 4))
            copy.drive(chosen)
            return [copy.asBits, a.high, a.flag, a.low, held.asBits]
        }
        let (a, b) = (BitVector(0b101_1_0110, width: 8), BitVector(0b010_0_1001, width: 8))
        #expect(meaning([a, b, .ones(1)]).map(\.intValue) == [0b101_1_0110, 0b101, 1, 0b0110, 0])
        meaning.step()
        #expect(meaning([a, b, .zeros(1)]).map(\.intValue) == [0b010_0_1001, 0b101, 1, 0b0110, 0b010_0_1001])
    }

    static let findings: [FindingCase] = [
        FindingCase("8 bits as a bundle of 9") { m in
            _ = m.a.cast(to: Fields(3, 5)).asBits.named("x")
        },
        FindingCase([(2, "signal 'extra' is in one of the two bundles only")]) { m in
            let held = m.registers("held", Fields(3, 4))
            held.next(concatenate([m.a, m.c]).cast(to: Fields(3, 4, extra: 1)))
        },
        FindingCase([(2, "'mux' of bundles of which one has no signal 'extra'")]) { m in
            let wide = concatenate([m.a, m.c]).cast(to: Fields(3, 4, extra: 1))
            _ = mux(m.c, wide, m.a.cast(to: Fields(3, 4))).asBits.named("x")
        },
        FindingCase([
            (3, "wire 'w_high' is not driven"), (3, "wire 'w_flag' is not driven"), (3, "wire 'w_low' is not driven"),
        ]) { m in
            _ = m.wires("w", Fields(3, 4))
        },
        FindingCase([(2, "'held_high' has 3 bits, its value has 4; extend or truncate it")]) { m in
            let held = m.registers("held", Fields(3, 4))
            held.next(m.a.cast(to: Fields(4, 3)).swappedLow(m.n))
        },
    ]

    @Test("bundles that do not go together", arguments: findings)
    func bundlesFound(_ finding: FindingCase) { finding.check(file: #fileID) }
}

extension BundleView where Ports == Fields {
    /// The same fields but for the low one.
    fileprivate func swappedLow(_ low: Bits) -> BundleView {
        concatenate([self.high, self.flag, low]).cast(to: Fields(self.high.width, low.width))
    }
}
