import CoSim
import Engine
import HDL
import Network
import Randomness
import Simulation
import Testing
import Verification

/// Law: of each window one result comes, in the order of the windows, with the tag of its last word: in each lane the
/// largest code, or the mean of code − origin over its words, halves away from zero, plus the origin.
@Suite struct PoolingUnitTests {
    @Test(arguments: [(16, 8, 256, 16), (1, 1, 1, 1), (64, 8, 4096, 64), (13, 5, 9, 7), (3, 3, 64, 33), (64, 1, 2, 3)])
    func agreesWithItsTwin(lanes: Int, bits: Int, area: Int, tagWidth: Int) throws {
        try expectAgreement(
            PoolingUnitPair.self, unit(lanes: lanes, bits: bits, area: area, tagWidth: tagWidth))
    }

    /// The law on the RTL, with pauses at random and words that wait for `ready`.
    @Test(arguments: [(5, 8, 300), (3, 4, 20), (9, 7, 4), (2, 1, 3)])
    func poolsEveryLane(lanes: Int, bits: Int, area: Int) throws {
        let bench = try PoolingBench(unit(lanes: lanes, bits: bits, area: area, tagWidth: 20))
        let seed: UInt64 = 9
        var random = KeyedStream(seed: seed, stream: UInt32(area))
        let largest = 1 << bits - 1
        for layer in 0..<16 {
            let average = layer % 4 != 0
            let origin = [0, 1 << (bits - 1), largest, random.nextIndex(below: UInt32(largest + 1))][layer / 4]
            let windows = (0..<8).map { number in
                let words = [1, area, 1 + random.nextIndex(below: UInt32(area))][number % 3]
                let code: () -> Int =
                    switch number {
                    case 2: { 0 }
                    case 4: { largest }
                    default: { random.nextIndex(below: UInt32(largest + 1)) }
                    }
                return (0..<words).map { _ in (0..<lanes).map { _ in code() } }
            }
            let results = try bench.results(
                of: windows, average: average, origin: origin, pauses: { random.nextIndex(below: 3) == 0 })
            #expect(results.count == windows.count, "seed \(seed), layer \(layer)")
            for (number, (window, result)) in zip(windows, results).enumerated() {
                let place = "seed \(seed), layer \(layer), window \(number) of \(window.count) words, origin \(origin)"
                let expected = (0..<lanes).map { lane in
                    let codes = window.map { $0[lane] }
                    return average ? mean(codes, from: origin) : codes.max()!
                }
                #expect(result.codes == expected, "\(place)")
                #expect(result.tag == bench.tag(ofWindow: number), "\(place)")
            }
        }
    }

    /// A tensor under windows that padding cuts, as the network file defines the pools.
    @Test(arguments: [QuantizedNetwork.Pooling.Kind.maximum, .average])
    func poolsATensorAsTheNetworkDoes(kind: QuantizedNetwork.Pooling.Kind) throws {
        let format = ActivationFormat(height: 7, width: 6, channels: 6, bits: 8, zeroPoint: 128)
        var random = KeyedStream(seed: 4, stream: 4)
        let codes = (0..<format.features).map { _ in UInt8(random.nextIndex(below: 256)) }
        let window = SlidingWindow(
            size: .init(height: 3, width: 2), stride: .init(height: 2, width: 1),
            padding: .init(top: 1, left: 1, bottom: 1, right: 1))
        let pooling = QuantizedNetwork.Pooling(kind, window: window, roundingOrigin: 128)
        let places = window.places(in: format)
        var windows: [[[Int]]] = []
        for row in 0..<places.height {
            for column in 0..<places.width {
                var words: [[Int]] = []
                window.forEachPixel(at: row, column, in: format) { pixel, _ in
                    words.append((0..<6).map { Int(codes[pixel * 6 + $0]) })
                }
                windows.append(words)
            }
        }
        let bench = try PoolingBench(unit(lanes: 6, bits: 8, area: 6, tagWidth: 8))
        let results = try bench.results(of: windows, average: kind == .average, origin: 128, pauses: { false })
        #expect(results.flatMap(\.codes) == pooling.codes(activations: codes, format).map { Int($0) })
    }

    @Test func maximaTakeAWordEveryCycle() throws {
        let bench = try PoolingBench(unit(lanes: 2, bits: 4, area: 8, tagWidth: 8))
        let windows = (0..<60).map { number in Array(repeating: [number % 16, 15 - number % 16], count: 1 + number % 5)
        }
        let results = try bench.results(of: windows, average: false, origin: 8, pauses: { false })
        var words = 0
        for (window, result) in zip(windows, results) {
            words += window.count
            #expect(result.cycle == words - 1 + Engine.PoolingUnit.maximumCycles)
        }
    }

