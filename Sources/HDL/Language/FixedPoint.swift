/// A signal read as a number with a binary point at a fixed place.
///
/// The value is that of the bits, unsigned or in two's complement, times `2^-fractionBits`. Arithmetic (`+^`, `-^`, `*^`)
/// is exact and its result as wide as that needs; `resized` says how to come back to fewer bits.
public struct FixedPoint {
    /// Where the point is, and whether there is a sign.
    public struct Format: Hashable, Sendable, CustomStringConvertible {
        /// Bits above the point, the sign among them. May be negative: then the highest fraction bits are missing.
        public let integerBits: Int
        /// Bits below the point. May be negative: then the lowest integer bits are missing.
        public let fractionBits: Int
        /// Whether the number is in two's complement.
        public let isSigned: Bool

        public init(integerBits: Int, fractionBits: Int, isSigned: Bool) {
            self.integerBits = integerBits
            self.fractionBits = fractionBits
            self.isSigned = isSigned
        }

        /// Numbers in two's complement.
        public static func signed(_ integerBits: Int, _ fractionBits: Int) -> Format {
            Format(integerBits: integerBits, fractionBits: fractionBits, isSigned: true)
        }

        /// Numbers from zero on.
        public static func unsigned(_ integerBits: Int, _ fractionBits: Int) -> Format {
            Format(integerBits: integerBits, fractionBits: fractionBits, isSigned: false)
        }

        /// Number of bits.
        public var width: Int { integerBits + fractionBits }

        /// `signed 3.5`: integer bits, fraction bits.
        public var description: String { "\(isSigned ? "signed" : "unsigned") \(integerBits).\(fractionBits)" }

        /// Integer bits of the format with a sign that holds the same numbers.
        var signedIntegerBits: Int { isSigned ? integerBits : integerBits + 1 }

        /// Whether every number of another format is one of this one.
        func holds(_ other: Format) -> Bool {
            if other.isSigned, !isSigned { return false }
            let needed = isSigned ? other.signedIntegerBits : other.integerBits
            return fractionBits >= other.fractionBits && integerBits >= needed
        }
    }

    /// The number times `2^fractionBits`.
    public let bits: Bits
    public let format: Format

    /// Reads bits as a number; there are as many as the format has.
    public init(_ bits: Bits, _ format: Format) {
        self.format = format
        self.bits =
            bits.width == format.width
            ? bits
            : bits.flawed(
                width: format.width, "\(bits.circuit.bits(bits.width)) as \(format), which has \(format.width)")
    }

    /// Takes bits whose number is right, or has been found wrong already.
    init(checked bits: Bits, _ format: Format) {
        self.format = format
        self.bits = bits
    }

    /// Names the signal.
    public func named(_ name: String, _ file: StaticString = #fileID, _ line: UInt = #line) -> FixedPoint {
        FixedPoint(checked: bits.named(name, file, line), format)
    }

    /// Whether the number is below zero; never without a sign.
    public var isNegative: Bits { format.isSigned ? bits[bits.width - 1] : bits.circuit.constant(0, width: 1) }
}

extension FixedPoint {
    /// Drives an output, a wire or an instance's input of the same format.
    public func drive(_ value: FixedPoint, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.drive(assignable(value, file, line), file, line)
    }

    /// Gives a register a value of its format after the next clock edge.
    public func next(_ value: FixedPoint, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.next(assignable(value, file, line), file, line)
    }

    /// A value of the same format; not merely of the same width, or the point would move.
    private func assignable(_ value: FixedPoint, _ file: StaticString, _ line: UInt) -> Bits {
        if value.format == format { return value.bits }
        let circuit = bits.circuit
        circuit.report(
            at: SourceLocation(file, line),
            "\(circuit.describe(bits.id)) is \(format), its value \(value.format); resize it")
        return circuit.constant(0, width: format.width)
    }
}

extension Builder {
    /// A register for numbers of a format that the reset sets to a number; nil leaves it alone.
    public func register(
        _ name: String, _ format: FixedPoint.Format, reset resetValue: Double? = 0,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> FixedPoint {
        let location = SourceLocation(file, line)
        let reset = resetValue.map {
            circuit.value($0, format, rounding: nil, of: "reset value of '\(name)': ", location)
        }
        return FixedPoint(
            checked: circuit.addRegister(name, width: format.width, reset: reset, domain: domain, location), format)
    }

    /// A wire for numbers of a format, to be driven by `drive`, on every path or on top of a default.
    public func wire(
        _ name: String, _ format: FixedPoint.Format, default value: Double? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> FixedPoint {
        let wire = FixedPoint(checked: wire(name, format.width, file, line), format)
        if let value { wire.drive(constant(value, format, file, line), file, line) }
        return wire
    }
}

/// `whenTrue` when the one-bit condition holds, else `whenFalse`; both have the same format.
public func mux(_ condition: Bits, _ whenTrue: FixedPoint, _ whenFalse: FixedPoint) -> FixedPoint {
    let format = whenTrue.format
    if whenFalse.format != format {
        let message = "'mux' of \(format) and \(whenFalse.format); resize one of them"
        return FixedPoint(condition.flawed(width: format.width, message), format)
    }
    return FixedPoint(mux(condition, whenTrue.bits, whenFalse.bits), format)
}
