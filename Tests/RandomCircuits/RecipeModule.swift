import BitVectors
public import HDL

/// The module that a recipe describes, of one clock domain.
public struct OneClockCircuit: Module {
    public struct Ports: SignalBundle {
        public let input: [Input]
        public let output: [Output]
    }
    public let recipe: Recipe
    public init(_ recipe: Recipe) { self.recipe = recipe }

    public var moduleName: String { recipe.name }
    public var clocking: Clocking { recipe.clocking(0) }
    public func ports() -> Ports { Ports(input: recipe.inputs(), output: recipe.outputs()) }
    public func build(_ m: Builder<Ports>) {
        var making = RecipeMaking(recipe, [m])
        making.make(inputs: m.input, outputs: m.output)
    }
}

/// The module that a recipe describes, of two clock domains.
public struct TwoClockCircuit: Module {
    public struct Ports: SignalBundle {
        public let other: ClockPort
        public let input: [Input]
        public let output: [Output]
    }
    public let recipe: Recipe
    public init(_ recipe: Recipe) { self.recipe = recipe }

    public var moduleName: String { recipe.name }
    public var clocking: Clocking { recipe.clocking(0) }
    public func ports() -> Ports {
        Ports(other: ClockPort(recipe.clocking(1)), input: recipe.inputs(), output: recipe.outputs())
    }
    public func build(_ m: Builder<Ports>) {
        var making = RecipeMaking(recipe, [m, m.clocked(by: m.other)])
        making.make(inputs: m.input, outputs: m.output)
    }
}

/// A part with state of its own, and a path from its input to an output within the cycle.
public struct Leaf: Module {
    public struct Ports: SignalBundle {
        public let enable = Input()
        public let value: Input
        public let total: Output
        public let mixed: Output
    }
    let width: Int
    public let clocking: Clocking
    public let moduleName: String

    public func ports() -> Ports { Ports(value: Input(width), total: Output(width), mixed: Output(width)) }

    public func build(_ m: Builder<Ports>) {
        let total = m.register("total", width, reset: 1)
        when(m.enable) { total.next(total + m.value) }
        m.total.drive(total)
        m.mixed.drive(total ^ m.value)
    }
}

extension Recipe {
    public func design() throws -> Design {
        clockings.count == 1 ? try elaborate(OneClockCircuit(self)) : try elaborate(TwoClockCircuit(self))
    }

    func portClock(_ step: Step) -> PortClock { step.domain == 0 ? .own : .named("other") }

    func inputs() -> [Input] {
        steps.compactMap { if case .input(let width) = $0.kind { Input(width, portClock($0)) } else { nil } }
    }

    func outputs() -> [Output] {
        steps.compactMap { if case .output(_, let width) = $0.kind { Output(width, portClock($0)) } else { nil } }
    }

    /// Name of a leaf's definition: one for each width and kind of clock.
    func leafName(_ width: Int, _ domain: Int) -> String { "leaf_\(width)_\(clockings[domain])" }
}

/// Makes the steps' hardware, in order.
private struct RecipeMaking<Ports: SignalBundle> {
    let recipe: Recipe
    let builders: [Builder<Ports>]
    private var signals: [Int: Bits] = [:]
    private var memories: [Int: (memory: Memory, lanes: Int, domain: Int)] = [:]

    init(_ recipe: Recipe, _ builders: [Builder<Ports>]) {
        self.recipe = recipe
        self.builders = builders
    }

