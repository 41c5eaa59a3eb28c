/// The sums of a layer whose accumulator is narrow, addition by addition in the engine's order.
///
/// Law: rows in the order of the list, for each the groups of activation planes; every addition ends at the nearest number
/// that the accumulator holds. Slow and plain: only layers that could saturate come here.
struct SaturatingSums {
    private let layer: FunctionalEngine.Layer
    private let parameters: NetworkEngine.Parameters
    private let largest: Int

    init(_ layer: FunctionalEngine.Layer, _ parameters: NetworkEngine.Parameters) {
        self.layer = layer
        self.parameters = parameters
        largest = 1 << (parameters.accumulatorWidth - 1) - 1
    }

    /// The numbers of the layer's output, in the order of its tensor.
    func values(
        image: Int, _ upsets: inout ReadUpsets, _ outcome: inout FunctionalEngine.Outcome
    ) -> [Int32] {
        let (pixels, channels) = (layer.windows.pixels, layer.filters.count)
        var values = [Int32](repeating: 0, count: pixels * channels)
        for (filter, rows) in layer.filters.enumerated() {
            for group in 0..<layer.numbers.groups {
                let operation = image * layer.numbers.groups + group
                let first = group * parameters.pixels
                let last = min(first + parameters.pixels, pixels)
                var sums = (first..<last).map { _ in
                    saturated(Int(layer.biases[filter]), &outcome.isSaturated)
                }
                for row in rows.rows {
                    var mask = BitRow.none
                    if layer.senses(row, group: group) {
                        mask = upsets.upsets(image: operation, row: row.number, stored: row.cells)
                        outcome.upsets += mask.onesCount
                    }
                    for pixel in first..<last {
                        add(row, row.cells ^ mask, pixel, &sums[pixel - first], &outcome.isSaturated)
                    }
                }
                for pixel in first..<last {
                    values[pixel * channels + filter] = layer.value(Int32(sums[pixel - first]), filter: filter)
                }
            }
        }
        return values
    }

    private func add(_ row: FilterRows.Row, _ cells: BitRow, _ pixel: Int, _ sum: inout Int, _ overflows: inout Bool) {
        let lanes = parameters.window.planeLanes
        for first in stride(from: 0, to: layer.windows.bits, by: lanes) {
            let planes = first..<min(first + lanes, layer.windows.bits)
            let term = layer.windows.weighedOnes(cells, chunk: row.chunk, pixel: pixel, planes: planes) << row.plane
            sum = saturated(row.negative ? sum - term : sum + term, &overflows)
        }
    }

    private func saturated(_ value: Int, _ overflows: inout Bool) -> Int {
        if value > largest || value < -largest - 1 { overflows = true }
        return min(max(value, -largest - 1), largest)
    }
}
