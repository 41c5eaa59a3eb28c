/// Registers around a value. A register that is declared, `m.register`, keeps its value in every cycle without a
/// `next`, so an enable is a `when` around it; here it is a parameter.
extension Bits {
    /// The value a cycle late: a register of the module's own clock domain, or of the given one.
    ///
    /// - Parameters:
    ///   - resetValue: what the reset sets; nil leaves the register alone.
    ///   - enable: one bit that lets the register take the value; it keeps the old one while the bit is zero.
    public func registered(
        _ name: String, reset resetValue: Int? = 0, enable: Bits? = nil, in domain: ClockDomain? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        let reset = resetValue.map {
            circuit.value($0, width: width, role: "reset value", of: "'\(name)'", location)
        }
        // Not by way of a literal: the register's own nodes come after those of the value.
        let register = circuit.addRegister(
            name, width: width, reset: reset, domain: domain ?? ClockDomain(circuit: circuit, index: 0), location)
        if let enable {
            when(enable, file, line) { register.next(self, file, line) }
        } else {
            register.next(self, file, line)
        }
        return register
    }
}

extension Signed {
    /// The number a cycle late: a register of the module's own clock domain, or of the given one.
    ///
    /// - Parameters:
    ///   - resetValue: what the reset sets; nil leaves the register alone.
    ///   - enable: one bit that lets the register take the number; it keeps the old one while the bit is zero.
    public func registered(
        _ name: String, reset resetValue: Int? = 0, enable: Bits? = nil, in domain: ClockDomain? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Signed {
        if let resetValue, bits.circuit.fits(resetValue, width: width), !bits.fitsSigned(resetValue) {
            let width = bits.circuit.bits(width)
            bits.circuit.report(
                at: SourceLocation(file, line),
                "reset value \(resetValue) of '\(name)' does not fit in \(width) with a sign")
        }
        return Signed(bits.registered(name, reset: resetValue, enable: enable, in: domain, file, line))
    }
}
