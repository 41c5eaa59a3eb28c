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
final class RecipeDrawer {
    private(set) var steps: [Step] = []
    var random: SplitMix
    let seed: UInt64
    var domain = 0
    /// Signals of the domain, the recent ones last, and those that nobody reads.
    var signals: [Int] = []
    var unread: [Int] = []
    var registers: [Int] = []
    /// Signals and memories of the domain before, for those that cross.
    private var foreignSignals: [Int] = []
    var memories: [(number: Int, depth: Int, width: Int)] = []
    var widths: [Int: Int] = [:]
    var nextID = 0
    /// Place in the list of all cells of operations and widths.
    var cell: Int
    /// Place in the list of all cells of word functions and widths.
    var wordCell: Int

    init(random: SplitMix, seed: UInt64) {
        self.random = random
        self.seed = seed
        cell = Int(seed % 1_000_000) * 14
        wordCell = Int(seed % 1_000_000) * 4
    }

    func drawDomain(_ domain: Int, of count: Int) {
        self.domain = domain
        foreignSignals = signals
        (signals, unread, registers) = ([], [], [])
        for _ in 0..<(domain == 0 ? 4 : 2) {
            let width = width()
            add(.input(width: width), width)
        }
        for _ in 0..<(domain == 0 ? 4 : 2) { drawRegister() }
        if domain > 0 { drawCrossings() }
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
        // Registers too, so that none lives for itself alone; and some of the others, so that a wrong bit has a short way.
        let shown = signals.filter { unread.contains($0) || registers.contains($0) || random.chance(1, of: 4) }
        for signal in shown {
            let width = widths[signal] ?? 1
            add(.output(Operand(.signal(signal)), width: width))
        }
        add(.check(any(1)))
    }

    func width() -> Int { random.pick(Recipe.widths) }

    @discardableResult
    func add(_ kind: Step.Kind, _ widths: Int...) -> Int {
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

    func addMemory(_ kind: Step.Kind, in domain: Int) -> Int {
        let own = self.domain
        self.domain = domain
        defer { self.domain = own }
        return add(kind)
    }

    /// Some signal of the domain before.
    func anyForeign(_ width: Int) -> Operand {
        let own = (signals, unread)
        (signals, unread) = (foreignSignals, [])
        defer { (signals, unread) = own }
        return any(width)
    }

    /// Some signal; recent ones more often, so that circuits get deep. Or a constant.
    func any(_ width: Int, constantsOneIn: Int = 10) -> Operand {
        if random.chance(1, of: constantsOneIn) { return Operand(.constant(random.value(width))) }
        let recent = Array(signals.suffix(random.chance(1, of: 2) ? 8 : signals.count))
        // A narrow signal leaves most bits of a wide operand alike.
        let wide = random.chance(1, of: 3) ? recent.filter { widths[$0, default: 0] >= width } : []
        let signal = random.pick(wide.isEmpty ? recent : wide)
        // A part may leave out what matters, so only a whole counts as read.
        if let whole = widths[signal], whole <= width { unread.removeAll { $0 == signal } }
        return Operand(
            .signal(signal), low: random.below(300), extending: random.pick([.zeros, .zerosBelow, .sign, .copies]))
    }
}
