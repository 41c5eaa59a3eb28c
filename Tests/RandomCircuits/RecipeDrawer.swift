import BitVectors
import HDL

extension Recipe {
    /// The circuit that a seed draws: all statements and sources, and operations that go through all cells of operations
    /// and widths in turn from seed to seed. One in three has one clock domain.
    public static func drawn(seed: UInt64) -> Recipe {
        var random = SplitMix(state: seed)
        let first = Int(seed % 10)
        let clockings = seed % 3 == 0 ? [first] : [first, random.below(10)]
        let drawer = RecipeDrawer(random: random, seed: seed)
        for domain in clockings.indices { drawer.drawDomain(domain, of: clockings.count) }
        return Recipe(name: "random_\(seed)", clockings: clockings, steps: drawer.steps)
    }
}

/// Draws the steps of one domain after the other.
private final class RecipeDrawer {
    private(set) var steps: [Step] = []
    private var random: SplitMix
    private let seed: UInt64
    private var domain = 0
    /// Signals of the domain, the recent ones last, and those that nobody reads.
    private var signals: [Int] = []
    private var unread: [Int] = []
    private var registers: [Int] = []
    private var widths: [Int: Int] = [:]
    private var nextID = 0
    /// Place in the list of all cells of operations and widths.
    private var cell: Int
    /// Place in the list of all cells of word functions and widths.
    private var wordCell: Int

    init(random: SplitMix, seed: UInt64) {
        self.random = random
        self.seed = seed
        cell = Int(seed % 1_000_000) * 14
        wordCell = Int(seed % 1_000_000) * 4
    }

    func drawDomain(_ domain: Int, of count: Int) {
        self.domain = domain
        (signals, unread, registers) = ([], [], [])
        for _ in 0..<(domain == 0 ? 4 : 2) {
            let width = width()
            add(.input(width: width), width)
        }
        for _ in 0..<(domain == 0 ? 4 : 2) { drawRegister() }
        drawComputations(4)
        drawWords(1)
        drawMemory()
        drawInstance()
        drawComputations(count == 1 ? 6 : 2)
        drawWords(count == 1 ? 2 : 1)
        drawWire()
        drawSwitchedWire()
        drawComputations(4 - 2 * domain)
        if domain == 0 { drawWords(1) }
        assignRegisters()
        // Registers too, so that none lives for itself alone.
        for signal in signals where unread.contains(signal) || registers.contains(signal) {
            let width = widths[signal] ?? 1
            add(.output(Operand(.signal(signal)), width: width))
        }
        add(.check(any(1)))
    }

    // MARK: Signals

    private func width() -> Int { random.pick(Recipe.widths) }

    @discardableResult
    private func add(_ kind: Step.Kind, _ widths: Int...) -> Int {
        let id = nextID
        nextID += max(widths.count, 1)
        steps.append(Step(id: id, domain: domain, kind))
        for (offset, width) in widths.enumerated() {
            signals.append(id + offset)
            unread.append(id + offset)
            self.widths[id + offset] = width
        }
        return id
    }

    /// Some signal; recent ones more often, so that circuits get deep. Or a constant.
    private func any(_ width: Int, constantsOneIn: Int = 10) -> Operand {
        if random.chance(1, of: constantsOneIn) { return Operand(.constant(random.value(width))) }
        let recent = random.chance(1, of: 2) ? 8 : signals.count
        let signal = random.pick(Array(signals.suffix(recent)))
        // A part may leave out what matters, so only a whole counts as read.
        if let whole = widths[signal], whole <= width { unread.removeAll { $0 == signal } }
        return Operand(
            .signal(signal), low: random.below(300), extending: random.pick([.zeros, .zerosBelow, .sign, .copies]))
    }

    // MARK: Declarations

    private func drawRegister() {
        let width = width()
        let reset: Int? = random.chance(1, of: 4) ? nil : random.below(2)
        registers.append(add(.register(width: width, reset: reset, powerUp: random.chance(1, of: 3) ? 1 : nil), width))
    }

