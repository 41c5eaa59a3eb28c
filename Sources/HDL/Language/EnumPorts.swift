/// Ports whose values are the cases of an enum: in a module they are an `EnumSignal`, `when(m.kind == .load) { … }`.
public class EnumPort<Value: HardwareEnum>: AnyPort {
    override var enumeration: Enumeration? { Value.enumeration }

    fileprivate init(_ type: Value.Type, _ clock: PortClock) { super.init(Value.width, clock) }
}

/// A port of an enum that the outside drives.
public final class EnumInput<Value: HardwareEnum>: EnumPort<Value> {
    public override init(_ type: Value.Type = Value.self, _ clock: PortClock = .own) { super.init(type, clock) }
    override var isInput: Bool { true }
}

/// A port of an enum that the module drives.
public final class EnumOutput<Value: HardwareEnum>: EnumPort<Value> {
    public override init(_ type: Value.Type = Value.self, _ clock: PortClock = .own) { super.init(type, clock) }
}

/// A field of a word whose values are the cases of an enum.
public final class EnumField<Value: HardwareEnum>: EnumPort<Value> {
    public init(_ type: Value.Type = Value.self) { super.init(type, .own) }
}

extension EnumPort: BundleMember {
    public func signal(in table: SignalTable) -> EnumSignal<Value> { EnumSignal(table.signal(self)) }
}

extension Circuit {
    /// Notes the enum of a port's signal, so that its names are in the text and the waves even where nothing is done
    /// with it.
    func note(enumOf port: AnyPort, _ signal: Bits) {
        if let enumeration = port.enumeration { note(enumeration, of: signal.id) }
    }
}
