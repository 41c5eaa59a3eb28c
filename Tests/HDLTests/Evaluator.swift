import BitVectors
import HDL

/// Computes a design straight from its arena, operation by operation over `BitVector`: the meaning of the language,
/// written without any of the code that turns it into Verilog.
final class Evaluator {
    private let circuit: Circuit
    private var children: [Evaluator] = []
    private var registers: [BitVector]
    private var memories: [[BitVector]]
    /// Values of the present cycle, by node.
    private var values: [Int32: BitVector] = [:]
    /// What drives an input port, by its node.
    private var inputs: [Int32: () -> BitVector] = [:]

    init(_ circuit: Circuit, of design: Design) {
        self.circuit = circuit
        registers = circuit.registers.map(\.powerUpValue)
        memories = circuit.memories.map {
            $0.contents + Array(repeating: .zeros($0.width), count: $0.depth - $0.contents.count)
        }
        for instance in circuit.instances {
            guard let definition = design.circuits.first(where: { $0.name == instance.module }) else { continue }
            let child = Evaluator(definition, of: design)
            for (outer, inner) in zip(instance.ports, definition.ports) where outer.isInput {
                child.inputs[inner.node] = { [unowned self] in self.value(outer.node) }
            }
            children.append(child)
        }
    }

    /// Begins a cycle with these values at the input ports, in the ports' order.
    func set(_ values: [BitVector]) {
        forgetCycle()
        for (port, value) in zip(circuit.ports.filter(\.isInput), values) { inputs[port.node] = { value } }
    }

    /// The output ports' values, in the ports' order.
    func outputs() -> [BitVector] { circuit.ports.filter { !$0.isInput }.map { value($0.node) } }

    /// The condition of a check of the circuit, by its place among the checks.
    func value(ofCheck index: Int) -> BitVector { value(circuit.checks[index].condition) }

    /// Ends the cycle.
    func clockEdge(reset: Bool) {
        let next = nextState(reset: reset)
        next.forEach { $0() }
        forgetCycle()
    }

    private func forgetCycle() {
        values.removeAll()
        children.forEach { $0.forgetCycle() }
    }

    /// All new values are computed before the first one is stored.
    private func nextState(reset: Bool) -> [() -> Void] {
        let nextRegisters = circuit.registers.enumerated().map { index, register in
            if reset, let value = register.resetValue { return value }
            return assigned(register.node, by: circuit.statements, before: registers[index]) ?? registers[index]
        }
        var nextMemories = memories
        store(circuit.statements, into: &nextMemories)
        let stored = nextMemories
        return children.flatMap { $0.nextState(reset: reset) } + [
            { [unowned self] in
                registers = nextRegisters
                memories = stored
            }
        ]
    }