    private func drawMemory() {
        let depth = random.pick([1, 5, 8])
        let width = width()
        let lanes = random.pick([1, 2, 3, 4, 5].filter { width % $0 == 0 })
        let contents = (0..<random.below(depth + 1)).map { _ in random.value(width) }
        let memory = add(.memory(depth: depth, lanes: lanes, laneWidth: width / lanes, contents: contents))
        let address = addressWidth(depth)
        func write(masked: Bool) -> Action {
            .write(
                memory: memory, address: any(address), value: any(width), mask: masked ? any(lanes) : nil)
        }
        let inner = Action.when(
            [
                .init(condition: any(1), body: [write(masked: false)]),
                .init(condition: any(1), body: [write(masked: true)]),
            ],
            otherwise: nil)
        let first = Action.when([.init(condition: any(1), body: [write(masked: true), inner])], otherwise: nil)
        let second = choice(width: 2) { $0.append(write(masked: true)) }
        add(.actions([first, second]))
        let asynchronous = any(address)
        add(.read(memory: memory, address: asynchronous, enable: nil, forwards: false), width)
        for forwards in [false, true] {
            let synchronous = any(address)
            add(.read(memory: memory, address: synchronous, enable: any(1), forwards: forwards), width)
        }
    }

    private func drawInstance() {
        let width = width()
        let enable = any(1)
        add(.instance(width: width, enable: enable, value: any(width)), width, width)
    }

    private func drawWire() {
        let width = width()
        let id = nextID
        let half = width / 2
        func assign(low: Int = 0, count: Int = 0) -> Action {
            .assign(target: id, low: low, count: count, any(count == 0 ? width : count))
        }
        let halves = half > 0 ? [assign(count: half), assign(low: half, count: width - half)] : [assign()]
        let inner = Action.when([.init(condition: any(1), body: [assign()])], otherwise: [assign()])
        let isDefaulted = random.chance(1, of: 2)
        let chain = Action.when(
            [
                .init(condition: any(1), body: [assign()]),
                .init(condition: any(1), body: isDefaulted ? [inner] : halves),
            ],
            otherwise: isDefaulted ? [assign(count: 1)] : [inner])
        add(.wire(width: width, byDefault: isDefaulted ? 1 : nil, [chain]), width)
    }

    private func drawSwitchedWire() {
        let width = width()
        let id = nextID
        let choice = choice(width: random.pick([1, 3, 33, 128])) {
            $0.append(.assign(target: id, low: 0, count: 0, any(width)))
        }
        add(.wire(width: width, byDefault: nil, [choice]), width)
    }

    // MARK: Statements

