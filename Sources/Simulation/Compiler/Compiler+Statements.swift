import BitVectors
import HDL

/// Values that the statements of a block have given so far, on top of those of the block around it.
private final class Assignments {
    private let outer: Assignments?
    private(set) var values: [Int32: UInt32] = [:]
    /// Targets in the order of their first assignment, so that programs are the same in every run.
    private(set) var targets: [Int32] = []

    init(_ outer: Assignments?) { self.outer = outer }

    subscript(target: Int32) -> UInt32? {
        var block: Assignments? = self
        while let current = block {
            if let value = current.values[target] { return value }
            block = current.outer
        }
        return nil
    }

    func set(_ target: Int32, _ value: UInt32) {
        if values.updateValue(value, forKey: target) == nil { targets.append(target) }
    }
}

/// How the arm of a chain or a switch is found.
private enum Choice {
    /// The first arm where the bit is set, else the second.
    case bit(UInt32)
    /// The arms by a number.
    case number(UInt32)
}

/// Statements become conditional moves: one arm number for a chain or a switch, and one selection for each signal
/// that its arms assign. The conditions are computed anyway, and straight-line code needs no branches.
extension Compiler {
    /// Compiles a scope's statements, and what its registers, memories and checks take at an edge.
    mutating func emitStatements(of index: Int) {
        let circuit = scopes[index].circuit
        let top = Assignments(nil)
        emit(circuit.statements, of: index, into: top, reached: nil)
        for wire in circuit.wires {
            if let value = top[wire.node] {
                let width = Int(circuit.nodes[Int(wire.node)].width)
                copy(value, to: scopes[index].places[Int(wire.node)], width: width)
            }
        }
        for register in circuit.registers {
            let place = scopes[index].places[Int(register.node)]
            let reset = register.resetValue.map { constant($0) }
            registers.append(
                FlatRegister(
                    domain: scopes[index].domains[Int(register.domain)], value: place,
                    width: register.powerUpValue.width, next: top[register.node] ?? place, reset: reset))
        }
        for check in circuit.checks {
            let isClocked = circuit.domains[Int(check.domain)].isClockUsed
            checks.append(
                FlatCheck(
                    name: scopes[index].name(check.name), declaration: check,
                    domain: isClocked ? scopes[index].domains[Int(check.domain)] : -1,
                    condition: scopes[index].places[Int(check.condition)]))
        }
    }

    /// - Parameter reached: one bit that says whether the block's statements count; nil outside any arm.
    private mutating func emit(
        _ block: [Statement], of index: Int, into assignments: Assignments, reached: UInt32?
    ) {
        let circuit = scopes[index].circuit
        for statement in block {
            switch statement {
            case .assign(let target, let value, _):
                assignments.set(target, scopes[index].places[Int(value)])
            case .assignSlice(let target, let low, let value, _):
                let base = assignments[target] ?? initial(target, of: index)
                let part = (scopes[index].places[Int(value)], Int(circuit.nodes[Int(value)].width))
                let width = Int(circuit.nodes[Int(target)].width)
                assignments.set(target, insert(part.0, width: part.1, at: Int(low), of: base, wholeWidth: width))
            case .write(let memory, let address, let value, let mask, _):
                let addressWidth = Int(circuit.nodes[Int(address)].width)
                let declaration = circuit.memories[Int(memory)]
                writes.append(
                    FlatWrite(
                        domain: scopes[index].domains[Int(declaration.domain)],
                        memory: scopes[index].firstMemory + Int(memory), enable: reached,
                        address: saturated(scopes[index].places[Int(address)], width: addressWidth),
                        value: scopes[index].places[Int(value)],
                        mask: mask >= 0 ? scopes[index].places[Int(mask)] : nil,
                        lanes: mask >= 0 ? Int(circuit.nodes[Int(mask)].width) : 1))
            case .when(let chain):
                emit(circuit.whenChains[chain], of: index, into: assignments, reached: reached)
            case .choose(let choice):
                emit(circuit.switches[choice], of: index, into: assignments, reached: reached)
            }
        }
    }

    /// The value of a target before its first assignment: a register keeps its own, a wire's is never seen.
    private mutating func initial(_ target: Int32, of index: Int) -> UInt32 {
        let node = scopes[index].circuit.nodes[Int(target)]
        return node.operation == .register
            ? scopes[index].places[Int(target)] : constant(.zeros(Int(node.width)))
    }

    private mutating func insert(
        _ value: UInt32, width: Int, at low: Int, of base: UInt32, wholeWidth: Int
    ) -> UInt32 {
        if width == wholeWidth { return value }
        if wholeWidth <= 64 {
            return emit(.insert, width: wholeWidth, a: base, b: value, c: UInt32(low), d: UInt32(64 - width))
        }
        let place = pooled([UInt32(low), UInt32(width)])
        return emit(.insertWide, width: wholeWidth, a: base, b: value, c: place, d: UInt32(wholeWidth))
    }

