import BitVectors

/// Wires and registers for every signal of a bundle.
extension Builder {
    /// A wire for every signal of a bundle, to be driven one by one or by `connect`.
    public func wires<Inner: SignalBundle>(
        _ name: String, _ bundle: Inner, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Inner> {
        view(of: bundle) {
            circuit.addWire("\(name)_\($0)", width: $1.width, purpose: .declared, SourceLocation(file, line))
        }
    }

    /// A register for every signal of a bundle, each reset to zero or its enum's first case, or left alone with
    /// `isReset: false`.
    public func registers<Inner: SignalBundle>(
        _ name: String, _ bundle: Inner, isReset: Bool = true, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Inner> {
        view(of: bundle) {
            let first = $1.enumeration?.cases.first?.code ?? .zeros(max($1.width, 1))
            return circuit.addRegister(
                "\(name)_\($0)", width: $1.width, reset: isReset ? first : nil, domain: domain,
                SourceLocation(file, line))
        }
    }

    private func view<Inner: SignalBundle>(
        of bundle: Inner, _ make: (_ name: String, _ port: AnyPort) -> Bits
    ) -> BundleView<Inner> {
        let table = SignalTable()
        for entry in PortList(bundle).entries {
            let signal = make(entry.name, entry.port)
            table.set(entry.port, signal)
            circuit.note(enumOf: entry.port, signal)
        }
        return BundleView(bundle, table)
    }
}
