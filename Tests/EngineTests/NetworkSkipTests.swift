import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// Law: a layer whose rows are empty at a share s runs at least 0.99 / (1 − s) times as fast when it skips them, counted by
/// the RTL; the bound 1 / (1 − s) is arithmetic.
@Suite struct NetworkSkipTests {
    private static let filters = 80
    private static let chunks = 9
    private static let planes = 3

    /// A 3 × 3 convolution of 64 channels in which the given rows, and no others, hold a set cell.
    private func layer(useful: Set<Int>, _ random: inout KeyedStream) -> QuantizedNetwork.Convolution {
        var weights = [Int8](repeating: 0, count: Self.filters * Self.chunks * 64)
        for group in 0..<Self.filters * Self.chunks {
            let rows = (0..<2 * Self.planes).filter { useful.contains(group * 2 * Self.planes + $0) }
            guard !rows.isEmpty else { continue }
            for column in 0..<64 {
                // The first columns set each useful row once, the others at random.
                let row = column < rows.count ? rows[column] : rows[random.nextIndex(below: UInt32(rows.count))]
                weights[group * 64 + column] = Int8((1 << (row / 2)) * (row % 2 == 1 ? -1 : 1))
            }
        }
        let window = SlidingWindow(
            size: .init(height: 3, width: 3), padding: .init(top: 1, left: 1, bottom: 1, right: 1))
        return QuantizedNetwork.Convolution(
            inputChannels: 64, outputs: Self.filters, window: window, weightBits: Self.planes + 1, weights: weights,
            bias: Array(repeating: 0, count: Self.filters),
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: Self.filters),
                shifts: Array(repeating: -6, count: Self.filters), bits: 4))
    }

    @Test func emptyRowsTakeNoTime() throws {
        var random = KeyedStream(seed: 8446, stream: 1)
        let rows = Self.filters * Self.chunks * 2 * Self.planes
        let wanted = Int((Double(rows) * (1 - 0.8446)).rounded())
        var useful: Set<Int> = []
        while useful.count < wanted { useful.insert(random.nextIndex(below: UInt32(rows))) }
        let network = try QuantizedNetwork(
            name: "sparse", input: ActivationFormat(height: 16, width: 16, channels: 64, bits: 4),
            layers: [.convolution(layer(useful: useful, &random))])
        let codes = (0..<network.input.features).map { _ in UInt8(random.nextIndex(below: 16)) }

        var images: [NetworkRun.Image] = []
        for skipsRows in [true, false] {
            let engine = try Engine.NetworkEngine().fitting(network, skipsRows: skipsRows)
            var run = try NetworkRun(network, on: engine, skipsRows: skipsRows, seed: 1)
            #expect(run.mapping.layers[0].denseRows == rows && rows >= 4096)
            images.append(try run.run(codes))
            #expect(images[images.count - 1].cycles == run.mapping.cycles)
        }
        #expect(images[0].result == images[1].result)
        #expect(images[0].result.map { Int($0) } == NetworkReference.result(network, codes))
        let sparsity = 1 - Double(wanted) / Double(rows)
        let speedup = Double(images[1].cycles) / Double(images[0].cycles)
        #expect(abs(sparsity - 0.8446) < 0.0002)
        #expect(speedup >= 0.99 / (1 - sparsity), "speedup \(speedup) at sparsity \(sparsity)")
        #expect(images[1].senses == rows * 64 && images[0].senses == wanted * 64)
    }

    /// Senses and datapath steps of a 1 × 1 convolution whose rows all hold a cell, counted by plain loops over the image.
    @Test(arguments: [0, 1, 2, 3, 4]) func zerosTakeNoSteps(number: Int) throws {
        let seed = UInt64(720 + number)
        var random = KeyedStream(seed: seed, stream: 1)
        let (chunks, columns, filters) = (4, 16, 3)
        let (lanes, pixels, planeLanes) = [(4, 4, 4), (4, 16, 2), (1, 4, 1), (2, 8, 3), (1, 32, 4)][number]
        let weights = (0..<filters * chunks * columns).map { Int8($0 % 2 == 0 ? 3 : -3) }
        let layer = QuantizedNetwork.Convolution(
            inputChannels: chunks * columns, outputs: filters,
            window: SlidingWindow(size: .init(height: 1, width: 1)), weightBits: 3, weights: weights,
            bias: Array(repeating: 5, count: filters),
            requantization: Requantization(
                multipliers: Array(repeating: 1 << 30, count: filters), shifts: Array(repeating: -8, count: filters),
                bits: 8))
        let (height, width) = (7, 9)
        let network = try QuantizedNetwork(
            name: "zeros",
            input: ActivationFormat(height: height, width: width, channels: chunks * columns, bits: 8),
            layers: [.convolution(layer)])
        // Each piece of 16 channels is zero, or small, or anything.
        var codes: [UInt8] = []
        for _ in 0..<height * width * chunks {
            let largest = [0, 0, 1, 7, 255][random.nextIndex(below: 5)]
            for _ in 0..<columns { codes.append(UInt8(random.nextIndex(below: UInt32(largest + 1)))) }
        }
        let base: Engine.NetworkEngine = with {
            $0.columns = columns
            $0.wordCodes = 16
            $0.planeLanes = planeLanes
            $0.pixels = pixels
            $0.pixelLanes = lanes
            $0.banks = 4
        }
        var run = try NetworkRun(network, on: base.fitting(network), skipsZeros: true, seed: seed)
        let found = try run.run(codes)
        #expect(found.result.map { Int($0) } == NetworkReference.result(network, codes), "seed \(seed)")

        // Every chunk has four rows a filter: two planes, both signs.
        var (senses, steps, work) = (0, 0, 0)
        for group in stride(from: 0, to: height * width, by: pixels) {
            let all = group..<min(group + pixels, height * width)
            for chunk in 0..<chunks {
                var mine = 0
                for first in stride(from: group, to: all.upperBound, by: lanes) {
                    for plane in stride(from: 0, to: 8, by: planeLanes) {
                        let planes = (1 << min(planeLanes, 8 - plane) - 1) << plane
                        let isSet = (first..<min(first + lanes, all.upperBound)).contains { pixel in
                            (0..<columns).contains {
                                Int(codes[(pixel * chunks + chunk) * columns + $0]) & planes != 0
                            }
                        }
                        if isSet { mine += 1 }
                    }
                }
                if mine > 0 { senses += 4 * filters }
                work += 4 * filters * mine
                steps += 4 * filters * ((all.count + lanes - 1) / lanes) * ((8 + planeLanes - 1) / planeLanes)
            }
        }
        #expect(found.senses == senses, "seed \(seed)")
        // The datapath takes one step a cycle.
        #expect(found.cycles >= work && found.cycles <= run.mapping.cycles, "seed \(seed)")
        #expect(run.mapping.cycles >= steps && found.cycles < run.mapping.cycles, "seed \(seed)")
    }
}
