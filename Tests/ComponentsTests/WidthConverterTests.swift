import BitVectors
import Components
import HDL
import Simulation
import Testing

/// Law: both sides carry the same packets: a packet's bits in order, cut into narrow words on one side and gathered
/// into wide ones on the other.
@Suite("Width converters against packets of bits")
struct WidthConverterTests {
    static let widths = [(8, 16), (8, 24), (5, 35), (1, 8), (32, 64), (3, 3)]

    @Test("narrow words gather in wide ones", arguments: widths, Pace.all)
    func up(_ widths: (Int, Int), _ pace: Pace) throws {
        var random = RandomSource(seed: pace.seed)
        let packets = packets(of: widths.0, &random)
        let narrow = packets.flatMap { items($0, perItem: 1, lanes: 1) }
        let wide = packets.flatMap { items($0, perItem: widths.1 / widths.0, lanes: widths.1 / widths.0) }
        try check(from: widths.0, narrow, to: widths.1, wide, pace, narrowCount: narrow.count)
    }

    @Test("wide words come apart into narrow ones", arguments: widths, Pace.all)
    func down(_ widths: (Int, Int), _ pace: Pace) throws {
        var random = RandomSource(seed: pace.seed)
        let packets = packets(of: widths.0, &random)
        let narrow = packets.flatMap { items($0, perItem: 1, lanes: 1) }
        let wide = packets.flatMap { items($0, perItem: widths.1 / widths.0, lanes: widths.1 / widths.0) }
        try check(from: widths.1, wide, to: widths.0, narrow, pace, narrowCount: narrow.count)
    }

    /// Packets of narrow words, with lengths around those of a wide word.
    private func packets(of width: Int, _ random: inout RandomSource) -> [[BitVector]] {
        (0..<40).map { _ in (0..<Int.random(in: 1...12, using: &random)).map { _ in random.word(width) } }
    }

    /// A packet as words of so many narrow ones.
    private func items(_ packet: [BitVector], perItem: Int, lanes: Int) -> [Item] {
        stride(from: 0, to: packet.count, by: perItem).map { start in
            let part = Array(packet[start..<min(start + perItem, packet.count)])
            let fill = Array(repeating: BitVector.zeros(packet[0].width), count: perItem - part.count)
            var item = Item.word(.concatenating((part + fill).reversed()))
            item["last"] = BitVector(start + perItem >= packet.count ? 1 : 0, width: 1)
            if lanes > 1 { item["keep"] = BitVector((1 << part.count) - 1, width: lanes) }
            return item
        }
    }

    private func check(
        from inputWidth: Int, _ input: [Item], to outputWidth: Int, _ output: [Item], _ pace: Pace, narrowCount: Int
    ) throws {
        var bench = StreamBench(
            try Simulator(elaborate(WidthConverter(inputWidth: inputWidth, outputWidth: outputWidth))),
            seed: pace.seed, sources: [StreamSource("input", percent: pace.offers, items: input)],
            sinks: [StreamSink("output", percent: pace.takes, fields: output[0].keys.sorted())])
        let cycles = bench.run(until: output.count, limit: 40_000)
        #expect(bench.sinks[0].received == output)
        // The narrow side moves in every cycle; a gathered word shows a cycle after its last part.
        if pace.isFull { #expect(cycles == narrowCount + (outputWidth > inputWidth ? 1 : 0)) }
    }
}
