public import BitVectors
public import HDL

/// A circuit as plain data: what a seed draws, what shrinks, and what is built, printed as Swift and evaluated.
///
/// Every recipe whose operands name earlier steps of their domain is a circuit: an operand takes whatever width is asked
/// for, so steps may get narrower without a look at those that use them.
public struct Recipe: Hashable, Sendable {
    /// The widths of the coverage table: one and two bits, and those around the words of machines.
    public static let widths = [1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 300]
    /// Both edges with every kind of reset.
    public static let clockings: [Clocking] = [Clocking.Edge.rising, .falling].flatMap { edge in
        [
            Clocking.Reset.none, .synchronous(.high), .synchronous(.low), .asynchronous(.high), .asynchronous(.low),
        ].map { Clocking(edge: edge, reset: $0) }
    }

    /// Name of the module in the Verilog.
    public var name: String
    /// Index into `clockings` for the module's own domain, and for the other one if there is one.
    public var clockings: [Int]
    public var steps: [Step]

    public init(name: String, clockings: [Int], steps: [Step]) {
        self.name = name
        self.clockings = clockings
        self.steps = steps
    }

    /// How a domain works.
    public func clocking(_ domain: Int) -> Clocking { Recipe.clockings[clockings[domain]] }

    public func step(_ id: Int) -> Step? { steps.first { $0.id == id } }
}

/// One declaration, or one value that is computed.
public struct Step: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case input(width: Int)
        /// Without a reset value it is left alone by the reset.
        case register(width: Int, reset: Int?, powerUp: Int?)
        /// A register that takes a signal of the other domain at every edge of its own.
        case crossing(width: Int, reset: Int?, Operand)
        case computation(Computation, isNamed: Bool)
        case word(WordCall, isNamed: Bool)
        /// The mask of a write has a bit for each of the lanes. All writes are in one domain.
        case memory(depth: Int, lanes: Int, laneWidth: Int, contents: [BitVector])
        /// Read in the same cycle, or into a register while `enable` holds; such a read may forward what is written in its
        /// own domain.
        case read(memory: Int, address: Operand, enable: Operand?, forwards: Bool)
        /// Its outputs are the signals with the step's number and the next one.
        case instance(width: Int, enable: Operand, value: Operand)
        case wire(width: Int, byDefault: Int?, [Action])
        /// Gives registers and memories values.
        case actions([Action])
        case check(Operand)
        case output(Operand, width: Int)
    }

    /// Number of the signal that the step makes.
    public let id: Int
    /// Zero for the module's own clock domain, one for the other.
    public var domain: Int
    public var kind: Kind

    public init(id: Int, domain: Int, _ kind: Kind) {
        self.id = id
        self.domain = domain
        self.kind = kind
    }
}

/// An operation on operands that are brought to given widths.
public struct Computation: Hashable, Sendable {
    public var operation: Operation
    /// Width of each operand.
    public var widths: [Int]
    public var operands: [Operand]
    /// First bit and number of bits of a slice.
    public var low = 0
    public var count = 1

    public init(_ operation: Operation, _ widths: [Int], _ operands: [Operand], low: Int = 0, count: Int = 1) {
        self.operation = operation
        self.widths = widths
        self.operands = operands
        self.low = low
        self.count = count
    }
}

/// A signal or a constant, to be brought to a width: the bits from some place on of a wider one, or a narrower one extended.
public struct Operand: Hashable, Sendable {
    public enum Source: Hashable, Sendable {
        case signal(Int)
        case constant(BitVector)
    }
    /// What stands above a signal that is too narrow; with `zerosBelow` the signal itself is on top.
    public enum Extension: Hashable, Sendable { case zeros, zerosBelow, sign, copies }

    public var source: Source
    public var low = 0
    public var extending = Extension.zeros

    public init(_ source: Source, low: Int = 0, extending: Extension = .zeros) {
        self.source = source
        self.low = low
        self.extending = extending
    }

    public static let zero = Operand(.constant(.zeros(1)))
}

/// A statement.
public indirect enum Action: Hashable, Sendable {
    public struct Arm: Hashable, Sendable {
        public var condition: Operand
        public var body: [Action]

        public init(condition: Operand, body: [Action]) {
            self.condition = condition
            self.body = body
        }
    }
    public struct Case: Hashable, Sendable {
        /// One or two; in each of them a digit 0, 1 or ? for each bit of the subject.
        public var patterns: [String]
        public var body: [Action]

        public init(patterns: [String], body: [Action]) {
            self.patterns = patterns
            self.body = body
        }
    }
    /// The whole target, or so many of its bits; `count` of zero is the whole.
    case assign(target: Int, low: Int, count: Int, Operand)
    case write(memory: Int, address: Operand, value: Operand, mask: Operand?)
    case when([Arm], otherwise: [Action]?)
    case choose(Operand, width: Int, [Case], otherwise: [Action]?)
}

extension Action.Case {
    /// Whether a pattern takes every value that another one takes.
    static func covers(_ pattern: String, _ other: String) -> Bool {
        zip(pattern, other).allSatisfy { $0 == "?" || $0 == $1 }
    }
}

extension Action {
    /// The bits of a target of some width that an assignment of `count` bits from `low` on is for.
    static func part(low: Int, count: Int, of width: Int) -> Range<Int> {
        let count = count == 0 ? width : min(count, width)
        let low = low % (width - count + 1)
        return low..<low + count
    }
}

extension Recipe {
    /// Width of the signal that a number names; nil if there is none.
    public var signalWidths: [Int: Int] {
        var widths: [Int: Int] = [:]
        var words: [Int: Int] = [:]
        for step in steps {
            switch step.kind {
            case .input(let width), .register(let width, _, _), .crossing(let width, _, _), .wire(let width, _, _):
                widths[step.id] = width
            case .computation(let computation, _): widths[step.id] = computation.resultWidth
            case .word(let call, _): widths[step.id] = call.resultWidth
            case .memory(_, let lanes, let laneWidth, _): words[step.id] = lanes * laneWidth
            case .read(let memory, _, _, _): widths[step.id] = words[memory] ?? 1
            case .instance(let width, _, _):
                widths[step.id] = width
                widths[step.id + 1] = width
            case .actions, .check, .output: break
            }
        }
        return widths
    }
}
