/// What a hardware block does, cycle by cycle, in plain Swift: the golden twin of the block of the same name in Engine.
///
/// A cycle is: inputs are set, outputs are read, the clock edge follows. `writeOutputs` gives the outputs before the
/// edge, `clock` is the edge.
public protocol Behaviour {
    associatedtype Inputs: PortRecord

    /// Writes the outputs of this cycle in the order of the block's ports.
    func writeOutputs(for inputs: Inputs, to record: inout RecordWriter)

    /// The clock edge; with `reset`, registers take their reset values and memories keep their contents.
    mutating func clock(_ inputs: Inputs, reset: Bool)

    /// The supply fails behind an edge; a reset follows when it is back.
    mutating func losePower()
}

extension Behaviour {
    public mutating func losePower() {}
}

/// Input values of a block.
public protocol PortRecord {
    /// Writes the values in the order of the block's ports, clock and reset left out.
    func write(to record: inout RecordWriter)
}

/// Writes port values side by side as 64-bit words, each port in as many as its width needs: the layout in which a
/// co-simulation drives and compares them.
public struct RecordWriter {
    @usableFromInline var cursor: UnsafeMutablePointer<UInt64>

    /// Writes from this word on; the caller makes room for every port.
    @inlinable public init(at start: UnsafeMutablePointer<UInt64>) { cursor = start }

    /// A port of up to 64 bits.
    @inlinable public mutating func put(_ value: UInt64) {
        cursor.pointee = value
        cursor += 1
    }

    @inlinable public mutating func put(_ value: Int) { put(UInt64(truncatingIfNeeded: value)) }

    @inlinable public mutating func put(_ value: Bool) { put(value ? 1 : 0) }

    /// A port as wide as a row.
    @inlinable public mutating func put(_ row: BitRow, columns: Int) {
        for word in 0..<((columns &+ 63) >> 6) { put(row[word]) }
    }

    /// A two's complement value in a port of `width` bits, at most 64.
    @inlinable public mutating func put(_ value: Int64, width: Int) {
        put(UInt64(bitPattern: value) & (UInt64.max >> UInt64(64 - width)))
    }
}