    private func assigned(_ target: Int32, by block: [Statement], before: BitVector?) -> BitVector? {
        var result = before
        for statement in block {
            switch statement {
            case .assign(target, let value, _): result = self.value(value)
            case .assignSlice(target, let low, let part, _):
                let whole = result ?? .zeros(Int(circuit.nodes[Int(target)].width))
                result = whole.replacing(from: Int(low), with: self.value(part))
            case .assign, .assignSlice, .write: break
            case .choose(let index):
                if concerns(target, [statement]) {
                    result = assigned(target, by: takenArm(of: circuit.switches[index]), before: result)
                }
            case .when(let chain):
                // Not the condition of a chain that is about others, which may depend on the target.
                if circuit.whenChains[chain].arms.contains(where: { concerns(target, $0.body) }) {
                    result = assigned(target, by: takenArm(chain), before: result)
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
            case .choose(let index):
                concerns(target, circuit.switches[index].otherwise ?? [])
                    || circuit.switches[index].arms.contains { concerns(target, $0.body) }
            case .when(let chain): circuit.whenChains[chain].arms.contains { concerns(target, $0.body) }
            }
        }
    }

    private func store(_ block: [Statement], into memories: inout [[BitVector]]) {
        for statement in block {
            switch statement {
            case .assign, .assignSlice: break
            case .choose(let index): store(takenArm(of: circuit.switches[index]), into: &memories)
            case .write(let memory, let address, let value, let mask, _):
                guard let place = self.value(address).intValue, place < memories[Int(memory)].count else { break }
                let word = self.value(value)
                let lanes = mask < 0 ? .ones(1) : self.value(mask)
                let size = word.width / lanes.width
                for lane in 0..<lanes.width where lanes[lane] {
                    let part = word[lane * size..<(lane + 1) * size]
                    memories[Int(memory)][place] = memories[Int(memory)][place].replacing(from: lane * size, with: part)
                }
            case .when(let chain): store(takenArm(chain), into: &memories)
            }
        }
    }

    private func takenArm(_ chain: Int) -> [Statement] {
        circuit.whenChains[chain].arms.first { arm in arm.condition.map { value($0)[0] } ?? true }?.body ?? []
    }

    private func takenArm(of body: SwitchBody) -> [Statement] {
        let subject = value(body.subject)
        let taken = body.arms.first { arm in
            arm.patterns.contains { pattern in
                (0..<subject.width).allSatisfy { !pattern.care[$0] || pattern.value[$0] == subject[$0] }
            }
        }
        return taken?.body ?? body.otherwise ?? body.arms.last?.body ?? []
    }

    private func value(_ id: Int32) -> BitVector {
        if let known = values[id] { return known }
        let value = compute(circuit.nodes[Int(id)], id)
        values[id] = value
        return value
    }

    private func bit(_ value: Bool) -> BitVector { BitVector(value ? 1 : 0, width: 1) }

    private func compute(_ node: Node, _ id: Int32) -> BitVector {
        let width = Int(node.width)
        var a: BitVector { value(node.a) }
        var b: BitVector { value(node.b) }
        switch node.operation {
        case .input: return inputs[id]?() ?? .zeros(width)
        case .clock, .reset: return .zeros(1)
        case .constant: return circuit.constants[Int(node.a)]
        case .wire: return assigned(id, by: circuit.statements, before: nil) ?? .zeros(width)
        case .register: return registers[Int(node.a)]
        case .instanceOutput:
            let child = children[Int(node.a)]
            return child.value(child.circuit.ports[Int(node.b)].node)
        case .memoryRead:
            let words = memories[Int(node.a)]
            guard let place = b.intValue, place < words.count else { return .zeros(width) }
            return words[place]
        case .not: return ~a
        case .reduceAnd: return bit(a.reduceAnd)
        case .reduceOr: return bit(a.reduceOr)
        case .reduceXor: return bit(a.reduceXor)
        case .popcount: return a.popcount
        case .isolateLowestSet: return a.isolatedLowestSet
        case .oneHotToBinary:
            let operand = a
            let position = (0..<operand.width).filter { operand[$0] }.reduce(0, |)
            return BitVector(position, width: width)
        case .and: return a & b
        case .or: return a | b
        case .xor: return a ^ b
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return a / b
        case .modulo: return a % b
        case .divideSigned: return a.dividedSigned(by: b).quotient
        case .moduloSigned: return a.dividedSigned(by: b).remainder
        case .equal: return bit(a == b)
        case .notEqual: return bit(a != b)
        case .less: return bit(a < b)
        case .lessOrEqual: return bit(a <= b)
        case .lessSigned: return bit(a.isLessSigned(than: b))
        case .lessOrEqualSigned: return bit(a.isLessOrEqualSigned(than: b))
        case .shiftLeft: return b.intValue.map { a << $0 } ?? .zeros(width)
        case .shiftRight: return b.intValue.map { a >> $0 } ?? .zeros(width)
        case .shiftRightSigned: return a.shiftedRightSigned(by: b.intValue ?? width)
        case .mux: return a[0] ? b : value(node.c)
        case .slice: return a[Int(node.b)..<Int(node.b) + width]
        case .concatenate: return .concatenating(circuit.operands(of: node).map { value($0) })
        case .select:
            let choices = circuit.operands(of: node)
            guard let index = value(node.c).intValue, index < choices.count else { return .zeros(width) }
            return value(choices[choices.startIndex + index])
        case .dynamicBit:
            guard let index = b.intValue, index < a.width else { return .zeros(1) }
            return bit(a[index])
        }
    }
}

extension BitVector {
    /// The value with the bits from `low` on replaced.
    fileprivate func replacing(from low: Int, with part: BitVector) -> BitVector {
        BitVector(bits: (0..<width).map { $0 >= low && $0 < low + part.width ? part[$0 - low] : self[$0] })
    }
}
