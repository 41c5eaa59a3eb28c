import BitVectors

extension Builder {
    /// A number as a constant.
    ///
    /// - Parameter rounding: where a number goes that the format does not have; without it such a number is an error, as
    ///   is one beyond the format's range in any case.
    public func constant(
        _ value: Double, _ format: FixedPoint.Format, rounding: FixedPoint.Rounding? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> FixedPoint {
        let bits = circuit.value(value, format, rounding: rounding, of: "", SourceLocation(file, line))
        return FixedPoint(checked: constant(bits), format)
    }
}

extension FixedPoint {
    /// A number as a constant of this signal's format.
    public func constant(
        _ value: Double, rounding: Rounding? = nil, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> FixedPoint {
        let circuit = bits.circuit
        let number = circuit.value(value, format, rounding: rounding, of: "", SourceLocation(file, line))
        return FixedPoint(checked: Bits(circuit, circuit.append(number), number.width), format)
    }
}

extension FixedPoint.Format {
    /// The lowest number.
    public var lowest: Double { isSigned ? -power(integerBits - 1) : 0 }
    /// The highest number, as near as `Double` has it.
    public var highest: Double { power(isSigned ? integerBits - 1 : integerBits) - power(-fractionBits) }

    fileprivate func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

    /// A number in units of `2^-fractionBits`, which is exact: only the exponent changes.
    fileprivate func scaled(_ value: Double) -> Double { value * power(fractionBits) }

    /// Whether an integer, in units of `2^-fractionBits`, is in range.
    fileprivate func contains(_ integer: Double) -> Bool {
        isSigned
            ? integer >= -power(width - 1) && integer < power(width - 1)
            : integer >= 0 && integer < power(width)
    }
}

extension FixedPoint.Rounding {
    fileprivate func integer(_ value: Double) -> Double {
        switch self {
        case .towardsZero: return value.rounded(.towardZero)
        case .floor: return value.rounded(.down)
        case .nearestAway: return value.rounded(.toNearestOrAwayFromZero)
        case .nearestEven: return value.rounded(.toNearestOrEven)
        case .nearestUp:
            let below = value.rounded(.down)
            return value - below >= 0.5 ? below + 1 : below
        }
    }
}

extension Circuit {
    /// A number of a format; one that it does not have is reported.
    func value(
        _ number: Double, _ format: FixedPoint.Format, rounding: FixedPoint.Rounding?, of what: String,
        _ location: SourceLocation
    ) -> BitVector {
        let width = Swift.max(format.width, 1)
        if format.width < 1 {
            report(at: location, "\(what)a number of \(format), which has \(format.width) bits")
            return .zeros(width)
        }
        let scaled = format.scaled(number)
        guard scaled.isFinite else {
            report(at: location, "\(what)\(number) as \(format)")
            return .zeros(width)
        }
        let integer = (rounding ?? .floor).integer(scaled)
        if rounding == nil, integer != scaled {
            report(
                at: location,
                "\(what)\(number) is no multiple of 2^\(-format.fractionBits); take more fraction bits or a rounding")
            return .zeros(width)
        }
        if !format.contains(integer) {
            report(at: location, "\(what)\(number) is not in \(format), \(format.lowest) to \(format.highest)")
            return .zeros(width)
        }
        if integer == 0 { return .zeros(width) }
        let magnitude = integer.magnitude
        // The significand's 53 bits as an integer, moved to their place.
        let digits = BitVector(words: [magnitude.significandBitPattern | 1 << 52], width: Swift.max(width + 1, 64))
        let exponent = Int(magnitude.exponent) - 52
        let moved = exponent >= 0 ? digits << exponent : digits >> -exponent
        let value = moved.truncated(to: width)
        return integer < 0 ? -value : value
    }
}
