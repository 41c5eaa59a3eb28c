public import Randomness

/// Where the wrong bits of reads come from.
public struct ReadUpsets: Sendable {
    // One of them at most. Stored side by side rather than in an enum, whose payload would be copied to be changed.
    private var uniformSource: UpsetSource?
    private var cellChance: CellChance?
    /// For each row a stretch of operations that is known to have no wrong bit, around the last one asked for: by far
    /// the most senses end here, whatever the source.
    @usableFromInline var quiet: [Range<Int>]

    private init(uniformSource: UpsetSource? = nil, cellChance: CellChance? = nil, rows: Int = 0) {
        self.uniformSource = uniformSource
        self.cellChance = cellChance
        quiet = Array(repeating: 0..<0, count: rows)
    }

    /// No bit is ever wrong.
    public static let none = ReadUpsets()

    /// Every column of every logical sense alike.
    public static func uniform(_ source: UpsetSource) -> ReadUpsets {
        ReadUpsets(uniformSource: source, rows: source.rows)
    }

    /// Each cell and amplifier of a die by itself.
    public static func cells(_ chance: CellChance) -> ReadUpsets { ReadUpsets(cellChance: chance, rows: chance.rows) }

    /// Whether no bit can be wrong.
    @inlinable public var isNone: Bool { quiet.isEmpty }

    /// The columns that read wrong in one logical sense of a row that stores these bits.
    @inlinable
    public mutating func upsets(image: Int, row number: Int, stored: BitRow) -> BitRow {
        if isNone || quiet[number].contains(image) { return .none }
        return lookedUp(image: image, row: number, stored: stored)
    }

    @usableFromInline
    @inline(never)
    mutating func lookedUp(image: Int, row number: Int, stored: BitRow) -> BitRow {
        if uniformSource != nil {
            var row = BitRow.none
            withUnsafeMutableBytes(of: &row) { bytes in
                let words = bytes.bindMemory(to: UInt64.self)
                if let start = words.baseAddress { _ = uniformSource?.mask(image: image, row: number, into: start) }
            }
            quiet[number] = uniformSource?.quietOperations(row: number) ?? 0..<0
            return row
        }
        let row = cellChance?.errors(operation: image, row: number, states: stored) ?? .none
        quiet[number] = cellChance?.quietOperations(row: number) ?? 0..<0
        return row
    }

    /// Calls `body` with each operation of a row in which bits read wrong, and with these bits; ascending.
    ///
    /// Complexity: quiet stretches are jumped over, where the source has told them.
    public mutating func forEachUpset(
        operations: Range<Int>, row number: Int, stored: BitRow, _ body: (_ operation: Int, _ mask: BitRow) -> Void
    ) {
        guard !isNone else { return }
        var operation = operations.lowerBound
        while operation < operations.upperBound {
            if quiet[number].contains(operation) {
                operation = quiet[number].upperBound
                continue
            }
            let mask = lookedUp(image: operation, row: number, stored: stored)
            if mask != .none { body(operation, mask) }
            operation += 1
        }
    }
}
