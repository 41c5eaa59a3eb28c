/// The signals of a bundle by the names of its properties.
///
/// What a module's builder, an instance, and a bundle of wires or registers have in common.
@dynamicMemberLookup
public protocol BundleAccess {
    associatedtype Ports: SignalBundle
    var bundle: Ports { get }
    var signals: SignalTable { get }
}

/// Finds the signal that stands for each port object of a bundle.
public final class SignalTable {
    private var signals: [ObjectIdentifier: Bits] = [:]
    private var domains: [ObjectIdentifier: Int32] = [:]

    func set(_ port: AnyPort, _ signal: Bits) { signals[ObjectIdentifier(port)] = signal }
    func set(_ clock: ClockPort, domain: Int32) { domains[ObjectIdentifier(clock)] = domain }

    func signal(_ port: AnyPort) -> Bits {
        guard let signal = signals[ObjectIdentifier(port)] else {
            preconditionFailure("a bundle's ports are stored properties, not made anew at each access")
        }
        return signal
    }

    func domain(_ clock: ClockPort) -> Int32 { domains[ObjectIdentifier(clock)] ?? 0 }
}

extension BundleAccess {
    /// The signal, or the signals, of a property. One generic subscript, so that the type checker has nothing to choose.
    public subscript<Member: BundleMember>(dynamicMember path: KeyPath<Ports, Member>) -> Member.Signal {
        bundle[keyPath: path].signal(in: signals)
    }
}

/// What a property of a bundle may be: a port, a bundle, or an array or optional of these.
public protocol BundleMember {
    /// What stands for it inside a module.
    associatedtype Signal
    func signal(in table: SignalTable) -> Signal
}

extension Input: BundleMember {
    public func signal(in table: SignalTable) -> Bits { table.signal(self) }
}

extension Output: BundleMember {
    public func signal(in table: SignalTable) -> Bits { table.signal(self) }
}

extension Field: BundleMember {
    public func signal(in table: SignalTable) -> Bits { table.signal(self) }
}

extension Flipped: BundleMember {
    public func signal(in table: SignalTable) -> BundleView<Bundle> { BundleView(bundle, table) }
}

extension SignalBundle {
    public func signal(in table: SignalTable) -> BundleView<Self> { BundleView(self, table) }
}

extension Array: BundleMember where Element: BundleMember {
    public func signal(in table: SignalTable) -> [Element.Signal] { map { $0.signal(in: table) } }
}

extension Optional: BundleMember where Wrapped: BundleMember {
    public func signal(in table: SignalTable) -> Wrapped.Signal? { map { $0.signal(in: table) } }
}

/// A bundle of signals inside a module: a nested port, wires, registers, or parts of a word.
public struct BundleView<Ports: SignalBundle>: BundleAccess {
    public let bundle: Ports
    public let signals: SignalTable

    init(_ bundle: Ports, _ signals: SignalTable) {
        self.bundle = bundle
        self.signals = signals
    }

    /// Every signal with its name in the bundle, in order of declaration, and whether the bundle calls it an input.
    var members: [(name: String, signal: Bits, isInput: Bool)] {
        PortList(bundle).entries.map { ($0.name, signals.signal($0.port), $0.isInput) }
    }

    /// All signals side by side, the first one most significant.
    public var asBits: Bits { concatenate(members.map(\.signal)) }

    /// Drives every signal with its namesake.
    public func drive(_ other: BundleView, _ file: StaticString = #fileID, _ line: UInt = #line) {
        for (own, value) in zip(members, other.members) { own.signal.drive(value.signal, file, line) }
    }

    /// Gives every register the value of its namesake after the next clock edge.
    public func next(_ other: BundleView, _ file: StaticString = #fileID, _ line: UInt = #line) {
        for (own, value) in zip(members, other.members) { own.signal.next(value.signal, file, line) }
    }

    /// Connects an interface to its source: signals that the bundle calls outputs take the source's value, and the
    /// source's signals that it calls inputs take the value of this side.
    ///
    /// `instance.request.connect(to: m.request)`: what the source end sends goes in, what it awaits comes back.
    public func connect(to source: BundleView, _ file: StaticString = #fileID, _ line: UInt = #line) {
        for (own, other) in zip(members, source.members) {
            if own.isInput {
                other.signal.drive(own.signal, file, line)
            } else {
                own.signal.drive(other.signal, file, line)
            }
        }
    }
}

/// `whenTrue` when the one-bit condition holds, else `whenFalse`, signal by signal.
public func mux<Ports: SignalBundle>(
    _ condition: Bits, _ whenTrue: BundleView<Ports>, _ whenFalse: BundleView<Ports>
) -> BundleView<Ports> {
    let table = SignalTable()
    for (entry, other) in zip(PortList(whenTrue.bundle).entries, whenFalse.members) {
        table.set(entry.port, mux(condition, whenTrue.signals.signal(entry.port), other.signal))
    }
    return BundleView(whenTrue.bundle, table)
}

extension Bits {
    /// The bits as the fields of a bundle, the first one most significant; the widths must add up to this one's.
    public func cast<Ports: SignalBundle>(to bundle: Ports) -> BundleView<Ports> {
        let entries = PortList(bundle).entries
        let total = entries.reduce(0) { $0 + $1.port.width }
        let table = SignalTable()
        var high = width
        for entry in entries {
            if total == width {
                table.set(entry.port, slice(high - entry.port.width, entry.port.width))
            } else {
                table.set(
                    entry.port,
                    flawed(width: entry.port.width, "\(circuit.bits(width)) as a bundle of \(total)"))
            }
            high -= entry.port.width
        }
        return BundleView(bundle, table)
    }
}
