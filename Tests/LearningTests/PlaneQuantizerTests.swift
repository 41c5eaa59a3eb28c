import Testing

@testable import Learning

@Suite("Plane quantiser and row pruning")
struct PlaneQuantizerTests {
    @Test("the nearest magnitude is the nearest of those that the kept planes hold")
    func nearest() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        for planes in [1, 2, 3, 5, 7] {
            let quantizer = PlaneQuantizer(planes: planes)
            for _ in 0..<2000 {
                let set = UInt8.random(in: 0..<UInt8(1 << planes), using: &random)
                let value = Float.random(in: 0...Float(1 << planes) + 3, using: &random)
                let found = quantizer.nearest(to: value, in: set)
                #expect(found & ~set == 0)
                let least = (0..<1 << planes).filter { $0 & ~Int(set) == 0 }.map { abs(Float($0) - value) }.min()
                #expect(abs(Float(found) - value) == least, "seed \(seed), \(value) in \(set)")
            }
        }
    }

    @Test("midway between two magnitudes the larger one is taken")
    func midway() {
        let quantizer = PlaneQuantizer(planes: 3)
        #expect(quantizer.nearest(to: 0.5, in: 7) == 1 && quantizer.nearest(to: 2, in: 4) == 4)
    }

    @Test("a forbidden sign gives zero, and its weights are held at zero")
    func signs() {
        let geometry = RowGeometry(inputs: 4, outputs: 1, columns: 2, planes: 3)
        var quantization = RowQuantization(
            mask: RowMask(all: geometry), step: 0.5, quantizer: PlaneQuantizer(planes: 3))
        quantization.mask.planes[geometry.group(chunk: 0, output: 0, sign: 1)] = 0
        quantization.mask.planes[geometry.group(chunk: 1, output: 0, sign: 0)] = 0
        let weights =
            [SIMD16<Float>](repeating: SIMD16(repeating: -1), count: 2)
            + [SIMD16<Float>](repeating: SIMD16(repeating: 9), count: 2)
        #expect(quantization.codes(of: weights) == [0, 0, 0, 0])
        #expect(
            quantization.confine(weights[0], input: 1)[0] == 0 && quantization.confine(weights[2], input: 2)[0] == 0)
        #expect(quantization.confine(SIMD16(repeating: 9), input: 0)[0] == 3.5)
    }

    @Test("the pruner gives up rows that hold nothing before any other, and stops at the number asked for")
    func pruner() {
        let images = separable(classes: 2, rows: 2, columns: 8, count: 60, seed: 5)
        let activations = TrainingActivations(images: images, bits: 4, seed: 1)
        let geometry = RowGeometry(inputs: 16, outputs: 2, columns: 8, planes: 3)
        let pruner = RowPruner(
            moments: ActivationMoments(activations: activations, samples: 60, geometry: geometry))
        // All weights are +4: one row of three planes and two signs is in use in each (chunk, output).
        let weights = [SIMD16<Float>](repeating: SIMD16(repeating: 4), count: 16)
        var quantization = RowQuantization(mask: RowMask(all: geometry), step: 1, quantizer: PlaneQuantizer(planes: 3))
        pruner.prune(&quantization, weights: weights, survivors: 4)
        #expect(quantization.mask.survivors == 4)
        #expect(quantization.codes(of: weights).allSatisfy { $0 == 4 })
        pruner.prune(&quantization, weights: weights, survivors: 1)
        #expect(quantization.mask.survivors == 1)
        #expect(quantization.codes(of: weights).count { $0 != 0 } == 8)
    }
}
