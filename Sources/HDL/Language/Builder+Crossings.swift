import BitVectors

extension Builder {
    /// A register that may take its value from another clock domain: the first flip-flop of a synchroniser, or one
    /// that is loaded only when the other side holds its value still.
    public func crossingRegister(
        _ name: String, _ width: Int = 1, reset resetValue: Int? = 0,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        return circuit.addRegister(
            name, width: width,
            reset: resetValue.map { circuit.value($0, width: width, of: "reset value of '\(name)':", location) },
            domain: domain, isSynchronizer: true, location)
    }
}
