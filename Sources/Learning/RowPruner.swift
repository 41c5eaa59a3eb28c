/// Chooses the rows to give up: those whose loss disturbs the accumulators least.
///
/// Giving up row (output, chunk, plane, sign) leaves fewer magnitudes to that group's weights, which are rounded to the
/// nearest of them. The cost of a row is the increase in the accumulator's variance that this rounding brings
/// (`ActivationMoments`). When a group's last row is given up, the sign is forbidden there.
struct RowPruner: Sendable {
    let moments: ActivationMoments

    /// Gives up the cheapest rows, one after the other, until `survivors` are left; the costs follow each loss.
    func prune(_ quantization: inout RowQuantization, weights: [SIMD16<Float>], survivors: Int) {
        let geometry = quantization.mask.geometry
        let cells = geometry.chunks * geometry.outputs
        var best = (0..<cells).map { cheapest(in: quantization, weights: weights, cell: $0) }
        var left = quantization.mask.survivors
        while left > survivors {
            var choice = -1
            for cell in 0..<cells where best[cell].group >= 0 {
                if choice < 0 || best[cell].cost < best[choice].cost { choice = cell }
            }
            guard choice >= 0 else { return }
            quantization.mask.planes[best[choice].group] &= ~best[choice].plane
            left -= 1
            best[choice] = cheapest(in: quantization, weights: weights, cell: choice)
        }
    }

    /// The cheapest row of one (chunk, output), both signs; group −1 where none is left.
    private func cheapest(
        in quantization: RowQuantization, weights: [SIMD16<Float>], cell: Int
    ) -> (cost: Float, group: Int, plane: UInt8) {
        let geometry = quantization.mask.geometry
        let (chunk, output) = (cell / geometry.outputs, cell % geometry.outputs)
        var trial = quantization
        func disturbance() -> Float {
            moments.variance(ofChange: change(trial, weights: weights, chunk: chunk, output: output), chunk: chunk)
        }
        let before = disturbance()
        var best: (cost: Float, group: Int, plane: UInt8) = (0, -1, 0)
        for sign in 0..<2 {
            let group = geometry.group(chunk: chunk, output: output, sign: sign)
            let kept = quantization.mask.planes[group]
            for plane in 0..<geometry.planes where kept >> UInt8(plane) & 1 == 1 {
                trial.mask.planes[group] = kept & ~(1 << UInt8(plane))
                let cost = disturbance() - before
                if best.group < 0 || cost < best.cost { best = (cost, group, 1 << UInt8(plane)) }
            }
            trial.mask.planes[group] = kept
        }
        return best
    }

    /// Rounded minus real weights of one (chunk, output).
    private func change(
        _ quantization: RowQuantization, weights: [SIMD16<Float>], chunk: Int, output: Int
    ) -> [SIMD16<Float>] {
        let geometry = quantization.mask.geometry
        var change = [SIMD16<Float>](repeating: .zero, count: (geometry.columns + 15) / 16)
        let scale = 1 / quantization.step
        for (index, input) in geometry.inputs(ofChunk: chunk).enumerated() {
            let weight = weights[input][output]
            let code = quantization.quantizer.code(
                of: weight * scale, chunk: chunk, output: output, mask: quantization.mask)
            change[index / 16][index % 16] = Float(code) * quantization.step - weight
        }
        return change
    }
}
