import CoSim
import Engine
import Golden
import Network
import Randomness
import Testing
import Verification

/// Laws: an image's sums are those of plain integers, changed only by the cells that read wrong; rows follow each other
/// at the rate law, so that an image takes as long as the slower of banks and datapath needs for the rows that hold a
/// set cell, and no longer.
@Suite struct DotProductEngineTests {
    @Test func agreesWithItsTwin() throws {
        try expectAgreement(DotProductEnginePair.self, Engine.DotProductEngine(), cycles: 60_000, upsetRate: 1e-3)
    }

    @Test func agreesWithItsTwinWithoutSkipping() throws {
        try expectAgreement(
            DotProductEnginePair.self,
            with {
                $0.skip = 0
                $0.banks = 2
                $0.planeLanes = 2
            }, cycles: 60_000, seeds: [4, 5], upsetRate: 1e-2)
    }

    @Test func agreesWithItsTwinOfOneBankAndSlowSenses() throws {
        try expectAgreement(
            DotProductEnginePair.self,
            with {
                $0.rows = 200
                $0.columns = 100
                $0.banks = 1
                $0.phases = Engine.SensePhases(precharge: 2, evaluate: 4, latch: 2)
                $0.activationBits = 7
                $0.planeLanes = 3
                $0.weightBits = 5
                $0.filters = 3
                $0.chunks = 5
                $0.accumulatorWidth = 24
            }, cycles: 60_000, seeds: [6, 7], upsetRate: 1e-3)
    }

    @Test func agreesWithItsTwinAtItsSmallest() throws {
        try expectAgreement(
            DotProductEnginePair.self,
            with {
                $0.rows = 7
                $0.columns = 5
                $0.banks = 3
                $0.activationBits = 1
                $0.planeLanes = 1
                $0.weightBits = 2
                $0.filters = 1
                $0.chunks = 1
            }, cycles: 30_000, seeds: [8, 9], upsetRate: 0.1)
    }

    /// Random layers of several sparsities, sums against integers computed here from weights, activations and events.
    @Test(arguments: [(0.0, 0.0), (0.8, 0.0), (0.8, 2e-3), (0.97, 2e-3), (1.0, 1e-3)] as [(Double, Double)])
    func sumsArePlainIntegers(sparsity: Double, upsetRate: Double) throws {
        let layer = randomLayer(inputs: 200, outputs: 7, sparsity: sparsity, seed: 21)
        let images = randomImages(count: 12, features: 200, seed: 22)
        let run = try runLayer(layer, images, skipping: true, upsetRate: upsetRate)
        let upsets = try UpsetSource(
            seed: 5, stream: UpsetStreams.sensing, rows: run.mapping.rows.count, columns: 64, probability: upsetRate)
        #expect(run.stream.sums.count == images.count)
        for (number, sums) in run.stream.sums.enumerated() {
            var expected = [Int64](repeating: 0, count: layer.outputs)
            let codes = images.codes[number * 200..<(number + 1) * 200].map(Int64.init)
            // Row by row and cell by cell, as the definition reads.
            for row in run.mapping.usefulRows {
                let (group, plane, sign) = (row / 6, row % 6 / 2, row % 2)
                let (filter, chunk) = (group / run.mapping.chunks, group % run.mapping.chunks)
                let wrong = Set(upsets.events(image: number, row: row))
                for column in 0..<64 where chunk * 64 + column < 200 {
                    let weight = Int(layer.weights[filter * 200 + chunk * 64 + column])
                    let isStored = (weight < 0) == (sign == 1) && abs(weight) >> plane & 1 == 1
                    if isStored != wrong.contains(column) {
                        expected[filter] += (sign == 1 ? -1 : 1) * codes[chunk * 64 + column] << Int64(plane)
                    }
                }
            }
            #expect(sums == expected, "image \(number)")
        }
        if upsetRate == 0 {
            for (number, sums) in run.stream.sums.enumerated() {
                let codes = Array(images.codes[number * 200..<(number + 1) * 200])
                #expect(sums == layer.accumulators(activations: codes, zeroPoint: 0).map(Int64.init), "image \(number)")
            }
        }
    }

