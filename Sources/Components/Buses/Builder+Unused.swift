import HDL

extension Builder {
    /// Says that a signal of a standard interface has no use here: a wire `…_unused`, which tools do not complain about.
    func leaveUnused(_ name: String, _ signal: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) {
        wire("\(name)_unused", signal.width, file, line).drive(signal, file, line)
    }
}
