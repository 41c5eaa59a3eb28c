/// A register of a bank: a word at an address, made of fields.
public struct RegisterDescription: Hashable, Sendable {
    /// What the bus may do with a field, and what the hardware sees of it.
    public enum Access: String, Hashable, Sendable, CaseIterable {
        /// The bus reads and writes it; the hardware sees its value.
        case readWrite = "read and write"
        /// The bus reads what the hardware gives.
        case readOnly = "read only"
        /// The hardware sets bits; the bus reads them, and clears those to which it writes a one. Bits that are set and
        /// cleared at once are set.
        case writeOneToClear = "write one to clear"
        /// The bus writes it and reads zero; the hardware sees its value, and in which cycle it is new.
        case writeOnly = "write only"
    }

    /// Some bits of a register. Bits that belong to no field read as zero.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var bits: ClosedRange<Int>
        public var access: Access
        /// Value after a reset.
        public var reset: Int
        /// One line for the documents.
        public var summary: String

        public init(
            _ name: String, _ bits: ClosedRange<Int>, _ summary: String, access: Access = .readWrite, reset: Int = 0
        ) {
            self.name = name
            self.bits = bits
            self.access = access
            self.reset = reset
            self.summary = summary
        }

        /// A field of one bit.
        public init(_ name: String, _ bit: Int, _ summary: String, access: Access = .readWrite, reset: Int = 0) {
            self.init(name, bit...bit, summary, access: access, reset: reset)
        }
    }

    /// Small letters, digits and underscores.
    public var name: String
    /// Address in bytes, a multiple of the word's.
    public var offset: Int
    /// One line for the documents.
    public var summary: String
    public var fields: [Field]
    /// Whether a write can have an effect.
    public var isWritable: Bool { fields.contains { $0.access != .readOnly } }

    public init(_ name: String, offset: Int, _ summary: String, fields: [Field]) {
        self.name = name
        self.offset = offset
        self.summary = summary
        self.fields = fields
    }
}
