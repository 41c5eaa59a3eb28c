import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: a start sends the sums or the words that were asked for, in order, and TLAST on the last one; what lies outside the
/// memory, and all that follows, is zero and told once.
@Suite struct ResultStreamerTests {
    @Test(arguments: [(64, 256, 4, 16, 8), (2, 2, 1, 1, 1), (30, 21, 16, 7, 5)])
    func agreesWithItsTwin(channels: Int, depth: Int, banks: Int, wordCodes: Int, bits: Int) throws {
        try expectAgreement(
            ResultStreamerPair.self,
            with {
                $0.channels = channels
                $0.depth = depth
                $0.banks = banks
                $0.wordCodes = wordCodes
                $0.activationBits = bits
            })
    }

    /// The law on the RTL, by lists.
    @Test func sendsWhatIsAskedFor() throws {
        let seed: UInt64 = 92
        var random = KeyedStream(seed: seed, stream: 6)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let hardware: Engine.ResultStreamer = with {
            ($0.channels, $0.depth, $0.banks, $0.wordCodes, $0.activationBits) = (11, 20, 3, 9, 5)
        }
        let bench = try Bench(ResultStreamerPair.self, hardware)
        let sums = (0..<11).map { _ in random.nextUInt32() }
        // Words of 45 bits: one of 32 and one of 13.
        let memory = (0..<3).map { _ in (0..<20).map { _ in random.nextUInt64() >> 19 } }
        var outsiders = 0
        for number in 0..<200 {
            let isCodes = below(2) == 0
            let (base, count, words) = (below(isCodes ? 22 : 13), below(8), 1 + below(3))
            var expected: [UInt32] = []
            var isOutside = false
            for item in 0..<count {
                for word in 0..<(isCodes ? words : 1) {
                    let address = isCodes ? base + item / 3 * words + word : base + item
                    isOutside = isOutside || address >= (isCodes ? 20 : 11)
                    if isCodes {
                        let value = isOutside ? 0 : memory[item % 3][address]
                        expected += [UInt32(truncatingIfNeeded: value), UInt32(value >> 32)]
                    } else {
                        expected.append(isOutside ? 0 : sums[address])
                    }
                }
            }
            for (port, value) in [("codes", isCodes ? 1 : 0), ("base", base), ("count", count), ("words", words)] {
                try bench.set(port, UInt64(value))
            }
            var found: [UInt32] = []
            var (lasts, told, ends) = (0, 0, 0)
            var asked: UInt64 = random.nextUInt64() >> 19
            for cycle in 0..<2000 {
                try bench.set("start", cycle == 0 ? 1 : 0)
                let isReady = below(3) > 0
                try bench.set("results_tready", isReady ? 1 : 0)
                try bench.set("word", asked)
                let channel = Int(try bench.get("sum_address"))
                try bench.set("sum", UInt64(channel < 11 ? sums[channel] : 0))
                // The memory's word comes one cycle late, anything otherwise.
                asked = random.nextUInt64() >> 19
                if try bench.get("read") == 1 {
                    asked = memory[Int(try bench.get("read_bank"))][Int(try bench.get("read_address"))]
                }
                if isReady, try bench.get("results_tvalid") == 1 {
                    found.append(UInt32(try bench.get("results_tdata")))
                    if try bench.get("results_tlast") == 1 {
                        lasts += 1
                        #expect(found.count == expected.count, "seed \(seed), request \(number)")
                    }
                }
                told += Int(try bench.get("outside"))
                ends += Int(try bench.get("done"))
                let isEnd = try bench.get("done") == 1
                try bench.step()
                if isEnd { break }
            }
            let place =
                "seed \(seed), request \(number): codes \(isCodes), base \(base), count \(count), words \(words)"
            #expect(found == expected, "\(place)")
            #expect(lasts == (count == 0 ? 0 : 1) && ends == 1, "\(place)")
            #expect(told == (isOutside ? 1 : 0), "\(place)")
            #expect(try bench.get("busy") == 0, "\(place)")
            outsiders += told
        }
        #expect(outsiders > 20)
    }
}
