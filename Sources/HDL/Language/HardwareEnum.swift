import BitVectors

/// How the cases of an enum are coded in bits.
public enum EnumEncoding: Sendable {
    /// 0, 1, 2, … in as few bits as possible.
    case binary
    /// One bit a case.
    case oneHot
    /// Neighbouring cases differ in one bit.
    case gray
    /// The integer raw values of the cases, `case load = 0b0101`, in as few bits as the largest needs or in a width.
    case rawValues(width: Int? = nil)
}

/// A Swift enum whose cases are the values of a signal: states, opcodes, kinds.
public protocol HardwareEnum: CaseIterable, Hashable, Sendable {
    static var encoding: EnumEncoding { get }
}

extension HardwareEnum {
    public static var encoding: EnumEncoding { .binary }

    /// The names and codes of all cases, in order of declaration.
    public static var enumeration: Enumeration {
        let count = allCases.count
        let raw = allCases.map(\.rawCode)
        let width =
            switch encoding {
            case .oneHot: count
            case .binary, .gray: addressWidth(count)
            case .rawValues(let width): max(width ?? addressWidth((raw.compactMap { $0 }.max() ?? 0) &+ 1), 1)
            }
        let cases = allCases.enumerated().map { index, one in
            let code =
                switch encoding {
                case .binary: BitVector(index, width: width)
                case .oneHot: BitVector(1, width: width) << index
                case .gray: BitVector(index ^ (index >> 1), width: width)
                case .rawValues: BitVector(raw[index] ?? index, width: width)
                }
            return Enumeration.Case(name: "\(one)".snakeCased, code: code)
        }
        return Enumeration(name: "\(Self.self)", cases: cases, flaw: flaw(width: width))
    }

    /// The integer that the case is written with; nil without one.
    private var rawCode: Int? {
        ((self as? any RawRepresentable)?.rawValue as? any BinaryInteger).flatMap { Int(exactly: $0) }
    }

    /// What is wrong with the codes; nil when each is a number of the width.
    private static func flaw(width: Int) -> String? {
        guard case .rawValues = encoding else { return nil }
        for one in allCases {
            guard let code = one.rawCode else { return "'\(Self.self)' is coded by raw values, which are no integers" }
            if code < 0 { return "case '\(one)' of '\(Self.self)' has code \(code); codes are 0 or more" }
            if code >> width != 0 {
                let bits = width == 1 ? "1 bit" : "\(width) bits"
                return "case '\(one)' of '\(Self.self)' has code \(code), which does not fit in \(bits)"
            }
        }
        return nil
    }

    /// Number of bits of a code.
    public static var width: Int { enumeration.width }

    /// The code of the case.
    public var code: BitVector {
        // The position of the case, not its hash: `allCases` may be in any order that the type likes.
        let index = Self.allCases.enumerated().first { $0.element == self }?.offset ?? 0
        return Self.enumeration.cases[index].code
    }
}

/// A signal whose values are the cases of an enum; their names go into the Verilog and the waves.
public struct EnumSignal<Value: HardwareEnum> {
    /// The code.
    public let bits: Bits

    /// Reads the bits as codes. A value that is no case's code equals no case.
    public init(_ bits: Bits, _ type: Value.Type = Value.self) {
        let wanted = Value.width
        self.bits =
            bits.width == wanted
            ? bits : bits.flawed(width: wanted, "\(bits.circuit.bits(bits.width)) as '\(Value.self)' of \(wanted)")
        self.bits.circuit.note(Value.enumeration, of: self.bits.id)
    }

    /// Names the signal.
    public func named(_ name: String, _ file: StaticString = #fileID, _ line: UInt = #line) -> EnumSignal {
        EnumSignal(bits.named(name, file, line))
    }

    /// A case as a constant.
    func literal(_ value: Value) -> Bits {
        let node = bits.circuit.append(value.code)
        bits.circuit.note(Value.enumeration, of: node)
        return Bits(bits.circuit, node, bits.width)
    }

    /// Drives a wire or an output with a case.
    public func drive(_ value: Value, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.drive(literal(value), file, line)
    }

    /// Drives a wire or an output.
    public func drive(_ value: EnumSignal, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.drive(value.bits, file, line)
    }

    /// Gives a register a case after the next clock edge.
    public func next(_ value: Value, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.next(literal(value), file, line)
    }

    /// Gives a register its value after the next clock edge.
    public func next(_ value: EnumSignal, _ file: StaticString = #fileID, _ line: UInt = #line) {
        bits.next(value.bits, file, line)
    }

    /// Whether the signal is one of some cases.
    public func isOne(of values: Value...) -> Bits {
        guard let first = values.first else { return bits.circuit.constant(0, width: 1) }
        return values.dropFirst().reduce(self == first) { $0 | (self == $1) }
    }

