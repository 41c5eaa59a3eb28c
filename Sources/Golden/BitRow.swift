/// The bits of a row of up to 512 columns, least significant column first; bits beyond the columns are zero.
public typealias BitRow = SIMD8<UInt64>

extension BitRow {
    /// No bit set.
    @inlinable public static var none: BitRow { BitRow() }

    /// A row with the columns of a mask of the lowest `columns` bits set.
    public static func allOnes(columns: Int) -> BitRow {
        var row = BitRow.none
        for column in 0..<columns { row.set(column) }
        return row
    }

    /// Number of ones.
    @inlinable public var onesCount: Int { Int(truncatingIfNeeded: nonzeroBitCount.wrappedSum()) }

    /// One bit.
    @inlinable public func contains(_ column: Int) -> Bool { self[column >> 6] >> UInt64(column & 63) & 1 == 1 }

    /// Sets one bit.
    @inlinable public mutating func set(_ column: Int) { self[column >> 6] |= 1 << UInt64(column & 63) }
}
