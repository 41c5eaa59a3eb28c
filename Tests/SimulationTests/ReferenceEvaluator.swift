import BitVectors
import HDL
import RandomCircuits

/// A clock domain as the reference sees it: one for each domain of the top and each that signals drive.
final class ReferenceClock {
    let name: String
    let clocking: Clocking
    /// Levels of the ports, or of the signals.
    var clock: () -> BitVector
    var reset: () -> BitVector
    let isDerived: Bool
    var lastLevel = false

    init(_ name: String, _ clocking: Clocking, isDerived: Bool, clock: @escaping () -> BitVector) {
        self.name = name
        self.clocking = clocking
        self.isDerived = isDerived
        self.clock = clock
        reset = { BitVector(clocking.resetLevel == .low ? 1 : 0, width: 1) }
    }

    var isResetActive: Bool { clocking.resetLevel.map { reset()[0] == ($0 == .high) } ?? false }
}

/// Computes one instance straight from its arena, on demand and recursively, over `BitVector`.
final class ReferenceScope {
    let circuit: Circuit
    private(set) var children: [ReferenceScope] = []
    var registers: [BitVector]
    var memories: [[BitVector]]
    private(set) var clocks: [ReferenceClock?] = []
    /// Values of the present moment, by node.
    private var values: [Int32: BitVector] = [:]
    /// What drives an input port, by its node.
    var inputs: [Int32: () -> BitVector] = [:]

    init(_ circuit: Circuit, of design: Design, clocks given: [ReferenceClock?], all: inout [ReferenceClock]) {
        self.circuit = circuit
        registers = circuit.registers.map(\.powerUpValue)
        memories = circuit.memories.map {
            $0.contents + Array(repeating: .zeros($0.width), count: $0.depth - $0.contents.count)
        }
        for (index, domain) in circuit.domains.enumerated() {
            guard case .signals(let clock, let reset) = domain.source else {
                clocks.append(index < given.count ? given[index] : nil)
                continue
            }
            let derived = ReferenceClock(domain.name, domain.clocking, isDerived: true) { [unowned self] in value(clock)
            }
            if let reset { derived.reset = { [unowned self] in value(reset) } }
            clocks.append(derived)
            all.append(derived)
        }
        for instance in circuit.instances {
            let definition = design.definition(of: instance, in: circuit)
            let child = ReferenceScope(
                definition, of: design, clocks: instance.domains.map { $0 < 0 ? nil : clocks[Int($0)] }, all: &all)
            for (outer, inner) in zip(instance.ports, definition.ports) where outer.isInput {
                child.inputs[inner.node] = { [unowned self] in value(outer.node) }
            }
            children.append(child)
        }
    }

    func forget() {
        values.removeAll()
        children.forEach { $0.forget() }
    }

    /// All new values of the given clocks' registers and memories, to be stored afterwards.
    func edges(of clocks: [ReferenceClock]) -> [() -> Void] {
        func steps(_ domain: Int32) -> Bool {
            self.clocks[Int(domain)].map { one in clocks.contains { $0 === one } } ?? false
        }
        let next = circuit.registers.enumerated().map { index, register -> BitVector in
            guard steps(register.domain) else { return registers[index] }
            if let reset = register.resetValue, self.clocks[Int(register.domain)]?.isResetActive == true {
                return reset
            }
            return assigned(register.node, by: circuit.statements, before: registers[index]) ?? registers[index]
        }
        var words = memories
        store(circuit.statements, into: &words) { steps(self.circuit.memories[Int($0)].domain) }
        let stored = words
        return children.flatMap { $0.edges(of: clocks) } + [
            { [unowned self] in
                registers = next
                memories = stored
            }
        ]
    }

    /// Lets active asynchronous resets act.
    /// - Returns: whether a register has changed.
    func applyResets() -> Bool {
        var hasChanged = false
        for (index, register) in circuit.registers.enumerated() {
            guard let clock = clocks[Int(register.domain)], clock.clocking.isAsynchronous, clock.isResetActive,
                let value = register.resetValue, registers[index] != value
            else { continue }
            registers[index] = value
            hasChanged = true
        }
        return children.reduce(hasChanged) { $1.applyResets() || $0 }
    }

