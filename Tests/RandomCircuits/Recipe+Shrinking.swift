import BitVectors
import HDL

extension Recipe {
    /// Simpler recipes, the boldest first: fewer steps, fewer statements, simpler operands, narrower signals.
    ///
    /// Not all of them elaborate; whoever tries them leaves those out.
    var simplifications: [Recipe] {
        var found: [Recipe] = []
        // Outputs first: without them most of the rest is unused.
        let outputs = steps.indices.filter { if case .output = steps[$0].kind { true } else { false } }
        if outputs.count > 1 { found += outputs.map { kept in dropping { outputs.contains($0) && $0 != kept } } }
        let unused = unusedSteps
        if !unused.isEmpty { found.append(dropping { unused.contains($0) }) }
        if clockings.count == 2, !steps.contains(where: { $0.domain == 1 }) {
            found.append(Recipe(name: name, clockings: [clockings[0]], steps: steps))
        }
        var size = steps.count / 2
        while size > 1 {
            for start in stride(from: 0, to: steps.count, by: size) {
                found.append(dropping { (start..<start + size).contains($0) })
            }
            size /= 2
        }
        for index in steps.indices { found.append(dropping { $0 == index }) }
        for domain in clockings.indices where clockings[domain] != 0 {
            var simpler = self
            simpler.clockings[domain] = 0
            found.append(simpler)
        }
        for (index, step) in steps.enumerated() {
            found += step.simplifications.map { simpler in
                var recipe = self
                recipe.steps[index] = simpler
                return recipe
            }
        }
        return found.filter { recipe in recipe.steps.contains { if case .output = $0.kind { true } else { false } } }
    }

    private func dropping(_ isDropped: (Int) -> Bool) -> Recipe {
        Recipe(
            name: name, clockings: clockings, steps: steps.enumerated().filter { !isDropped($0.offset) }.map(\.element))
    }

    /// Steps that no output needs.
    private var unusedSteps: Set<Int> {
        var needed = Set<Int>()
        var count = -1
        while count != needed.count {
            count = needed.count
            for step in steps {
                switch step.kind {
                case .output: needed.formUnion(step.mentions)
                case .actions(let actions):
                    for target in Action.targets(of: actions) where needed.contains(target) {
                        needed.formUnion(step.mentions)
                    }
                default:
                    if needed.contains(step.id) || needed.contains(step.id + 1) && step.isInstance {
                        needed.formUnion(step.mentions)
                    }
                }
            }
        }
        return Set(
            steps.indices.filter { index in
                let step = steps[index]
                switch step.kind {
                case .output: return false
                case .check: return true
                case .actions(let actions): return !Action.targets(of: actions).contains { needed.contains($0) }
                default: return !needed.contains(step.id) && !(step.isInstance && needed.contains(step.id + 1))
                }
            })
    }
}

extension Step {
    var isInstance: Bool { if case .instance = kind { true } else { false } }

    /// Signals and memories that the step names.
    var mentions: Set<Int> {
        switch kind {
        case .input, .register, .memory: []
        case .computation(let computation, _): Set(computation.operands.compactMap(\.signal))
        case .word(let call, _): Set(call.operands.compactMap(\.signal))
        case .read(let memory, let address, let enable, _):
            Set([memory, address.signal, enable?.signal].compactMap { $0 })
        case .instance(_, let enable, let value): Set([enable.signal, value.signal].compactMap { $0 })
        case .wire(_, _, let actions), .actions(let actions): Action.mentions(of: actions)
        case .check(let value), .output(let value, _): Set([value.signal].compactMap { $0 })
        }
    }