    // MARK: Chains and switches

    private mutating func emit(
        _ chain: WhenChainBody, of index: Int, into assignments: Assignments, reached: UInt32?
    ) {
        let conditions = chain.arms.compactMap { $0.condition.map { scopes[index].places[Int($0)] } }
        var bodies = chain.arms.map(\.body)
        if !chain.isComplete { bodies.append([]) }
        let choice: Choice =
            conditions.count == 1
            ? .bit(conditions[0])
            : .number(emit(.firstTrue, width: 64, a: pooled(conditions), b: UInt32(conditions.count)))
        emit(bodies, chosenBy: choice, of: index, into: assignments, reached: reached)
    }

    private mutating func emit(
        _ body: SwitchBody, of index: Int, into assignments: Assignments, reached: UInt32?
    ) {
        var bodies = body.arms.map(\.body)
        if let otherwise = body.otherwise { bodies.append(otherwise) }
        guard !bodies.isEmpty else { return }
        let subject = scopes[index].places[Int(body.subject)]
        let width = Int(scopes[index].circuit.nodes[Int(body.subject)].width)
        // Without a default the last arm takes what no arm names.
        let last = UInt32(bodies.count - 1)
        let number: UInt32
        if width <= 8 {
            let table = (0..<(1 << width)).map { value -> UInt32 in
                let value = BitVector(value, width: width)
                let arm = body.arms.firstIndex { arm in
                    arm.patterns.contains { ((value ^ $0.value) & $0.care).isZero }
                }
                return arm.map { UInt32($0) } ?? last
            }
            number = emit(.lookUp, width: 64, a: pooled(table), c: subject)
        } else {
            var list = [UInt32(words(of: width))]
            for (position, arm) in body.arms.enumerated() {
                for pattern in arm.patterns {
                    list += [constant(pattern.value & pattern.care), constant(pattern.care), UInt32(position)]
                }
            }
            let count = UInt32(list.count / 3)
            number = emit(.match, width: 64, a: pooled(list), b: count, c: subject, d: last)
        }
        emit(bodies, chosenBy: .number(number), of: index, into: assignments, reached: reached)
    }

    private mutating func emit(
        _ bodies: [[Statement]], chosenBy choice: Choice, of index: Int, into assignments: Assignments,
        reached: UInt32?
    ) {
        var arms: [Assignments] = []
        for (position, body) in bodies.enumerated() {
            let arm = Assignments(assignments)
            let isNeeded = writesMemory(body, of: index)
            emit(
                body, of: index, into: arm,
                reached: isNeeded ? reachedArm(position, of: choice, inside: reached) : nil)
            arms.append(arm)
        }
        var merged: Set<Int32> = []
        for target in arms.flatMap(\.targets) where merged.insert(target).inserted {
            let width = Int(scopes[index].circuit.nodes[Int(target)].width)
            let places = arms.map { $0[target] ?? initial(target, of: index) }
            assignments.set(target, merge(places, by: choice, width: width))
        }
    }

    private mutating func merge(_ values: [UInt32], by choice: Choice, width: Int) -> UInt32 {
        guard let first = values.first, values.contains(where: { $0 != first }) else { return values[0] }
        switch choice {
        case .bit(let condition): return mux(condition, values[0], values[1], width: width)
        case .number(let number): return select(number, values, width: width)
        }
    }

    /// Whether an arm is taken, and the statement that it belongs to is reached.
    private mutating func reachedArm(_ position: Int, of choice: Choice, inside reached: UInt32?) -> UInt32 {
        let own: UInt32
        switch choice {
        case .bit(let condition): own = position == 0 ? condition : emit(.not, width: 1, a: condition, d: 63)
        case .number(let number):
            own = emit(.equal, width: 1, a: number, b: constant(position, width: 64))
        }
        return reached.map { emit(.and, width: 1, a: $0, b: own) } ?? own
    }

    private func writesMemory(_ block: [Statement], of index: Int) -> Bool {
        let circuit = scopes[index].circuit
        return block.contains { statement in
            switch statement {
            case .assign, .assignSlice: false
            case .write: true
            case .when(let chain): circuit.whenChains[chain].arms.contains { writesMemory($0.body, of: index) }
            case .choose(let choice):
                circuit.switches[choice].arms.contains { writesMemory($0.body, of: index) }
                    || writesMemory(circuit.switches[choice].otherwise ?? [], of: index)
            }
        }
    }
}
