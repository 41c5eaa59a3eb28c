public import Randomness

/// Where the wrong bits of reads come from.
public enum ReadUpsets: Sendable {
    /// Every column of every logical sense alike.
    case uniform(UpsetSource)
    /// Each cell and amplifier of a die by itself.
    case cells(CellChance)

    /// The columns that read wrong in one logical sense of a row that stores these bits.
    @inline(__always)
    public mutating func upsets(image: Int, row number: Int, stored: BitRow) -> BitRow {
        switch self {
        case .uniform(var source):
            // Taken out and put back, so that its blocks are not copied.
            self = .none
            defer { self = .uniform(source) }
            var row = BitRow.none
            withUnsafeMutableBytes(of: &row) { bytes in
                let words = bytes.bindMemory(to: UInt64.self)
                if let start = words.baseAddress { _ = source.mask(image: image, row: number, into: start) }
            }
            return row
        case .cells(var chance):
            self = .none
            defer { self = .cells(chance) }
            return chance.errors(operation: image, row: number, states: stored)
        case .none:
            return .none
        }
    }

    /// No bit is ever wrong.
    case none

    /// Whether a bit can be wrong at all.
    public var isNone: Bool {
        if case .none = self { return true }
        return false
    }
}