    /// Names of the checks that fail now, of some clocks.
    func failures(of clocks: [ReferenceClock], path: String = "") -> [String] {
        let own = circuit.checks.filter { check in
            guard check.kind != .cover, let clock = self.clocks[Int(check.domain)] else { return false }
            return clocks.contains { $0 === clock } && !clock.isResetActive && !value(check.condition)[0]
        }
        return own.map { path + $0.name }
            + zip(circuit.instances, children).flatMap { $1.failures(of: clocks, path: path + $0.name + ".") }
    }

    // MARK: Statements

    private func assigned(_ target: Int32, by block: [Statement], before: BitVector?) -> BitVector? {
        var result = before
        for statement in block {
            switch statement {
            case .assign(target, let value, _):
                result = self.value(value)
            case .assignSlice(target, let low, let part, _):
                let part = value(part)
                let whole = result ?? .zeros(Int(circuit.nodes[Int(target)].width))
                result = BitVector(
                    bits: (0..<whole.width).map { index in
                        let inside = index - Int(low)
                        return (0..<part.width).contains(inside) ? part[inside] : whole[index]
                    })
            case .assign, .assignSlice, .write:
                break
            case .when, .choose:
                // Not the condition of a choice that is about others, which may depend on the target.
                if concerns(target, [statement]) {
                    result = assigned(target, by: takenArm(statement), before: result)
                }
            }
        }
        return result
    }

    private func concerns(_ target: Int32, _ block: [Statement]) -> Bool {
        block.contains { statement in
            switch statement {
            case .assign(let other, _, _), .assignSlice(let other, _, _, _): other == target
            case .write: false
            case .when(let chain): circuit.whenChains[chain].arms.contains { concerns(target, $0.body) }
            case .choose(let index):
                circuit.switches[index].arms.contains { concerns(target, $0.body) }
                    || concerns(target, circuit.switches[index].otherwise ?? [])
            }
        }
    }

    private func takenArm(_ statement: Statement) -> [Statement] {
        switch statement {
        case .when(let chain):
            return circuit.whenChains[chain].arms.first { arm in arm.condition.map { value($0)[0] } ?? true }?.body
                ?? []
        case .choose(let index):
            let body = circuit.switches[index]
            let subject = value(body.subject)
            let arm = body.arms.first { arm in
                arm.patterns.contains { pattern in
                    (0..<subject.width).allSatisfy { !pattern.care[$0] || subject[$0] == pattern.value[$0] }
                }
            }
            return arm?.body ?? body.otherwise ?? body.arms.last?.body ?? []
        default:
            return []
        }
    }

    private func store(_ block: [Statement], into memories: inout [[BitVector]], where steps: (Int32) -> Bool) {
        for statement in block {
            switch statement {
            case .assign, .assignSlice: break
            case .write(let memory, let address, let word, let mask, _):
                guard steps(memory), let place = ReferenceValues.amount(value(address)),
                    place < memories[Int(memory)].count
                else { break }
                let word = value(word)
                let old = memories[Int(memory)][place]
                let lanes = mask < 0 ? BitVector.ones(1) : value(mask)
                let lane = word.width / lanes.width
                memories[Int(memory)][place] = BitVector(
                    bits: (0..<word.width).map { lanes[$0 / lane] ? word[$0] : old[$0] })
            case .when, .choose: store(takenArm(statement), into: &memories, where: steps)
            }
        }
    }

    // MARK: Values

    func value(_ id: Int32) -> BitVector {
        if let known = values[id] { return known }
        let value = compute(circuit.nodes[Int(id)], id)
        values[id] = value
        return value
    }

