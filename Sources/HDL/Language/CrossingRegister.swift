extension Builder {
    /// A register that may take its value from any clock domain, or from an input that changes at any time.
    ///
    /// The one place where the check of clock domains lets a value cross; whatever reads the register is in the
    /// builder's domain. The flip-flops may become metastable, so a second register behind them is wanted, and a word
    /// crosses whole only if the description sees to it: by a Gray code, or by a handshake that holds it still.
    public func crossingRegister(
        _ name: String, _ width: Int = 1, reset resetValue: Int? = 0, powerUp: Int? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        return circuit.addRegister(
            name, width: width,
            reset: resetValue.map { circuit.value($0, width: width, role: "reset value", of: "'\(name)'", location) },
            powerUp: powerUp.map { circuit.value($0, width: width, role: "power-up value", of: "'\(name)'", location) },
            domain: domain, isSynchronizer: true, location)
    }
}