    /// Said here, since the type checker looks through every minus that there is for seconds otherwise.
    @available(*, unavailable, message: "a case has no sign; negate its 'bits'")
    public static prefix func - (value: EnumSignal) -> Bits { fatalError("unavailable") }

    /// The same among signed operands.
    @available(*, unavailable, message: "a case has no sign; negate its 'bits'")
    public static prefix func - (value: EnumSignal) -> Signed { fatalError("unavailable") }

    /// Whether the signal is in the case.
    public static func == (left: EnumSignal, right: Value) -> Bits { left.bits == left.literal(right) }
    /// Whether the signal is in another case, or in none.
    public static func != (left: EnumSignal, right: Value) -> Bits { left.bits != left.literal(right) }
    /// Whether the codes are equal.
    public static func == (left: EnumSignal, right: EnumSignal) -> Bits { left.bits == right.bits }
    /// Whether the codes differ.
    public static func != (left: EnumSignal, right: EnumSignal) -> Bits { left.bits != right.bits }
}

/// `whenTrue` when the one-bit condition holds, else `whenFalse`.
public func mux<Value>(
    _ condition: Bits, _ whenTrue: EnumSignal<Value>, _ whenFalse: EnumSignal<Value>
) -> EnumSignal<Value> {
    EnumSignal(mux(condition, whenTrue.bits, whenFalse.bits))
}

/// Runs the arm of the case that the subject has. Every case needs an arm, unless there is a default.
///
/// A value that is no case's code takes the default, and without one the last arm.
public func choose<Value>(
    _ subject: EnumSignal<Value>, _ file: StaticString = #fileID, _ line: UInt = #line,
    _ arms: (EnumSwitch<Value>) -> Void
) {
    let location = SourceLocation(file, line)
    let enumeration = Value.enumeration
    let index = subject.bits.circuit.index(of: enumeration)
    let open = SwitchBuilder(subject.bits, enumeration: index, location)
    arms(EnumSwitch(builder: open))
    open.close(location, cases: enumeration.cases)
}

/// The arms of a `choose` on an enum.
public struct EnumSwitch<Value: HardwareEnum> {
    let builder: SwitchBuilder

    /// An arm for some cases.
    public func `case`(
        _ values: Value..., file: StaticString = #fileID, line: UInt = #line, _ body: () -> Void
    ) {
        let patterns = values.map { SwitchBody.Pattern(value: $0.code, care: .ones(builder.subject.width)) }
        builder.add(
            patterns, names: values.map { "\($0)".snakeCased }, isEmpty: values.isEmpty, SourceLocation(file, line),
            body)
    }

    /// The arm for every other value.
    public func `default`(file: StaticString = #fileID, line: UInt = #line, _ body: () -> Void) {
        builder.addDefault(SourceLocation(file, line), body)
    }
}

extension Builder {
    /// A register for the cases of an enum.
    public func register<Value: HardwareEnum>(
        _ name: String, _ type: Value.Type, reset: Value,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> EnumSignal<Value> {
        EnumSignal(
            circuit.addRegister(
                name, width: Value.width, reset: reset.code, domain: domain, SourceLocation(file, line)))
    }

    /// A wire for the cases of an enum.
    public func wire<Value: HardwareEnum>(
        _ name: String, _ type: Value.Type, default value: Value? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> EnumSignal<Value> {
        let wire = EnumSignal<Value>(
            circuit.addWire(name, width: Value.width, purpose: .declared, SourceLocation(file, line)))
        if let value { wire.drive(value, file, line) }
        return wire
    }

    /// A state machine: a register for the states and, in each of them, what its arm says.
    ///
    /// Every state needs an arm. The body gets the state as well, to move on by `state.next(.busy)`.
    @discardableResult
    public func stateMachine<Value: HardwareEnum>(
        _ name: String, reset: Value, _ file: StaticString = #fileID, _ line: UInt = #line,
        _ arms: (EnumSignal<Value>, EnumSwitch<Value>) -> Void
    ) -> EnumSignal<Value> {
        let state = register(name, Value.self, reset: reset, file, line)
        choose(state, file, line) { arms(state, $0) }
        return state
    }
}

extension Circuit {
    /// The index of an enumeration, listed once.
    func index(of enumeration: Enumeration) -> Int {
        if let known = enumerations.firstIndex(of: enumeration) { return known }
        enumerations.append(enumeration)
        return enumerations.count - 1
    }

    /// Notes that a signal's values are the cases of an enum.
    func note(_ enumeration: Enumeration, of node: Int32) {
        let count = enumerations.count
        enumerationOfNode[node] = index(of: enumeration)
        // Once a module is enough.
        if enumerations.count > count, let flaw = enumeration.flaw { report(node: node, flaw) }
    }
}