    /// Simpler steps with the same number.
    var simplifications: [Step] {
        func with(_ kind: Kind) -> Step { Step(id: id, domain: domain, kind) }
        switch kind {
        case .input(let width): return narrower(width).map { with(.input(width: $0)) }
        case .register(let width, let reset, let powerUp):
            return narrower(width).map { with(.register(width: $0, reset: reset, powerUp: powerUp)) }
                + (powerUp == nil ? [] : [with(.register(width: width, reset: reset, powerUp: nil))])
        case .computation(let computation, let isNamed):
            return computation.simplifications.map { with(.computation($0, isNamed: isNamed)) }
                + (isNamed ? [with(.computation(computation, isNamed: false))] : [])
        case .word(let call, let isNamed):
            return call.simplifications.map { with(.word($0, isNamed: isNamed)) }
                + (isNamed ? [with(.word(call, isNamed: false))] : [])
        case .memory(let depth, let lanes, let laneWidth, let contents):
            return narrower(laneWidth).map { with(.memory(depth: depth, lanes: lanes, laneWidth: $0, contents: [])) }
                + (contents.isEmpty
                    ? [] : [with(.memory(depth: depth, lanes: lanes, laneWidth: laneWidth, contents: []))])
                + (depth > 1 ? [with(.memory(depth: 1, lanes: lanes, laneWidth: laneWidth, contents: []))] : [])
        case .read(let memory, let address, let enable, let forwards):
            func read(_ address: Operand, _ enable: Operand?, _ forwards: Bool) -> Step {
                with(.read(memory: memory, address: address, enable: enable, forwards: forwards))
            }
            return (forwards ? [read(address, enable, false)] : [])
                + address.simpler.map { read($0, enable, forwards) }
                + (enable?.simpler ?? []).map { read(address, $0, forwards) }
        case .instance(let width, let enable, let value):
            return narrower(width).map { with(.instance(width: $0, enable: enable, value: value)) }
                + enable.simpler.map { with(.instance(width: width, enable: $0, value: value)) }
                + value.simpler.map { with(.instance(width: width, enable: enable, value: $0)) }
        case .wire(let width, let byDefault, let actions):
            return narrower(width).map { with(.wire(width: $0, byDefault: byDefault, actions)) }
                + (byDefault == nil ? [with(.wire(width: width, byDefault: 0, actions))] : [])
                + Action.simpler(actions).map { with(.wire(width: width, byDefault: byDefault, $0)) }
        case .actions(let actions): return Action.simpler(actions).map { with(.actions($0)) }
        case .check: return []
        case .output(let value, let width):
            return narrower(width).map { with(.output(value, width: $0)) }
                + value.simpler.map { with(.output($0, width: width)) }
        }
    }
}

private func narrower(_ width: Int) -> [Int] {
    Set([1, 2, width / 2, width - 1]).filter { $0 >= 1 && $0 < width }.sorted()
}

extension Computation {
    fileprivate var simplifications: [Computation] {
        var found: [Computation] = []
        for index in operands.indices {
            for simpler in operands[index].simpler {
                var one = self
                one.operands[index] = simpler
                found.append(one)
            }
        }
        switch operation {
        case .mux, .select:
            for width in narrower(widths[1]) {
                var one = self
                one.widths = [widths[0]] + Array(repeating: width, count: widths.count - 1)
                found.append(one)
            }
            if operation == .select, operands.count > 2 {
                found.append(Computation(.select, widths.dropLast(), operands.dropLast()))
            }
        case .concatenate:
            for index in widths.indices {
                for width in narrower(widths[index]) {
                    var one = self
                    one.widths[index] = width
                    found.append(one)
                }
                if widths.count > 1 {
                    var one = self
                    one.widths.remove(at: index)
                    one.operands.remove(at: index)
                    found.append(one)
                }
            }
        case .shiftLeft, .shiftRight, .shiftRightSigned, .dynamicBit:
            for index in widths.indices {
                for width in narrower(widths[index]) {
                    var one = self
                    one.widths[index] = width
                    found.append(one)
                }
            }
        case .slice:
            for width in narrower(widths[0]) {
                let count = min(count, width)
                found.append(Computation(.slice, [width], operands, low: min(low, width - count), count: count))
            }
        default:
            for width in narrower(widths[0]) {
                var one = self
                one.widths = widths.map { _ in width }
                found.append(one)
            }
        }
        return found
    }
}

extension WordCall {
    fileprivate var simplifications: [WordCall] {
        let simpler = operands.indices.flatMap { index in
            operands[index].simpler.map { one in
                var call = self
                call.operands[index] = one
                return call
            }
        }
        return simpler + narrowerWidths.map { WordCall(function, $0, operands, number: number) }
            + (number > 1 ? [1, number / 2].map { WordCall(function, widths, operands, number: $0) } : [])
    }

    private var narrowerWidths: [[Int]] {
        func replacing(_ index: Int, _ width: Int) -> [Int] {
            var one = widths
            one[index] = width
            return one
        }
        switch function {
        case .allOf, .anyOf: return []
        case .selectOneHot, .prioritySelect:
            return narrower(widths[1]).map { [widths[0]] + Array(repeating: $0, count: widths.count - 1) }
        case .withBit: return [0, 1].flatMap { index in narrower(widths[index]).map { replacing(index, $0) } }
        case .withBitOfInteger: return narrower(widths[0]).map { replacing(0, $0) }
        case .rotatedLeft, .rotatedRight, .bitsAt, .addGrowing, .subtractGrowing, .multiplyGrowing, .addGrowingSigned,
            .subtractGrowingSigned, .multiplyGrowingSigned:
            return widths.indices.flatMap { index in narrower(widths[index]).map { replacing(index, $0) } }
        default: return narrower(widths[0]).map { width in widths.map { _ in width } }
        }
    }
}

