extension Action {
    /// Registers, wires and memories that take values.
    public static func targets(of actions: [Action]) -> Set<Int> {
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
    static func simpler(_ actions: [Action]) -> [[Action]] {
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
