import BitVectors

/// Runs the arm whose value the subject has; reads as `case` in the Verilog.
///
///     choose(opcode) { on in
///         on.case(0, 1) { … }          // either value
///         on.case("1?0") { … }         // any bit where '?' stands
///         on.default { … }             // may be left out when the arms cover every value
///     }
///
/// The first arm that matches is taken. What no arm covers is an error, unless there is a default.
public func choose(
    _ subject: Bits, _ file: StaticString = #fileID, _ line: UInt = #line, _ arms: (Switch) -> Void
) {
    let location = SourceLocation(file, line)
    let open = SwitchBuilder(subject, enumeration: nil, location)
    arms(Switch(builder: open))
    open.close(location)
}

/// The arms of a `choose` on a signal.
public struct Switch {
    let builder: SwitchBuilder

    /// An arm for some values.
    public func `case`(
        _ values: Int..., file: StaticString = #fileID, line: UInt = #line, _ body: () -> Void
    ) {
        let location = SourceLocation(file, line)
        let width = builder.subject.width
        // A value that does not fit is found, and is not a pattern besides.
        let patterns = values.compactMap { number -> SwitchBody.Pattern? in
            let value = builder.circuit.value(number, width: width, role: "an arm's value", location)
            if !builder.circuit.fits(number, width: width) { return nil }
            return SwitchBody.Pattern(value: value, care: .ones(width))
        }
        builder.add(patterns, names: [], isEmpty: values.isEmpty, location, body)
    }

    /// An arm for values in which `?` stands for either bit: `"1??0"`; underscores may group the bits.
    public func `case`(
        _ patterns: String..., file: StaticString = #fileID, line: UInt = #line, _ body: () -> Void
    ) {
        let location = SourceLocation(file, line)
        let found = patterns.compactMap { builder.pattern($0, location) }
        builder.add(found, names: [], isEmpty: patterns.isEmpty, location, body)
    }

    /// The arm for every other value.
    public func `default`(file: StaticString = #fileID, line: UInt = #line, _ body: () -> Void) {
        builder.addDefault(SourceLocation(file, line), body)
    }
}

/// Collects the arms of a switch.
final class SwitchBuilder {
    let circuit: Circuit
    let subject: Bits
    private let index: Int
    private var patterns: [SwitchBody.Pattern] = []
    /// The values of those patterns in which every bit counts, and the other patterns: few, as a rule.
    private var exact: Set<BitVector> = []
    private var open: [SwitchBody.Pattern] = []

    init(_ subject: Bits, enumeration: Int?, _ location: SourceLocation) {
        circuit = subject.circuit
        self.subject = subject
        index = circuit.switches.count
        circuit.requireDescription(of: "'choose'", at: location)
        circuit.stamp(location, owner: circuit.names[subject.id] ?? "subject")
        circuit.switches.append(
            SwitchBody(subject: subject.id, arms: [], otherwise: nil, location: location, enumeration: enumeration))
        circuit.add(.choose(index))
    }

    func add(
        _ patterns: [SwitchBody.Pattern], names: [String], isEmpty: Bool, _ location: SourceLocation,
        _ body: () -> Void
    ) {
        circuit.requireDescription(of: "an arm of a 'choose'", at: location)
        if circuit.switches[index].otherwise != nil {
            circuit.report(at: location, "an arm after 'default' can never be taken")
        }
        if isEmpty { circuit.report(at: location, "an arm for no value can never be taken") }
        requirePlace(location)
        for pattern in patterns where isCovered(pattern) {
            let name = names.isEmpty ? pattern.description : "'\(names[patterns.firstIndex(of: pattern) ?? 0])'"
            circuit.report(at: location, "an arm above covers \(name) already")
        }
        self.patterns += patterns
        for pattern in patterns {
            if pattern.isExact { exact.insert(pattern.value) } else { open.append(pattern) }
        }
        let arm = circuit.switches[index].arms.count
        let statements = circuit.collect(.choose(index, arm: arm), body)
        circuit.switches[index].arms.append(
            SwitchBody.Arm(patterns: patterns, names: names, body: statements, location: location))
    }

    func addDefault(_ location: SourceLocation, _ body: () -> Void) {
        circuit.requireDescription(of: "an arm of a 'choose'", at: location)
        if circuit.switches[index].otherwise != nil {
            circuit.report(at: location, "a second 'default'")
        }
        requirePlace(location)
        let statements = circuit.collect(.choose(index, arm: nil), body)
        circuit.switches[index].otherwise = statements
    }