    /// A switch with a default, or with an arm for either value of the top bit.
    private func choice(width: Int, _ body: (inout [Action]) -> Void) -> Action {
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
    private func pattern(_ width: Int) -> String {
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

    private func assignment(_ register: Int) -> Action {
        .assign(target: register, low: 0, count: 0, any(widths[register] ?? 1))
    }

    private func part(_ register: Int) -> Action {
        let whole = widths[register] ?? 1
        let low = random.below(whole)
        let count = 1 + random.below(whole - low)
        return .assign(target: register, low: low, count: count, any(count))
    }

    private func assignRegisters() {
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
    private func nested(_ registers: [Int], _ depth: Int) -> Action {
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

    // MARK: Computations

    private func drawComputations(_ count: Int) {
        for _ in 0..<count {
            let computation = computation()
            add(.computation(computation, isNamed: random.chance(1, of: 3)), computation.resultWidth)
        }
    }

    private func drawWords(_ count: Int) {
        for _ in 0..<count {
            let call = wordCall()
            add(.word(call, isNamed: random.chance(1, of: 3)), call.resultWidth)
        }
    }

    private func computation() -> Computation {
        // The cells come in an order in which neighbours have little in common; their number is no multiple of 101.
        let operations = Computation.operations
        let place = cell * 101 % (operations.count * Recipe.widths.count)
        cell += 1
        let size = Recipe.widths[place % Recipe.widths.count]
        let operation = operations[place / Recipe.widths.count]
        switch operation {
        case .not, .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet, .oneHotToBinary:
            return Computation(operation, [size], [whole(size)])
        case .slice:
            let low = random.below(size)
            return Computation(.slice, [size], [whole(size)], low: low, count: 1 + random.below(size - low))
        case .shiftLeft, .shiftRight, .shiftRightSigned, .dynamicBit:
            let amount = random.pick([1, 3, 7, 9, 32, 65])
            return Computation(operation, [size, amount], [whole(size), whole(amount)])
        case .mux: return Computation(.mux, [1, size, size], [whole(1), any(size), any(size)])
        case .select:
            let count = 1 + random.below(6)
            let index = random.pick([1, 2, 3, 7, 65])
            let values = (0..<count).map { _ in any(size) }
            return Computation(.select, [index] + Array(repeating: size, count: count), [whole(index)] + values)
        case .concatenate:
            let first = 1 + random.below(size)
            let second = size > first ? 1 + random.below(size - first) : 0
            let parts = [first, second, size - first - second].filter { $0 > 0 }
            return Computation(.concatenate, parts, parts.map { any($0) })
        default:
            return Computation(operation, [size, size], [whole(size), any(size)])
        }
    }

    private func wordCall() -> WordCall {
        let functions = WordFunction.allCases
        let place = wordCell * 101 % (functions.count * Recipe.widths.count)
        wordCell += 1
        let size = Recipe.widths[place % Recipe.widths.count]
        let function = functions[place / Recipe.widths.count]
        let number = function == .oneHot ? size : random.below(1 << 20)
        func call(_ widths: Int...) -> WordCall {
            WordCall(function, widths, [whole(widths[0])] + widths.dropFirst().map { any($0) }, number: number)
        }
        let amount = random.pick([1, 3, 7, 9, 32, 65])
        switch function {
        case .reversedBits, .highestSet, .leadingZeroCount, .trailingZeroCount, .findFirstSet, .findLastSet,
            .grayEncoded, .grayDecoded, .negative, .magnitude, .rotatedLeftByInteger, .rotatedRightByInteger,
            .shiftLeftByInteger, .shiftRightByInteger, .shiftRightSignedByInteger, .isOneOfIntegers, .plusInteger,
            .belowInteger, .aboveInteger, .belowIntegerSigned:
            return call(size)
        case .rotatedLeft, .rotatedRight, .bitsAt: return call(size, amount)
        case .oneHot: return call(amount)
        case .withBit: return call(size, amount, 1)
        case .withBitOfInteger: return call(size, 1)
        case .min, .max, .absoluteDifference, .saturatingAdd, .saturatingSubtract, .above, .aboveOrEqual, .minSigned,
            .maxSigned, .absoluteDifferenceSigned, .saturatingAddSigned, .saturatingSubtractSigned, .aboveSigned,
            .aboveOrEqualSigned:
            return call(size, size)
        case .addGrowing, .subtractGrowing, .multiplyGrowing, .addGrowingSigned, .subtractGrowingSigned,
            .multiplyGrowingSigned:
            return call(size, width())
        case .selectOneHot, .prioritySelect:
            let widths = [1 + random.below(5)]
            let values = Array(repeating: size, count: widths[0])
            return WordCall(function, widths + values, [whole(widths[0])] + values.map { any($0) })
        case .allOf, .anyOf: return random.chance(1, of: 4) ? call(1) : call(1, 1)
        }
    }

    /// A signal, as operations of constants alone are no operations.
    private func whole(_ width: Int) -> Operand { any(width, constantsOneIn: 1000) }
}
