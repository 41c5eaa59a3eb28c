import BitVectors

/// Wires and registers for every signal of a bundle.
extension Builder {
    /// A wire for every signal of a bundle, to be driven one by one or by `connect`.
    public func wires<Inner: SignalBundle>(
        _ name: String, _ bundle: Inner, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Inner> {
        view(of: bundle) {
            circuit.addWire("\(name)_\($0)", width: $1, purpose: .declared, SourceLocation(file, line))
        }
    }

    /// A register for every signal of a bundle, each reset to zero, or left alone with `isReset: false`.
    public func registers<Inner: SignalBundle>(
        _ name: String, _ bundle: Inner, isReset: Bool = true, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Inner> {
        view(of: bundle) {
            circuit.addRegister(
                "\(name)_\($0)", width: $1, reset: isReset ? .zeros(max($1, 1)) : nil, domain: domain,
                SourceLocation(file, line))
        }
    }

    private func view<Inner: SignalBundle>(
        of bundle: Inner, _ make: (_ name: String, _ width: Int) -> Bits
    ) -> BundleView<Inner> {
        let table = SignalTable()
        for entry in PortList(bundle).entries { table.set(entry.port, make(entry.name, entry.port.width)) }
        return BundleView(bundle, table)
    }
}
