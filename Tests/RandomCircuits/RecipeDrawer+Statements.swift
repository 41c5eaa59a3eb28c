import BitVectors
import HDL

extension RecipeDrawer {
    /// A switch with a default, or with an arm for either value of the top bit.
    func choice(width: Int, _ body: (inout [Action]) -> Void) -> Action {
        func arm() -> [Action] {
            var actions: [Action] = []
            body(&actions)
            return actions
        }
        let subject = any(width, constantsOneIn: 30)
        if random.chance(1, of: 4) {
            let free = String(repeating: "?", count: width - 1)
            let cases = ["0" + free, "1" + free].map { Action.Case(patterns: [$0], body: arm()) }
            return .choose(subject, width: width, cases, otherwise: nil)
        }
        var patterns: [String] = []
        for _ in 0..<random.below(6) {
            let pattern = pattern(width)
            // An arm of which one above takes every value is an error.
            if !patterns.contains(where: { Action.Case.covers($0, pattern) }) { patterns.append(pattern) }
        }
        var cases: [Action.Case] = []
        while !patterns.isEmpty {
            let count = min(patterns.count, random.chance(1, of: 3) ? 2 : 1)
            cases.append(.init(patterns: Array(patterns.prefix(count)), body: arm()))
            patterns.removeFirst(count)
        }
        return .choose(subject, width: width, cases, otherwise: arm())
    }

    /// Values that subjects have, as most numbers of many bits are never met: one number, numbers with some of the lowest
    /// bits free, and those in which one to three bits are fixed.
    func pattern(_ width: Int) -> String {
        let style = random.below(4)
        let value = style == 0 ? random.value(width) : BitVector(random.below(16), width: width)
        let fixed = (0..<1 + random.below(3)).map { _ in random.below(width) }
        let digits = (0..<width).reversed().map { bit -> String in
            let isFree = style == 2 && bit < width - 1 && bit < 4 && random.chance(1, of: 2)
            if isFree || style == 3 && !fixed.contains(bit) { return "?" }
            return (style == 3 ? random.chance(1, of: 2) : value[bit]) ? "1" : "0"
        }
        return digits.joined()
    }

    func assignment(_ register: Int) -> Action {
        .assign(target: register, low: 0, count: 0, any(widths[register] ?? 1))
    }

    func part(_ register: Int) -> Action {
        let whole = widths[register] ?? 1
        let low = random.below(whole)
        let count = 1 + random.below(whole - low)
        return .assign(target: register, low: low, count: count, any(count))
    }

    func assignRegisters() {
        var actions: [Action] = []
        for register in registers {
            // The first assignment may be for every case; a later one would make those before it void, an error.
            if random.chance(1, of: 3) {
                actions.append(assignment(register))
            } else {
                actions.append(.when([.init(condition: any(1), body: [assignment(register)])], otherwise: nil))
            }
        }
        // Parts for every case come before the conditional ones, which they might make void.
        for register in registers where (widths[register] ?? 1) > 1 {
            let whole = widths[register] ?? 1
            let low = random.below(whole)
            let count = 1 + random.below(min(whole - low, whole - 1))
            actions.append(.assign(target: register, low: low, count: count, any(count)))
        }
        for register in registers {
            let condition = any(1)
            switch random.below(3) {
            case 0: break
            case 1: actions.append(.when([.init(condition: condition, body: [nested([register], 0)])], otherwise: nil))
            default: actions.append(.when([.init(condition: condition, body: [nested(registers, 0)])], otherwise: nil))
            }
        }
        add(.actions(actions))
    }

    /// Nested statements that give registers values, whole or in part.
    func nested(_ registers: [Int], _ depth: Int) -> Action {
        let register = random.pick(registers)
        switch depth > 2 ? 0 : random.below(6) {
        case 0: return assignment(register)
        case 1: return part(register)
        case 2, 3:
            let arms = (0..<1 + random.below(4)).map { _ in
                Action.Arm(condition: any(1), body: [nested(registers, depth + 1)])
            }
            return .when(arms, otherwise: random.chance(1, of: 2) ? [nested(registers, depth + 1)] : nil)
        default:
            let width = random.pick([1, 2, 3, 8, 31, 65])
            var arms: [[Action]] = []
            for _ in 0..<8 { arms.append([nested(registers, depth + 1)]) }
            return choice(width: width) { $0 = arms.popLast() ?? [] }
        }
    }
}
