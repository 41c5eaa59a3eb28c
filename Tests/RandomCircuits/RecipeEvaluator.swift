public import BitVectors
import HDL

/// What a recipe means: computed from its data over `BitVector`, with no part of the language, the elaboration, the
/// emitter or a simulator in between.
public final class RecipeEvaluator {
    public let recipe: Recipe
    private let widths: [Int: Int]
    /// Registers, the leaves' totals and the words of synchronous reads, by the number of their signal.
    private var state: [Int: BitVector] = [:]
    private var memories: [Int: [BitVector]] = [:]
    private var lanes: [Int: Int] = [:]
    private var inputs: [Int: BitVector] = [:]
    private var isResetActive: [Bool]
    /// Values of the present moment, by signal.
    public private(set) var values: [Int: BitVector] = [:]

    public init(_ recipe: Recipe) {
        self.recipe = recipe
        widths = recipe.signalWidths
        isResetActive = recipe.clockings.map { _ in false }
        for step in recipe.steps {
            switch step.kind {
            case .register(let width, let reset, let powerUp):
                state[step.id] = BitVector(powerUp ?? reset ?? 0, width: width)
            case .crossing(let width, let reset, _): state[step.id] = BitVector(reset ?? 0, width: width)
            case .instance(let width, _, _): state[step.id] = BitVector(1, width: width)
            case .read(_, _, .some, _): state[step.id] = .zeros(widths[step.id] ?? 1)
            case .memory(let depth, let count, let laneWidth, let contents):
                let blank = BitVector.zeros(count * laneWidth)
                memories[step.id] = contents + Array(repeating: blank, count: depth - contents.count)
                lanes[step.id] = count
            default: break
            }
        }
        for step in recipe.steps { if case .input(let width) = step.kind { inputs[step.id] = .zeros(width) } }
    }

    /// Gives the inputs, in order, and the resets values, and lets the logic and asynchronous resets act.
    public func set(_ newInputs: [BitVector], isResetActive: [Bool]) {
        let numbers = recipe.steps.compactMap { if case .input = $0.kind { $0.id } else { nil } }
        for (number, value) in zip(numbers, newInputs) { inputs[number] = value }
        self.isResetActive = isResetActive
        settle()
    }

    /// Values of the outputs, in order.
    public var outputs: [BitVector] {
        recipe.steps.compactMap { step in
            if case .output(let value, let width) = step.kind { value.value(width, values) } else { nil }
        }
    }

    /// Has an active edge in some domains at once.
    public func step(_ domains: Set<Int>) {
        var next = state
        var words = memories
        for step in recipe.steps where domains.contains(step.domain) {
            switch step.kind {
            case .actions(let actions): perform(actions, on: &next, &words)
            case .crossing(let width, _, let value): next[step.id] = self.value(value, width)
            case .instance(let width, let enable, let value):
                if self.value(enable, 1)[0], let total = state[step.id] {
                    next[step.id] = total + self.value(value, width)
                }
            default: break
            }
        }
        // After all writes, for a read may forward them.
        for step in recipe.steps where domains.contains(step.domain) {
            guard case .read(_, _, .some(let enable), let forwards) = step.kind, value(enable, 1)[0] else { continue }
            next[step.id] = readWord(step, of: forwards ? words : memories)
        }
        // A reset goes before every assignment.
        for (number, value) in resetValues where domains.contains(value.domain) { next[number] = value.value }
        state = next
        memories = words
        settle()
    }

    /// What the active resets give the registers that have them.
    private var resetValues: [(Int, (domain: Int, value: BitVector))] {
        recipe.steps.compactMap { step in
            guard isResetActive[step.domain], recipe.clocking(step.domain).reset != .none else { return nil }
            switch step.kind {
            case .register(let width, .some(let reset), _), .crossing(let width, .some(let reset), _):
                return (step.id, (step.domain, BitVector(reset, width: width)))
            case .instance(let width, _, _): return (step.id, (step.domain, BitVector(1, width: width)))
            default: return nil
            }
        }
    }

    private func settle() {
        for (number, value) in resetValues where recipe.clocking(value.domain).isAsynchronous {
            state[number] = value.value
        }
        values = [:]
        for step in recipe.steps {
            switch step.kind {
            case .input: values[step.id] = inputs[step.id]
            case .register, .crossing: values[step.id] = state[step.id]
            case .computation(let computation, _):
                values[step.id] = computation.value(
                    zip(computation.operands, computation.widths).map { value($0, $1) })
            case .word(let call, _):
                values[step.id] = call.value(zip(call.operands, call.widths).map { value($0, $1) })
            case .read(_, _, let enable, _):
                values[step.id] = enable == nil ? readWord(step, of: memories) : state[step.id]
            case .instance(let width, _, let value):
                let total = state[step.id] ?? .zeros(width)
                values[step.id] = total
                values[step.id + 1] = total ^ self.value(value, width)
            case .wire(let width, let byDefault, let actions):
                var driven = [step.id: BitVector(byDefault ?? 0, width: width)]
                var none: [Int: [BitVector]] = [:]
                perform(actions, on: &driven, &none)
                values[step.id] = driven[step.id]
            case .memory, .actions, .check, .output: break
            }
        }
    }

    private func value(_ operand: Operand, _ width: Int) -> BitVector { operand.value(width, values) }

    private func readWord(_ step: Step, of memories: [Int: [BitVector]]) -> BitVector? {
        guard case .read(let number, let address, _, _) = step.kind, let words = memories[number] else { return nil }
        let place = ReferenceValues.amount(value(address, addressWidth(words.count))) ?? words.count
        return place < words.count ? words[place] : .zeros(words[0].width)
    }

    private func perform(_ actions: [Action], on targets: inout [Int: BitVector], _ words: inout [Int: [BitVector]]) {
        for action in actions {
            switch action {
            case .assign(let target, let low, let count, let operand):
                guard let old = targets[target] else { continue }
                let part = Action.part(low: low, count: count, of: old.width)
                let new = value(operand, part.count)
                targets[target] = BitVector(
                    bits: (0..<old.width).map { part.contains($0) ? new[$0 - part.lowerBound] : old[$0] })
            case .write(let number, let address, let operand, let mask):
                guard var memory = words[number], let lanes = lanes[number] else { continue }
                let place = ReferenceValues.amount(value(address, addressWidth(memory.count))) ?? memory.count
                guard place < memory.count else { continue }
                let old = memory[place]
                let new = value(operand, old.width)
                let mask = mask.map { value($0, lanes) } ?? .ones(lanes)
                let laneWidth = old.width / lanes
                memory[place] = BitVector(bits: (0..<old.width).map { mask[$0 / laneWidth] ? new[$0] : old[$0] })
                words[number] = memory
            case .when(let arms, let otherwise):
                let taken = arms.first { value($0.condition, 1)[0] }?.body ?? otherwise ?? []
                perform(taken, on: &targets, &words)
            case .choose(let subject, let width, let cases, let otherwise):
                let subject = value(subject, width)
                let taken = cases.first { one in
                    one.patterns.contains { pattern in
                        zip(pattern.reversed(), 0..<width).allSatisfy { digit, index in
                            digit == "?" || (digit == "1") == subject[index]
                        }
                    }
                }
                perform(taken?.body ?? otherwise ?? [], on: &targets, &words)
            }
        }
    }
}
