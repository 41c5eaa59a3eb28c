import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// Law: code = requantised(first + second), each branch (code − zero point) × 2^20 scaled and rounded twice, which is the
/// network's addition; a tag leaves with its pair's code, after `latency` cycles.
@Suite struct ResidualAdderTests {
    @Test(arguments: [(8, 16), (1, 1), (4, 64), (7, 20)])
    func agreesWithItsTwin(activationBits: Int, tagWidth: Int) throws {
        try expectAgreement(
            ResidualAdderPair.self,
            with {
                $0.activationBits = activationBits
                $0.tagWidth = tagWidth
            })
    }

    /// A layer's constants and the code that the definition gives for a pair.
    private struct Layer {
        var firstZeroPoint: Int
        var secondZeroPoint: Int
        var addition: QuantizedNetwork.Addition

        init(bits: Int, _ random: inout KeyedStream) {
            func multiplier() -> Int32 {
                switch random.nextIndex(below: 8) {
                case 0: 0
                case 1: 1 << 30
                case 2: .max
                default: Int32(1 << 30 + random.nextIndex(below: 1 << 30))
                }
            }
            let codes = UInt32(1 << bits)
            firstZeroPoint = random.nextIndex(below: codes)
            secondZeroPoint = random.nextIndex(below: codes)
            // One of the branches has about the scale 1, as in a network; the other has any.
            let shifts = [-random.nextIndex(below: 3), -random.nextIndex(below: 32)]
            let isSwapped = random.nextIndex(below: 2) == 1
            let (one, other) = (random.nextIndex(below: codes), random.nextIndex(below: codes))
            let isWhole = random.nextIndex(below: 2) == 1
            addition = QuantizedNetwork.Addition(
                first: .init(multiplier: multiplier(), shift: shifts[isSwapped ? 1 : 0]),
                second: .init(multiplier: multiplier(), shift: shifts[isSwapped ? 0 : 1]),
                requantization: Requantization(
                    multipliers: [multiplier()], shifts: [random.nextIndex(below: 5) - 21], bits: bits,
                    zeroPoint: random.nextIndex(below: codes), lowest: isWhole ? 0 : min(one, other),
                    highest: isWhole ? Int(codes) - 1 : max(one, other), rounding: .twice))
        }

        func code(_ first: Int, _ second: Int) throws -> Int {
            func branch(_ code: Int, _ zeroPoint: Int, _ scale: QuantizedNetwork.Addition.Branch) throws -> Int {
                try #require(
                    PostProcessingReference.scaled(
                        (code - zeroPoint) * 1_048_576, by: Int(scale.multiplier), shift: scale.shift, twice: true))
            }
            let sum =
                try branch(first, firstZeroPoint, addition.first)
                + branch(second, secondZeroPoint, addition.second)
            let last = addition.requantization
            let scaled = try #require(
                PostProcessingReference.scaled(
                    sum, by: Int(last.multipliers[0]), shift: last.shifts[0], twice: true))
            return PostProcessingReference.code(
                scaled: scaled, zeroPoint: last.zeroPoint, lowest: last.lowest, highest: last.highest)
        }

        func set(_ bench: Bench) throws {
            try bench.set("first_zero_point", UInt64(firstZeroPoint))
            try bench.set("second_zero_point", UInt64(secondZeroPoint))
            try bench.set("first_multiplier", UInt64(addition.first.multiplier))
            try bench.set("second_multiplier", UInt64(addition.second.multiplier))
            try bench.set("first_shift", portBits(addition.first.shift, width: 6))
            try bench.set("second_shift", portBits(addition.second.shift, width: 6))
            try bench.set("multiplier", UInt64(addition.requantization.multipliers[0]))
            try bench.set("shift", portBits(addition.requantization.shifts[0], width: 6))
            try bench.set("zero_point", UInt64(addition.requantization.zeroPoint))
            try bench.set("lowest", UInt64(addition.requantization.lowest))
            try bench.set("highest", UInt64(addition.requantization.highest))
        }
    }

    private struct Code {
        var first: Int
        var second: Int
        var tag: UInt64
    }

    /// Every pair of the ends of the codes and zero points, and random pairs, in 40 random layers.
    @Test(arguments: [(8, 16), (3, 64), (1, 5)])
    func givesTheCodesOfTheDefinitionAndOfTheNetwork(activationBits: Int, tagWidth: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = KeyedStream(seed: seed, stream: 34)
        let codes = UInt32(1 << activationBits)
        let bench = try Bench(
            ResidualAdderPair.self, Engine.ResidualAdder(activationBits: activationBits, tagWidth: tagWidth))
        for _ in 0..<40 {
            let layer = Layer(bits: activationBits, &random)
            try layer.set(bench)
            let ends = [0, Int(codes) - 1, layer.firstZeroPoint, layer.secondZeroPoint]
            var pairs = ends.flatMap { first in ends.map { (first, $0) } }
            for _ in 0..<500 { pairs.append((random.nextIndex(below: codes), random.nextIndex(below: codes))) }
            var underWay = [Code?](repeating: nil, count: Engine.ResidualAdder.latency)
            // The line runs empty before the layer changes.
            while !pairs.isEmpty || underWay.contains(where: { $0 != nil }) {
                let tag = random.nextUInt64() >> UInt64(64 - tagWidth)
                let isPause = random.nextIndex(below: 8) == 0
                let given = isPause ? nil : pairs.popLast()
                try bench.set("valid", given == nil ? 0 : 1)
                try bench.set("tag", tag)
                if let given {
                    try bench.set("first", UInt64(given.0))
                    try bench.set("second", UInt64(given.1))
                }
                underWay.append(given.map { Code(first: $0.0, second: $0.1, tag: tag) })
                let leaving = underWay.removeFirst()
                #expect(try bench.get("code_valid") == (leaving == nil ? 0 : 1), "seed \(seed), \(layer)")
                if let leaving {
                    let code = try layer.code(leaving.first, leaving.second)
                    #expect(try bench.get("code") == UInt64(code), "seed \(seed), \(layer), \(leaving)")
                    #expect(try bench.get("code_tag") == leaving.tag, "seed \(seed), \(layer), \(leaving)")
                    expectNetworkCode(code, of: leaving, in: layer, bits: activationBits)
                }
                try bench.step()
            }
        }
    }

    private func expectNetworkCode(_ code: Int, of pair: Code, in layer: Layer, bits: Int) {
        func format(_ zeroPoint: Int) -> ActivationFormat {
            ActivationFormat(height: 1, width: 1, channels: 1, bits: bits, zeroPoint: zeroPoint)
        }
        let network = layer.addition.codes(
            [UInt8(pair.first)], format(layer.firstZeroPoint), [UInt8(pair.second)], format(layer.secondZeroPoint))
        #expect(network == [UInt8(code)], "\(layer), \(pair)")
    }

    @Test func rejectsCodesAndTagsOfOtherWidths() {
        #expect(throws: ParameterError.outOfRange(name: "activation-bits", value: 9, allowed: 1...8)) {
            try Engine.ResidualAdder(activationBits: 9, tagWidth: 16).validate()
        }
        #expect(throws: ParameterError.outOfRange(name: "tag-width", value: 0, allowed: 1...64)) {
            try Engine.ResidualAdder(activationBits: 8, tagWidth: 0).validate()
        }
    }

    @Test func hasTheLatencyOfItsTwin() { #expect(Engine.ResidualAdder.latency == Golden.ResidualAdder.latency) }

    @Test func raisesBranchesAsTheNetworkDoes() {
        #expect(Engine.ResidualAdder.headroom == QuantizedNetwork.Addition.headroom)
    }
}
