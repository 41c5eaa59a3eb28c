/// How the rows of a layer are numbered for the chance events of their senses.
///
/// Law: a sense is operation × rows + row, where rows are counted over all layers, those without a set cell too, and
/// the operation is image × groups + group of output pixels of the layer.
public struct SenseNumbers: Hashable, Sendable {
    /// Number of the layer's first row.
    public var firstRow: Int
    public var chunks: Int
    /// Magnitude bit-planes of the layer's weights.
    public var planes: Int
    /// Groups of output pixels.
    public var groups: Int

    public init(firstRow: Int, chunks: Int, planes: Int, groups: Int) {
        self.firstRow = firstRow
        self.chunks = chunks
        self.planes = planes
        self.groups = groups
    }

    @inlinable
    public func sense(_ sense: EngineSense) -> LogicalSense {
        let row = ((sense.filter * chunks + sense.chunk) * planes + sense.plane) * 2 + (sense.negative ? 1 : 0)
        return LogicalSense(image: sense.image * groups + sense.group, row: firstRow + row)
    }
}