    private func compute(_ node: Node, _ id: Int32) -> BitVector {
        let width = Int(node.width)
        switch node.operation {
        case .input: return inputs[id]?() ?? .zeros(width)
        case .constant: return circuit.constants[Int(node.a)]
        case .wire: return assigned(id, by: circuit.statements, before: nil) ?? .zeros(width)
        case .register: return registers[Int(node.a)]
        case .clock: return clocks[Int(node.a)]?.clock() ?? .zeros(1)
        case .reset: return clocks[Int(node.a)]?.reset() ?? .zeros(1)
        case .instanceOutput:
            let child = children[Int(node.a)]
            return child.value(child.circuit.ports[Int(node.b)].node)
        case .memoryRead:
            let words = memories[Int(node.a)]
            guard let place = ReferenceValues.amount(value(node.b)), place < words.count else { return .zeros(width) }
            return words[place]
        case .mux: return value(node.a)[0] ? value(node.b) : value(node.c)
        case .slice:
            let whole = value(node.a)
            return BitVector(bits: (0..<width).map { whole[Int(node.b) + $0] })
        case .concatenate:
            return BitVector(
                bits: circuit.operands(of: node).reversed().flatMap { operand -> [Bool] in
                    let part = value(operand)
                    return (0..<part.width).map { part[$0] }
                })
        case .select:
            let choices = circuit.operands(of: node)
            guard let index = ReferenceValues.amount(value(node.c)), index < choices.count else { return .zeros(width) }
            return value(choices[choices.startIndex + index])
        default:
            if node.b < 0 { return ReferenceValues.unary(node.operation, value(node.a), width: width) ?? .zeros(width) }
            return ReferenceValues.binary(node.operation, value(node.a), value(node.b)) ?? .zeros(width)
        }
    }
}

/// A whole design: the top's ports by name, and steps of its clocks.
final class ReferenceEvaluator {
    let top: ReferenceScope
    private var clocks: [ReferenceClock]
    private var levels: [String: Bool] = [:]
    private var ports: [String: BitVector] = [:]
    private(set) var failures: [String] = []

    init(_ design: Design) {
        var all: [ReferenceClock] = []
        let own = design.top.domains.map { domain -> ReferenceClock? in
            if case .signals = domain.source { return nil }
            return ReferenceClock(domain.name, domain.clocking, isDerived: false) { .zeros(1) }
        }
        top = ReferenceScope(design.top, of: design, clocks: own, all: &all)
        clocks = own.compactMap { $0 } + all
        for clock in clocks where !clock.isDerived {
            let name = clock.name
            levels[name] = clock.clocking.edge == .falling
            clock.clock = { [unowned self] in ReferenceValues.bit(levels[name] ?? false) }
        }
        for (domain, clock) in zip(design.top.domains, own) {
            guard let clock else { continue }
            let inactive = clock.reset()
            clock.reset = { [unowned self] in ports[domain.resetName] ?? inactive }
        }
        for port in design.top.ports where port.isInput {
            top.inputs[port.node] = { [unowned self] in ports[port.name] ?? .zeros(port.width) }
        }
        look()
        for clock in clocks { clock.lastLevel = clock.clock()[0] }
    }

    func set(_ name: String, _ value: BitVector) { ports[name] = value }

    func settle() {
        look()
        follow()
    }

    func step(_ names: Set<String>) {
        settle()
        let stepped = clocks.filter { !$0.isDerived && names.contains($0.name) }
        for clock in stepped { levels[clock.name]?.toggle() }
        look()
        take(stepped + derivedEdges())
        follow()
        for clock in stepped { levels[clock.name]?.toggle() }
        look()
        follow()
    }

    private func look() {
        top.forget()
        while top.applyResets() { top.forget() }
    }

    private func derivedEdges() -> [ReferenceClock] {
        clocks.filter { clock in
            guard clock.isDerived else { return false }
            let level = clock.clock()[0]
            defer { clock.lastLevel = level }
            return level != clock.lastLevel && level == (clock.clocking.edge == .rising)
        }
    }

    private func take(_ clocks: [ReferenceClock]) {
        failures += top.failures(of: clocks)
        top.edges(of: clocks).forEach { $0() }
        look()
    }

    private func follow() {
        var edges = derivedEdges()
        while !edges.isEmpty {
            take(edges)
            edges = derivedEdges()
        }
    }
}
