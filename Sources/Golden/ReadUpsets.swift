public import Randomness

/// Where the wrong bits of reads come from.
public struct ReadUpsets: Sendable {
    // One of them at most. Stored side by side rather than in an enum, whose payload would be moved at every sense.
    @usableFromInline var uniformSource: UpsetSource?
    @usableFromInline var cellChance: CellChance?

    private init(uniformSource: UpsetSource? = nil, cellChance: CellChance? = nil) {
        self.uniformSource = uniformSource
        self.cellChance = cellChance
    }

    /// No bit is ever wrong.
    public static let none = ReadUpsets()

    /// Every column of every logical sense alike.
    public static func uniform(_ source: UpsetSource) -> ReadUpsets { ReadUpsets(uniformSource: source) }

    /// Each cell and amplifier of a die by itself.
    public static func cells(_ chance: CellChance) -> ReadUpsets { ReadUpsets(cellChance: chance) }

    /// Whether no bit can be wrong.
    public var isNone: Bool { uniformSource == nil && cellChance == nil }

    /// The columns that read wrong in one logical sense of a row that stores these bits.
    @inlinable
    public mutating func upsets(image: Int, row number: Int, stored: BitRow) -> BitRow {
        if uniformSource != nil {
            // Quiet stretches are by far the most, and need no row to be written.
            if uniformSource!.isQuiet(image: image, row: number) { return .none }
            return uniformMask(image: image, row: number)
        }
        if cellChance != nil {
            if cellChance!.isQuiet(operation: image, row: number) { return .none }
            return cellChance!.errors(operation: image, row: number, states: stored)
        }
        return .none
    }

    @usableFromInline
    @inline(never)
    mutating func uniformMask(image: Int, row number: Int) -> BitRow {
        var row = BitRow.none
        withUnsafeMutableBytes(of: &row) { bytes in
            let words = bytes.bindMemory(to: UInt64.self)
            if let start = words.baseAddress { _ = uniformSource?.mask(image: image, row: number, into: start) }
        }
        return row
    }
}