    /// Whether an arm so far takes every value of a pattern by one of its own.
    private func isCovered(_ pattern: SwitchBody.Pattern) -> Bool {
        (pattern.isExact && exact.contains(pattern.value)) || open.contains { $0.covers(pattern) }
    }

    private func requirePlace(_ location: SourceLocation) {
        let isInPlace = circuit.mayGrow { if case .choose(index) = $0 { true } else { false } }
        if !isInPlace { circuit.report(at: location, "an arm that does not stand directly in its 'choose'") }
    }

    /// Reports values of a plain signal that no arm takes.
    func close(_ location: SourceLocation) {
        guard circuit.switches[index].otherwise == nil else { return }
        if let missing = SwitchBody.Pattern.firstUncovered(by: patterns, width: subject.width) {
            circuit.report(
                at: location,
                "no arm takes \(circuit.describe(subject.id)) = \(missing.binary); add one, or a 'default'")
        }
    }

    /// Reports cases of an enum that no arm takes.
    func close(_ location: SourceLocation, cases: [Enumeration.Case]) {
        guard circuit.switches[index].otherwise == nil else { return }
        let missing = cases.filter { !exact.contains($0.code) }
        if !missing.isEmpty {
            let names = missing.map { "'\($0.name)'" }.joined(separator: ", ")
            circuit.report(
                at: location, "no arm takes \(circuit.describe(subject.id)) = \(names); add it, or a 'default'")
        }
    }

    func pattern(_ text: String, _ location: SourceLocation) -> SwitchBody.Pattern? {
        let digits = text.filter { $0 != "_" }
        guard digits.count == subject.width, digits.allSatisfy({ "01?".contains($0) }) else {
            circuit.report(
                at: location, "pattern \"\(text)\" for \(circuit.bits(subject.width)); one of 0, 1 and ? for each bit")
            return nil
        }
        let lowestFirst = digits.reversed()
        return SwitchBody.Pattern(
            value: BitVector(bits: lowestFirst.map { $0 == "1" }), care: BitVector(bits: lowestFirst.map { $0 != "?" }))
    }
}

extension SwitchBody.Pattern {
    /// Whether every value of the other pattern is one of this one.
    func covers(_ other: SwitchBody.Pattern) -> Bool {
        (care & ~other.care).isZero && ((value ^ other.value) & care).isZero
    }

    /// Whether some value is one of both.
    public func overlaps(_ other: SwitchBody.Pattern) -> Bool { ((value ^ other.value) & care & other.care).isZero }

    /// `1??0` as the user writes it, or the number when every bit counts.
    var description: String {
        if isExact { return value.intValue.map(String.init) ?? value.binary }
        return "\"" + (0..<value.width).reversed().map { care[$0] ? (value[$0] ? "1" : "0") : "?" }.joined() + "\""
    }

    /// A value that none of the patterns has; nil when they cover all.
    ///
    /// Fixes one bit after another, the top one first, and keeps the patterns that still agree: a depth-first search whose stack
    /// holds at most two entries a bit.
    static func firstUncovered(by patterns: [SwitchBody.Pattern], width: Int) -> BitVector? {
        var stack: [(bit: Int, fixed: BitVector, left: [SwitchBody.Pattern])] = [(width, .zeros(width), patterns)]
        while let (bit, fixed, left) = stack.popLast() {
            if left.isEmpty { return fixed }
            // A pattern that is free in all remaining bits covers all that is left.
            if left.contains(where: { bit == 0 || ($0.care << (width - bit)).isZero }) { continue }
            let next = bit - 1
            // A bit that no pattern looks at is the same either way, so one way is enough.
            let ways = left.contains(where: { $0.care[next] }) ? [true, false] : [false]
            for one in ways {
                let value = one ? fixed | (BitVector(1, width: width) << next) : fixed
                stack.append((next, value, left.filter { !$0.care[next] || $0.value[next] == one }))
            }
        }
        return nil
    }
}

extension BitVector {
    /// Binary digits as Verilog writes them, `4'b0101`.
    var binary: String { "\(width)'b" + (0..<width).reversed().map { self[$0] ? "1" : "0" }.joined() }
}
