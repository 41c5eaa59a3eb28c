/// A buffer of FlatBuffers tables, read without copying; every access is checked, so that no bytes can trap it.
///
/// Source: the binary format as its project documents it (flatbuffers.dev, "FlatBuffer Internals").
struct FlatBuffer {
    let bytes: [UInt8]

    /// A place outside the buffer, or a table that is none.
    struct Damage: Error {}

    /// The table that the buffer begins with.
    func root() throws -> Table { Table(buffer: self, position: try offset(at: 0)) }

    /// Whether the buffer carries the four letters of a schema.
    func hasIdentifier(_ letters: String) -> Bool {
        bytes.count >= 8 && bytes[4..<8].elementsEqual(letters.utf8)
    }

    func word(at position: Int, bytes count: Int) throws -> UInt64 {
        guard position >= 0, position <= bytes.count - count else { throw Damage() }
        return (0..<count).reduce(0) { $0 | UInt64(bytes[position + $1]) << UInt64(8 * $1) }
    }

    /// The place that the offset at a place leads to.
    fileprivate func offset(at position: Int) throws -> Int {
        position + Int(try word(at: position, bytes: 4))
    }

    struct Table {
        fileprivate let buffer: FlatBuffer
        fileprivate let position: Int

        /// The place of a field, by its number in the schema; nil where it is left out.
        private func place(_ field: Int) throws -> Int? {
            let back = Int32(truncatingIfNeeded: try buffer.word(at: position, bytes: 4))
            let layout = position - Int(back)
            let size = Int(try buffer.word(at: layout, bytes: 2))
            guard 4 + 2 * field + 2 <= size else { return nil }
            let offset = Int(try buffer.word(at: layout + 4 + 2 * field, bytes: 2))
            return offset == 0 ? nil : position + offset
        }

        func byte(_ field: Int, default value: Int = 0) throws -> Int {
            guard let place = try place(field) else { return value }
            return Int(try buffer.word(at: place, bytes: 1))
        }

        func integer(_ field: Int, default value: Int = 0) throws -> Int {
            guard let place = try place(field) else { return value }
            return Int(Int32(truncatingIfNeeded: try buffer.word(at: place, bytes: 4)))
        }

        func table(_ field: Int) throws -> Table? {
            guard let place = try place(field) else { return nil }
            return Table(buffer: buffer, position: try buffer.offset(at: place))
        }

        func tables(_ field: Int) throws -> [Table] {
            guard let (first, count) = try vector(field, elementBytes: 4) else { return [] }
            return try (0..<count).map { Table(buffer: buffer, position: try buffer.offset(at: first + 4 * $0)) }
        }

        func integers(_ field: Int) throws -> [Int] {
            try elements(field, bytes: 4) { Int(Int32(truncatingIfNeeded: $0)) }
        }

        func longIntegers(_ field: Int) throws -> [Int] { try elements(field, bytes: 8) { Int(Int64(bitPattern: $0)) } }

        func floats(_ field: Int) throws -> [Float] {
            try elements(field, bytes: 4) { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
        }

        func bytes(_ field: Int) throws -> ArraySlice<UInt8> {
            guard let (first, count) = try vector(field, elementBytes: 1) else { return [] }
            return buffer.bytes[first..<first + count]
        }

        func string(_ field: Int) throws -> String { String(decoding: try bytes(field), as: UTF8.self) }

        private func elements<Element>(
            _ field: Int, bytes: Int, _ element: (UInt64) -> Element
        ) throws -> [Element] {
            guard let (first, count) = try vector(field, elementBytes: bytes) else { return [] }
            return try (0..<count).map { element(try buffer.word(at: first + bytes * $0, bytes: bytes)) }
        }

        /// The first element's place and the number of elements.
        private func vector(_ field: Int, elementBytes: Int) throws -> (first: Int, count: Int)? {
            guard let place = try place(field) else { return nil }
            let start = try buffer.offset(at: place)
            let count = Int(try buffer.word(at: start, bytes: 4))
            guard start + 4 <= buffer.bytes.count, count <= (buffer.bytes.count - start - 4) / elementBytes else {
                throw Damage()
            }
            return (start + 4, count)
        }
    }
}