    /// The cycles of a stream, against a list scheduler that knows nothing of the engine but its laws.
    @Test(arguments: [(4, 1, 4), (3, 1, 4), (2, 1, 4), (1, 1, 4), (8, 1, 4), (4, 2, 2), (4, 1, 1), (2, 3, 2)])
    func rowsFollowTheRateLaw(banks: Int, evaluate: Int, lanes: Int) throws {
        let parameters: Engine.DotProductEngine = with {
            $0.banks = banks
            $0.phases.evaluate = evaluate
            $0.planeLanes = lanes
            $0.filters = 7
            $0.chunks = 4
            $0.rows = 200
        }
        let library = try ModelLibrary(source: CheckedDesign(DotProductEnginePair.self, parameters).source)
        for (sparsity, seed) in [(0.0, 1), (0.5, 2), (0.8, 3), (0.9, 4), (0.99, 5)] as [(Double, UInt64)] {
            let layer = randomLayer(inputs: 200, outputs: 7, sparsity: sparsity, seed: seed)
            let images = randomImages(count: 9, features: 200, seed: seed)
            let run = try runLayer(layer, images, skipping: true, upsetRate: 0, parameters, library)
            let expected = scheduledCycles(
                rows: run.mapping.usefulRows.count, images: images.count, chunks: 4, banks: banks,
                period: parameters.phases.period, planeGroups: parameters.planeGroups)
            #expect(
                run.stream.cycles == expected,
                "\(banks) banks, sparsity \(sparsity), \(run.mapping.usefulRows.count) rows, seed \(seed)")
        }
    }

    @Test func reachesTheBoundAndCostsNothingWhenDense() throws {
        // 840 rows, 80 % of them empty by whole groups of rows; the rest is a multiple of the banks.
        let parameters: Engine.DotProductEngine = with {
            $0.filters = 10
            $0.chunks = 14
        }
        let layer = groupSparseLayer(inputs: 14 * 64, outputs: 10, keepEvery: 5)
        let images = randomImages(count: 40, features: 14 * 64, seed: 9)
        let library = try ModelLibrary(source: CheckedDesign(DotProductEnginePair.self, parameters).source)
        let sparse = try runLayer(layer, images, skipping: true, upsetRate: 0, parameters, library)
        let dense = try runLayer(layer, images, skipping: false, upsetRate: 0, parameters, library)
        var without = parameters
        without.skip = 0
        let plain = try runLayer(layer, images, skipping: false, upsetRate: 0, without)
        #expect(sparse.mapping.rowSparsity == 0.8)
        let speedup = Double(dense.stream.cycles) / Double(sparse.stream.cycles)
        let bound = 1 / (1 - sparse.mapping.rowSparsity)
        #expect(speedup > 0.99 * bound && speedup <= bound, "speedup \(speedup), bound \(bound)")
        #expect(dense.stream.cycles <= plain.stream.cycles)
        #expect(sparse.stream.sums == dense.stream.sums)
        #expect(sparse.stream.senses * 5 == dense.stream.senses)
    }

    @Test func skippingChangesNoEventOfTheRowsThatAreSensed() throws {
        // With every row useful, skipping or not, each sense of each row sees the same upsets, so the sums agree.
        let layer = randomLayer(inputs: 256, outputs: 7, sparsity: 0, seed: 3)
        let images = randomImages(count: 10, features: 256, seed: 4)
        let parameters: Engine.DotProductEngine = with {
            $0.filters = 7
            $0.chunks = 4
        }
        var without = parameters
        without.skip = 0
        #expect(LayerMapping(layer, columns: 64).rowSparsity == 0)
        let skipping = try runLayer(layer, images, skipping: true, upsetRate: 0.01, parameters)
        let plain = try runLayer(layer, images, skipping: false, upsetRate: 0.01, without)
        #expect(skipping.stream.upsets == plain.stream.upsets && skipping.stream.upsets > 0)
        #expect(skipping.stream.sums == plain.stream.sums)
    }

    @Test(arguments: [
        ("plane-lanes", 5, "parameter plane-lanes: found 5, allowed 1 to activation-bits (4)"),
        ("accumulator-width", 17, "parameter accumulator-width: found 17, sums of this layer need 18 bits"),
        ("rows", 7, "parameter rows: found 7, 4 banks need 8 at least"),
        ("columns", 513, "parameter columns: found 513, allowed 1 to 512"),
    ])
    func rejectsParametersThatCannotBe(name: String, value: Int, message: String) {
        var engine = Engine.DotProductEngine()
        let error = #expect(throws: ParameterError.self) {
            try engine.set(name, to: value)
            try engine.validate()
        }
        #expect(error?.description == message)
    }

    @Test func rejectsALayerThatDoesNotFitWithoutSkipping() {
        let engine: Engine.DotProductEngine = with {
            $0.skip = 0
            $0.rows = 779
        }
        let error = #expect(throws: ParameterError.self) { try engine.validate() }
        #expect(error?.description == "parameter rows: found 779, without skipping the layer needs 780 rows")
    }
}
