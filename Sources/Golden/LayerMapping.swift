public import Network

/// How a fully connected layer lies in the array: rows of weight bits, the row map, and the place of each stored row.
///
/// Row `((filter × chunks + chunk) × planes + plane) × 2 + sign` holds bit `plane` of the magnitudes of `columns`
/// consecutive weights of a filter, those of positive weights (sign 0, W+) or of negative ones (sign 1, W−).
public struct LayerMapping: Sendable {
    public let filters: Int
    public let chunks: Int
    public let planes: Int
    public let columns: Int
    /// Cells of every row of the layer, empty rows included.
    public let rows: [BitRow]

    public init(_ layer: QuantizedNetwork.FullyConnected, columns: Int) {
        filters = layer.outputs
        planes = layer.weightBits - 1
        chunks = (layer.inputs + columns - 1) / columns
        self.columns = columns
        var rows = Array(repeating: BitRow.none, count: filters * chunks * planes * 2)
        for filter in 0..<layer.outputs {
            for input in 0..<layer.inputs {
                let weight = Int(layer.weights[filter * layer.inputs + input])
                let group = filter * chunks + input / columns
                for plane in 0..<planes where abs(weight) >> plane & 1 == 1 {
                    rows[(group * planes + plane) * 2 + (weight < 0 ? 1 : 0)].set(input % columns)
                }
            }
        }
        self.rows = rows
    }

    /// Numbers of the rows that hold a set cell.
    public var usefulRows: [Int] { rows.indices.filter { rows[$0] != .none } }

    /// Share of rows without a set cell.
    public var rowSparsity: Double { 1 - Double(usefulRows.count) / Double(rows.count) }

    /// Numbers of the rows to be stored: all of them, or the useful ones.
    public func storedRows(skipping: Bool) -> [Int] { skipping ? usefulRows : Array(rows.indices) }

    /// One entry of the row map: which rows of a group are walked.
    public struct MapEntry: Sendable {
        public let filter: Int
        public let chunk: Int
        /// Bit `2 × plane + sign` for each row of the group.
        public let rows: Int
    }

    /// The row map, a group an entry.
    public func map(skipping: Bool) -> [MapEntry] {
        (0..<filters * chunks).map { group in
            var bits = 0
            for position in 0..<2 * planes where !skipping || rows[group * 2 * planes + position] != .none {
                bits |= 1 << position
            }
            return MapEntry(filter: group / chunks, chunk: group % chunks, rows: bits)
        }
    }
}

/// The least cycles that an image can take, and why.
public struct CycleBound: Sendable {
    /// Rows of an image, and of the bank that holds most of them.
    public let rows: Int
    public let rowsOfFullestBank: Int
    /// Cycles an image at least: rows at the datapath's rate, the fullest bank at the sense period, and filling.
    public let cyclesPerImage: Int

    public init(rows: Int, _ parameters: DotProductEngine.Parameters) {
        self.rows = rows
        rowsOfFullestBank = (rows + parameters.banks - 1) / parameters.banks
        cyclesPerImage = max(
            rows * parameters.planeGroups, rowsOfFullestBank * parameters.phases.period, parameters.chunks)
    }
}