    mutating func make(inputs: [Bits], outputs: [Bits]) {
        var inputs = inputs[...]
        var outputs = outputs[...]
        for step in recipe.steps {
            let m = builders[step.domain]
            let id = step.id
            switch step.kind {
            case .input: signals[id] = inputs.removeFirst()
            case .register(let width, let reset, let powerUp):
                signals[id] = m.register("register_\(id)", width, reset: reset, powerUp: powerUp)
            case .crossing(let width, let reset, let value):
                let register = m.crossingRegister("crossing_\(id)", width, reset: reset)
                register.next(bits(value, width))
                signals[id] = register
            case .computation(let computation, let isNamed):
                let operands = zip(computation.operands, computation.widths).map { bits($0, $1) }
                let value = computation.hardware(operands)
                signals[id] = isNamed ? value.named("value_\(id)") : value
            case .word(let call, let isNamed):
                let value = call.hardware(zip(call.operands, call.widths).map { bits($0, $1) })
                signals[id] = isNamed ? value.named("value_\(id)") : value
            case .memory(let depth, let lanes, let laneWidth, let contents):
                let memory = m.memory("memory_\(id)", depth: depth, width: lanes * laneWidth, contents: contents)
                memories[id] = (memory, lanes, step.domain)
            case .read(let number, let address, let enable, let forwards):
                guard let (memory, isOwn) = memory(number, in: step.domain) else { continue }
                let address = bits(address, addressWidth(memory.depth))
                if let enable {
                    signals[id] = memory.readSynchronous(
                        "read_\(id)", address, enable: bits(enable, 1), underWrite: forwards ? .new : .old)
                } else {
                    signals[id] = isOwn ? memory.read(address) : memory.crossingRead(address)
                }
            case .instance(let width, let enable, let value):
                let module = Leaf(
                    width: width, clocking: recipe.clocking(step.domain),
                    moduleName: recipe.leafName(width, step.domain))
                let leaf = m.instance("leaf_\(id)", module)
                leaf.enable.drive(bits(enable, 1))
                leaf.value.drive(bits(value, width))
                signals[id] = leaf.total
                signals[id + 1] = leaf.mixed
            case .wire(let width, let byDefault, let actions):
                let wire = m.wire("wire_\(id)", width, default: byDefault)
                // An action that reads the wire would be a loop: it is not known yet to `bits`.
                perform(actions, in: step.domain, wire: (id, wire))
                signals[id] = wire
            case .actions(let actions): perform(actions, in: step.domain, wire: nil)
            case .check(let condition): m.assert("check_\(id)", bits(condition, 1))
            case .output(let value, let width): outputs.removeFirst().drive(bits(value, width))
            }
        }
    }

    private func bits(_ operand: Operand, _ width: Int) -> Bits {
        operand.hardware(width, signals) { builders[0].constant($0) }
    }

    /// A memory with ports in a domain, and whether it was made there.
    private func memory(_ number: Int, in domain: Int) -> (Memory, isOwn: Bool)? {
        memories[number].map { memory, _, own in
            own == domain ? (memory, true) : (memory.clocked(by: builders[domain].domain), false)
        }
    }

    private func perform(_ actions: [Action], in domain: Int, wire: (id: Int, bits: Bits)?) {
        for action in actions {
            switch action {
            case .assign(let target, let low, let count, let value):
                let isWire = wire?.id == target
                guard let signal = isWire ? wire?.bits : signals[target] else { continue }
                let part = Action.part(low: low, count: count, of: signal.width)
                let whole = part.count == signal.width
                let value = bits(value, part.count)
                switch (isWire, whole) {
                case (true, true): signal.drive(value)
                case (true, false): signal[part].drive(value)
                case (false, true): signal.next(value)
                case (false, false): signal[part].next(value)
                }
            case .write(let number, let address, let value, let mask):
                guard let (memory, _) = memory(number, in: domain), let lanes = memories[number]?.lanes else {
                    continue
                }
                memory.write(
                    bits(address, addressWidth(memory.depth)), bits(value, memory.width),
                    mask: mask.map { bits($0, lanes) })
            case .when(let arms, let otherwise):
                guard let first = arms.first else { continue }
                var chain = when(bits(first.condition, 1)) { perform(first.body, in: domain, wire: wire) }
                for arm in arms.dropFirst() {
                    chain = chain.elseWhen(bits(arm.condition, 1)) { perform(arm.body, in: domain, wire: wire) }
                }
                if let otherwise { chain.otherwise { perform(otherwise, in: domain, wire: wire) } }
            case .choose(let subject, let width, let cases, let otherwise):
                choose(bits(subject, width)) { on in
                    for one in cases {
                        // A list of patterns cannot be passed as one, and one or two are drawn.
                        if one.patterns.count > 1 {
                            on.case(one.patterns[0], one.patterns[1]) { perform(one.body, in: domain, wire: wire) }
                        } else {
                            on.case(one.patterns[0]) { perform(one.body, in: domain, wire: wire) }
                        }
                    }
                    if let otherwise { on.default { perform(otherwise, in: domain, wire: wire) } }
                }
            }
        }
    }
}
