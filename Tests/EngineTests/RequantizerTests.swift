import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// Law: code = clamp(round(accumulator × multiplier × 2^(shift − 31)) + zeroPoint, lowest, highest), which is the network's
/// requantisation; a tag leaves with its accumulator's code, after `latency` cycles.
@Suite struct RequantizerTests {
    @Test(arguments: [(8, 16), (1, 1), (4, 64), (5, 33)])
    func agreesWithItsTwin(activationBits: Int, tagWidth: Int) throws {
        try expectAgreement(
            RequantizerPair.self,
            with {
                $0.activationBits = activationBits
                $0.tagWidth = tagWidth
            })
    }

    private struct Code {
        var tag: UInt64
        var code: Int
    }

    /// Accumulators around the ends of the clamp and at the ends of their range, with the codes that the definition gives.
    private func drawCase(
        _ layer: Requantization, _ random: inout KeyedStream
    ) -> (accumulator: Int, multiplier: Int, shift: Int, code: Int)? {
        let magnitude = random.nextIndex(below: 32)
        var accumulator = Int(Int32(bitPattern: random.nextUInt32()) >> Int32(magnitude))
        if random.nextIndex(below: 20) == 0 { accumulator = Int(random.nextIndex(below: 2) == 0 ? Int32.min : .max) }
        let multiplier = random.nextIndex(below: 12) == 0 ? 0 : 1 << 30 + random.nextIndex(below: 1 << 30)
        let shift = min(max(magnitude + layer.bits - 33 + random.nextIndex(below: 5), -31), 30)
        let isTwice = layer.rounding == .twice
        let scaled = PostProcessingReference.scaled(accumulator, by: multiplier, shift: shift, twice: isTwice)
        guard let scaled else { return nil }
        let code = PostProcessingReference.code(
            scaled: scaled, zeroPoint: layer.zeroPoint, lowest: layer.lowest, highest: layer.highest)
        return (accumulator, multiplier, shift, code)
    }

    @Test(arguments: [(8, 16), (3, 64), (1, 5)])
    func givesTheCodesOfTheDefinitionAndOfTheNetwork(activationBits: Int, tagWidth: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = KeyedStream(seed: seed, stream: 33)
        let codes = UInt32(1 << activationBits)
        let bench = try Bench(
            RequantizerPair.self, Engine.Requantizer(activationBits: activationBits, tagWidth: tagWidth))
        for number in 0..<40 {
            let (one, other) = (random.nextIndex(below: codes), random.nextIndex(below: codes))
            var layer = Requantization(
                multipliers: [0], shifts: [0], bits: activationBits, zeroPoint: random.nextIndex(below: codes),
                lowest: min(one, other), highest: max(one, other), rounding: number % 2 == 0 ? .once : .twice)
            if number % 4 < 2 { (layer.lowest, layer.highest) = (0, Int(codes) - 1) }
            try bench.set("zero_point", UInt64(layer.zeroPoint))
            try bench.set("lowest", UInt64(layer.lowest))
            try bench.set("highest", UInt64(layer.highest))
            try bench.set("twice", layer.rounding == .twice ? 1 : 0)
            var underWay = [Code?](repeating: nil, count: Engine.Requantizer.latency)
            for cycle in 0..<1000 + Engine.Requantizer.latency {
                // The line runs empty before the layer changes.
                let isPause = cycle >= 1000 || random.nextIndex(below: 8) == 0
                let given = isPause ? nil : drawCase(layer, &random)
                let tag = random.nextUInt64() >> UInt64(64 - tagWidth)
                try bench.set("valid", given == nil ? 0 : 1)
                try bench.set("tag", tag)
                if let given {
                    try bench.set("accumulator", portBits(given.accumulator, width: 32))
                    try bench.set("multiplier", UInt64(given.multiplier))
                    try bench.set("shift", portBits(given.shift, width: 6))
                    layer.multipliers = [Int32(given.multiplier)]
                    layer.shifts = [given.shift]
                    #expect(
                        Int(layer.code(accumulator: Int32(given.accumulator), channel: 0)) == given.code,
                        "seed \(seed), \(given)")
                }
                underWay.append(given.map { Code(tag: tag, code: $0.code) })
                let leaving = underWay.removeFirst()
                #expect(try bench.get("code_valid") == (leaving == nil ? 0 : 1), "seed \(seed), cycle \(cycle)")
                if let leaving {
                    #expect(try bench.get("code") == UInt64(leaving.code), "seed \(seed), \(layer), cycle \(cycle)")
                    #expect(try bench.get("code_tag") == leaving.tag, "seed \(seed), cycle \(cycle)")
                }
                try bench.step()
            }
        }
    }

    @Test func rejectsCodesAndTagsOfOtherWidths() {
        for bits in [0, 9] {
            #expect(throws: ParameterError.outOfRange(name: "activation-bits", value: bits, allowed: 1...8)) {
                try Engine.Requantizer(activationBits: bits, tagWidth: 16).validate()
            }
        }
        for width in [0, 65] {
            #expect(throws: ParameterError.outOfRange(name: "tag-width", value: width, allowed: 1...64)) {
                try Engine.Requantizer(activationBits: 8, tagWidth: width).validate()
            }
        }
    }

    @Test func hasTheLatencyOfItsTwin() { #expect(Engine.Requantizer.latency == Golden.Requantizer.latency) }
}
