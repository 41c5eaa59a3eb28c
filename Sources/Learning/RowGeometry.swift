/// How the weights of a layer lie in rows of cells.
///
/// A row holds one bit of `columns` weights: those of one output, one chunk of `columns` consecutive inputs, one
/// magnitude bit-plane and one sign. A row without a set bit is never sensed. The last chunk may be narrower.
public struct RowGeometry: Equatable, Sendable {
    public let inputs: Int
    public let outputs: Int
    /// Weight bits of a row.
    public let columns: Int
    /// Magnitude bit-planes, weight bits − 1.
    public let planes: Int

    public init(inputs: Int, outputs: Int, columns: Int, planes: Int) {
        self.inputs = inputs
        self.outputs = outputs
        self.columns = columns
        self.planes = planes
    }

    /// Chunks of an output's weights, ⌈inputs / columns⌉.
    public var chunks: Int { (inputs + columns - 1) / columns }
    /// Groups of rows: (output, chunk, sign).
    public var groups: Int { outputs * chunks * 2 }
    /// All rows: outputs × chunks × planes × 2.
    public var rows: Int { groups * planes }

    /// The inputs of a chunk.
    public func inputs(ofChunk chunk: Int) -> Range<Int> {
        chunk * columns..<min(inputs, (chunk + 1) * columns)
    }

    /// The number of a group: chunk-major, then output, then sign (0 positive, 1 negative).
    @inline(__always)
    func group(chunk: Int, output: Int, sign: Int) -> Int {
        (chunk * outputs + output) * 2 + sign
    }

    /// For each group, the set of planes (bit n: plane n) in which integer weights [outputs][inputs] have a set bit.
    func planesInUse(_ weights: [Int8]) -> [UInt8] {
        var used = [UInt8](repeating: 0, count: groups)
        for output in 0..<outputs {
            for input in 0..<inputs {
                let weight = weights[output * inputs + input]
                used[group(chunk: input / columns, output: output, sign: weight < 0 ? 1 : 0)] |= weight.magnitude
            }
        }
        return used
    }
}

/// Which rows may hold a set bit.
struct RowMask: Equatable, Sendable {
    let geometry: RowGeometry
    /// For each group, the set of planes whose rows are kept (bit n: plane n); an empty set forbids the sign there.
    var planes: [UInt8]

    /// The mask that keeps every row.
    init(all geometry: RowGeometry) {
        self.geometry = geometry
        planes = Array(repeating: UInt8(1 << geometry.planes - 1), count: geometry.groups)
    }

    /// The mask of the rows that integer weights use.
    init(inUseBy weights: [Int8], geometry: RowGeometry) {
        self.geometry = geometry
        planes = geometry.planesInUse(weights)
    }

    /// Number of rows kept.
    var survivors: Int { planes.reduce(0) { $0 + $1.nonzeroBitCount } }
}
