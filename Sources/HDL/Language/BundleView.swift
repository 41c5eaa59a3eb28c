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

    /// The signals of arrays of ports, by where the array lies in memory.
    private var lists: [UnsafeRawPointer: AnyObject] = [:]

    /// The signals of an array of ports. The array is kept, so that no other comes to lie in its place.
    private final class List<Member: BundleMember> {
        let members: [Member]
        let signals: [Member.Signal]

        init(_ members: [Member], _ signals: [Member.Signal]) {
            self.members = members
            self.signals = signals
        }
    }

    func set(_ port: AnyPort, _ signal: Bits) {
        signals[ObjectIdentifier(port)] = signal
        lists.removeAll()
    }
    func set(_ clock: ClockPort, domain: Int32) { domains[ObjectIdentifier(clock)] = domain }

    func signal(_ port: AnyPort) -> Bits {
        guard let signal = signals[ObjectIdentifier(port)] else {
            fatalError("a bundle's ports are stored properties, not made anew at each access")
        }
        return signal
    }

    /// The signals of the elements of an array. `m.weight[column]` in a loop would be quadratic if they were looked up
    /// at each access, so those of an array of ports are looked up once.
    func signals<Member: BundleMember>(of members: [Member]) -> [Member.Signal] {
        let place = members.withUnsafeBufferPointer { $0.baseAddress.map { UnsafeRawPointer($0) } }
        // A view of a bundle holds this table, which would keep itself alive.
        guard Member.Signal.self == Bits.self, members.count > SignalTable.shortList, let place else {
            return members.map { $0.signal(in: self) }
        }
        if let known = lists[place] as? List<Member> { return known.signals }
        let list = List(members, members.map { $0.signal(in: self) })
        lists[place] = list
        return list.signals
    }

    /// Arrays of so many elements are looked up as fast as their list is found.
    private static let shortList = 4

    func domain(_ clock: ClockPort) -> Int32 { domains[ObjectIdentifier(clock)] ?? 0 }
}

extension SignalTable {
    /// The circuit of the signals; nil while there is none.
    fileprivate var circuit: Circuit? { signals.first?.value.circuit }

    /// The domain of a clock port; nil for one of a bundle of wires or registers.
    func knownDomain(_ clock: ClockPort) -> Int32? { domains[ObjectIdentifier(clock)] }
}

extension BundleAccess {
    /// The signal, or the signals, of a property. One generic subscript, so that the type checker has nothing to choose.
    public subscript<Member: BundleMember>(dynamicMember path: KeyPath<Ports, Member>) -> Member.Signal {
        bundle[keyPath: path].signal(in: signals)
    }
}

extension BundleAccess {
    /// Reports a signal that the bundle does not have, for bundles whose signals are looked up by text.
    ///
    /// - Parameter standIn: the port that was meant, whose signal then stands for the missing one.
    /// - Returns: a signal that may be read or driven, so that one slip is one finding.
    public func missingSignal(
        _ message: String, standIn: AnyPort? = nil, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        guard let circuit = signals.circuit else { return Description.flawed(message) }
        circuit.report(at: SourceLocation(file, line), message)
        if let standIn { return signals.signal(standIn) }
        let wire = circuit.addWire("missing_unused", width: 1, purpose: .declared, SourceLocation(file, line))
        wire.drive(0, file, line)
        return wire
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
    public func signal(in table: SignalTable) -> [Element.Signal] { table.signals(of: self) }
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

    typealias Member = (name: String, signal: Bits, isInput: Bool)

    /// Every signal with its name in the bundle, in order of declaration, and whether the bundle calls it an input.
    var members: [Member] {
        PortList(bundle).entries.map { ($0.name, signals.signal($0.port), $0.isInput) }
    }

    /// Every signal and its namesake. Bundles of one type may differ in arrays and optional signals all the same.
    private func pairs(_ other: BundleView, _ location: SourceLocation) -> [(own: Member, other: Member)] {
        let (own, others) = (members, other.members)
        let names = Set(own.map(\.name)).symmetricDifference(others.map(\.name))
        if let first = (own + others).first(where: { names.contains($0.name) }) {
            first.signal.circuit.report(at: location, "signal '\(first.name)' is in one of the two bundles only")
        }
        let byName = Dictionary(others.map { ($0.name, $0) }) { first, _ in first }
        return own.compactMap { member in byName[member.name].map { (member, $0) } }
    }

    /// All signals side by side, the first one most significant.
    public var asBits: Bits { concatenate(members.map(\.signal)) }

    /// Drives every signal with its namesake.
    public func drive(_ other: BundleView, _ file: StaticString = #fileID, _ line: UInt = #line) {
        for (own, value) in pairs(other, SourceLocation(file, line)) { own.signal.drive(value.signal, file, line) }
    }

    /// Gives every register the value of its namesake after the next clock edge.
    public func next(_ other: BundleView, _ file: StaticString = #fileID, _ line: UInt = #line) {
        for (own, value) in pairs(other, SourceLocation(file, line)) { own.signal.next(value.signal, file, line) }
    }

    /// Connects an interface to its source: signals that the bundle calls outputs take the source's value, and the
    /// source's signals that it calls inputs take the value of this side.
    ///
    /// `instance.request.connect(to: m.request)`: what the source end sends goes in, what it awaits comes back.
    public func connect(to source: BundleView, _ file: StaticString = #fileID, _ line: UInt = #line) {
        for (own, other) in pairs(source, SourceLocation(file, line)) {
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
    let others = Dictionary(whenFalse.members.map { ($0.name, $0.signal) }) { first, _ in first }
    for entry in PortList(whenTrue.bundle).entries {
        let signal = whenTrue.signals.signal(entry.port)
        let message = "'mux' of bundles of which one has no signal '\(entry.name)'"
        let chosen = others[entry.name].map { mux(condition, signal, $0) }
        table.set(entry.port, chosen ?? condition.flawed(width: signal.width, message))
    }
    return BundleView(whenTrue.bundle, table)
}

extension Bits {
    /// The bits as the fields of a bundle, the first one most significant; the widths must add up to this one's.
    public func cast<Ports: SignalBundle>(
        to bundle: Ports, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Ports> {
        let entries = PortList(bundle).entries
        let total = entries.reduce(0) { $0 + $1.port.width }
        if total != width {
            circuit.report(at: SourceLocation(file, line), "\(circuit.bits(width)) as a bundle of \(total)")
        }
        let table = SignalTable()
        var high = width
        for entry in entries {
            // Wrong widths are one finding; the fields then have the widths that their users expect.
            table.set(
                entry.port,
                total == width
                    ? slice(high - entry.port.width, entry.port.width) : circuit.constant(0, width: entry.port.width))
            high -= entry.port.width
        }
        return BundleView(bundle, table)
    }
}