    /// Of windows that are shorter than a division, means come as often as the divider allows; of longer ones, as often
    /// as windows.
    @Test(arguments: [1, 4, 9, 10, 40])
    func meansFollowEachOtherAsTheDividerAllows(words: Int) throws {
        let parameters = unit(lanes: 2, bits: 8, area: 64, tagWidth: 8)
        let bench = try PoolingBench(parameters)
        let windows = (0..<20).map { number in Array(repeating: [number, 255 - number], count: words) }
        let results = try bench.results(of: windows, average: true, origin: 128, pauses: { false })
        #expect(parameters.averageCycles == 11)
        #expect(results.first?.cycle == words - 1 + 11)
        for (one, next) in zip(results, results.dropFirst()) { #expect(next.cycle - one.cycle == max(words, 9)) }
    }

    @Test func saysWhenAWindowIsNotAllowed() throws {
        let simulator = try Simulator(elaborate(unit(lanes: 1, bits: 8, area: 3, tagWidth: 1)))
        simulator.set("valid", 1)
        simulator.set("first", 1)
        simulator.step()
        simulator.set("first", 0)
        simulator.step(2)
        #expect(simulator.failures.isEmpty)
        simulator.set("last", 1)
        simulator.step(2)
        #expect(simulator.failures.map(\.name) == ["no_window_is_too_large", "a_window_has_a_first_word"])
    }

    @Test func rejectsParametersOutOfRange() {
        #expect(throws: ParameterError.outOfRange(name: "activation-bits", value: 9, allowed: 1...8)) {
            try unit(lanes: 1, bits: 9, area: 1, tagWidth: 1).validate()
        }
        #expect(throws: ParameterError.outOfRange(name: "window-area", value: 4097, allowed: 1...4096)) {
            try unit(lanes: 1, bits: 8, area: 4097, tagWidth: 1).validate()
        }
    }

    private func unit(lanes: Int, bits: Int, area: Int, tagWidth: Int) -> Engine.PoolingUnit {
        with {
            $0.lanes = lanes
            $0.activationBits = bits
            $0.windowArea = area
            $0.tagWidth = tagWidth
        }
    }

    /// The code nearest to the codes' mean, of two the one that is farther from the origin.
    private func mean(_ codes: [Int], from origin: Int) -> Int {
        let sum = codes.reduce(0, +)
        func distance(_ code: Int) -> Int { abs(code * codes.count - sum) }
        return (0...255).min { one, other in
            distance(one) == distance(other)
                ? abs(one - origin) > abs(other - origin) : distance(one) < distance(other)
        }!
    }
}

/// A pooling unit's model that takes windows and gives results.
private struct PoolingBench {
    struct Result {
        let codes: [Int]
        let tag: UInt64
        /// Cycles from the first one of the windows to the one with the result.
        let cycle: Int
    }

    let parameters: Engine.PoolingUnit
    let bench: Bench

    init(_ parameters: Engine.PoolingUnit) throws {
        self.parameters = parameters
        bench = try Bench(PoolingUnitPair.self, parameters)
    }

    func tag(ofWindow number: Int) -> UInt64 { UInt64(number * 37 + 5) & (1 << UInt64(parameters.tagWidth) - 1) }

    /// Sends the windows' words, each until it is taken, and waits for the last result.
    func results(
        of windows: [[[Int]]], average: Bool, origin: Int, pauses: () -> Bool
    ) throws -> [Result] {
        try bench.set("average", average ? 1 : 0)
        try bench.set("rounding_origin", UInt64(origin))
        var results: [Result] = []
        var cycle = 0
        func step() throws {
            if try bench.get("result_valid") == 1 {
                let tag = try bench.get("result_tag")
                results.append(Result(codes: codes(in: try bench.model.words(of: "result")), tag: tag, cycle: cycle))
            }
            try bench.step()
            cycle += 1
        }
        for (number, window) in windows.enumerated() {
            for (place, word) in window.enumerated() {
                try bench.set("valid", 0)
                while pauses() { try step() }
                try bench.set("valid", 1)
                try bench.set("first", place == 0 ? 1 : 0)
                try bench.set("last", place == window.count - 1 ? 1 : 0)
                try bench.set("word", words: words(of: word))
                try bench.set("tag", tag(ofWindow: number))
                while try bench.get("ready") == 0 { try step() }
                try step()
            }
        }
        try bench.set("valid", 0)
        for _ in 0..<2 * parameters.averageCycles { try step() }
        return results
    }

    private func words(of codes: [Int]) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: (codes.count * parameters.activationBits + 63) / 64)
        for bit in 0..<codes.count * parameters.activationBits {
            let (lane, place) = bit.quotientAndRemainder(dividingBy: parameters.activationBits)
            words[bit / 64] |= UInt64(codes[lane] >> place & 1) << UInt64(bit % 64)
        }
        return words
    }

    private func codes(in words: [UInt64]) -> [Int] {
        (0..<parameters.lanes).map { lane in
            (0..<parameters.activationBits).reduce(0) { code, place in
                let bit = lane * parameters.activationBits + place
                return code | Int(words[bit / 64] >> UInt64(bit % 64) & 1) << place
            }
        }
    }
}