extension Operand {
    var signal: Int? { if case .signal(let number) = source { number } else { nil } }

    /// Zero, then ones, then the same signal from its lowest bit on.
    fileprivate var simpler: [Operand] {
        var found: [Operand] = []
        let ones = Operand(.constant(.ones(300)))
        if signal != nil {
            found = [.zero, ones]
            if low != 0 || extending != .zeros { found.append(Operand(source)) }
        } else if self != .zero {
            found = [.zero]
        }
        return found.filter { $0 != self }
    }
}

extension Action {
    /// Registers, wires and memories that take values.
    static func targets(of actions: [Action]) -> Set<Int> {
        actions.reduce(into: []) { found, action in
            switch action {
            case .assign(let target, _, _, _): found.insert(target)
            case .write(let memory, _, _, _): found.insert(memory)
            case .when(let arms, let otherwise):
                for arm in arms { found.formUnion(targets(of: arm.body)) }
                found.formUnion(targets(of: otherwise ?? []))
            case .choose(_, _, let cases, let otherwise):
                for one in cases { found.formUnion(targets(of: one.body)) }
                found.formUnion(targets(of: otherwise ?? []))
            }
        }
    }

    static func mentions(of actions: [Action]) -> Set<Int> {
        actions.reduce(into: []) { found, action in
            switch action {
            case .assign(_, _, _, let value): found.formUnion([value.signal].compactMap { $0 })
            case .write(let memory, let address, let value, let mask):
                found.formUnion([memory, address.signal, value.signal, mask?.signal].compactMap { $0 })
            case .when(let arms, let otherwise):
                for arm in arms {
                    found.formUnion([arm.condition.signal].compactMap { $0 })
                    found.formUnion(mentions(of: arm.body))
                }
                found.formUnion(mentions(of: otherwise ?? []))
            case .choose(let subject, _, let cases, let otherwise):
                found.formUnion([subject.signal].compactMap { $0 })
                for one in cases { found.formUnion(mentions(of: one.body)) }
                found.formUnion(mentions(of: otherwise ?? []))
            }
        }
    }

    /// Blocks with one statement less, or one that is simpler; a choice may become one of its arms.
    fileprivate static func simpler(_ actions: [Action]) -> [[Action]] {
        actions.indices.flatMap { index -> [[Action]] in
            let before = Array(actions[..<index])
            let after = Array(actions[(index + 1)...])
            return [before + after] + actions[index].replacements.map { before + $0 + after }
        }
    }

    private var replacements: [[Action]] {
        switch self {
        case .assign(let target, let low, let count, let value):
            return value.simpler.map { [.assign(target: target, low: low, count: count, $0)] }
                + (count == 0 ? [] : [[.assign(target: target, low: 0, count: 0, value)]])
        case .write(let memory, let address, let value, let mask):
            return (mask == nil ? [] : [[.write(memory: memory, address: address, value: value, mask: nil)]])
                + address.simpler.map { [.write(memory: memory, address: $0, value: value, mask: mask)] }
                + value.simpler.map { [.write(memory: memory, address: address, value: $0, mask: mask)] }
        case .when(let arms, let otherwise):
            var found = arms.map(\.body) + [otherwise ?? []]
            for (index, arm) in arms.enumerated() {
                func replacing(_ new: [Arm]) -> [Action] {
                    [.when(Array(arms[..<index]) + new + Array(arms[(index + 1)...]), otherwise: otherwise)]
                }
                if arms.count > 1 { found.append(replacing([])) }
                found += arm.condition.simpler.map { replacing([Arm(condition: $0, body: arm.body)]) }
                found += Action.simpler(arm.body).map { replacing([Arm(condition: arm.condition, body: $0)]) }
            }
            if let otherwise {
                found.append([.when(arms, otherwise: nil)])
                found += Action.simpler(otherwise).map { [.when(arms, otherwise: $0)] }
            }
            return found
        case .choose(let subject, let width, let cases, let otherwise):
            var found = cases.map(\.body) + [otherwise ?? []]
            for (index, one) in cases.enumerated() {
                func replacing(_ new: [Case]) -> [Action] {
                    let all = Array(cases[..<index]) + new + Array(cases[(index + 1)...])
                    return [.choose(subject, width: width, all, otherwise: otherwise ?? [])]
                }
                found.append(replacing([]))
                if one.patterns.count > 1 {
                    found += one.patterns.map { replacing([Case(patterns: [$0], body: one.body)]) }
                }
                found += Action.simpler(one.body).map { replacing([Case(patterns: one.patterns, body: $0)]) }
            }
            found += subject.simpler.map { [.choose($0, width: width, cases, otherwise: otherwise)] }
            return found
        }
    }
}
