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
        case .crossing(_, _, let value): Set([value.signal].compactMap { $0 })
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
        case .crossing(let width, let reset, let value):
            return narrower(width).map { with(.crossing(width: $0, reset: reset, value)) }
                + value.simpler.map { with(.crossing(width: width, reset: reset, $0)) }
                + [with(.register(width: width, reset: reset, powerUp: nil))]
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
