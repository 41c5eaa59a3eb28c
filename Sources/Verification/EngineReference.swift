import Golden
import Network

/// The sums of a layer by plain integers and the definition of the events: no cycle, no bank, no controller. What the
/// engine and its twin must both come to.
struct EngineReference {
    let layer: QuantizedNetwork.FullyConnected
    let columns: Int
    private var cells: CellHistory
    /// Bits that a failed write left wrong.
    private let unwritten: [BitRow]
    private let hasErrors: Bool
    /// Rows whose reads count; a skipped row adds nothing, whatever it would have read.
    let isSensed: [Bool]

    init(
        _ layer: QuantizedNetwork.FullyConnected, columns: Int, skipping: Bool, errors: ArrayErrors.Chance
    ) {
        let mapping = LayerMapping(layer, columns: columns)
        self.layer = layer
        self.columns = columns
        let cells = CellHistory(errors, rows: mapping.rows)
        self.cells = cells
        unwritten = zip(cells.stored, mapping.rows).map { $0 ^ $1 }
        hasErrors = !errors.isNone
        isSensed = mapping.rows.map { !skipping || $0 != .none }
    }

    /// The sums of one image: products of weights and activations, and the changes by cells that read wrong or were not written.
    mutating func sums(_ activations: [UInt8], image: Int) -> [Int64] {
        var sums = layer.accumulators(activations: activations, zeroPoint: 0).enumerated().map { filter, sum in
            Int64(sum) - Int64(layer.bias[filter])
        }
        guard hasErrors else { return sums }
        let planes = layer.weightBits - 1
        let chunks = (layer.inputs + columns - 1) / columns
        for row in isSensed.indices where isSensed[row] {
            let group = row / (2 * planes)
            let plane = row % (2 * planes) / 2
            let isNegative = row % 2 == 1
            let mask = unwritten[row] ^ cells.upsets(image: image, row: row)
            for column in 0..<columns where mask != .none && mask.contains(column) {
                let input = group % chunks * columns + column
                guard input < layer.inputs else { continue }
                let weight = Int(layer.weights[group / chunks * layer.inputs + input])
                let isSet = abs(weight) >> plane & 1 == 1 && (weight < 0) == isNegative
                let change = Int64(activations[input]) << Int64(plane)
                sums[group / chunks] += isSet == isNegative ? change : -change
            }
        }
        return sums
    }
}
