import BitVectors
import HDL

/// Which block of the Verilog makes which assignment of a circuit.
///
/// Registers share one sequential block a clock domain and kind of reset, a memory has its own, a wire that is driven
/// under conditions has a combinational one, together with those under the same conditions that it does not depend on,
/// and a wire with one plain driver is an `assign`. What has no effect has no block.
struct BlockPlan {
    /// The statements that concern one block, with the conditions around them.
    indirect enum Step {
        case assign(target: Int32, value: Int32, SourceLocation)
        case assignSlice(target: Int32, low: Int32, value: Int32, SourceLocation)
        case write(memory: Int32, address: Int32, value: Int32, mask: Int32, SourceLocation)
        case branch([(condition: Int32?, body: [Step])])
        case choose(switch: Int, arms: [[Step]], otherwise: [Step]?)

        var isEmpty: Bool {
            switch self {
            case .branch(let arms): arms.allSatisfy { $0.body.allSatisfy(\.isEmpty) }
            case .choose(_, let arms, let otherwise):
                (arms + [otherwise ?? []]).allSatisfy { $0.allSatisfy(\.isEmpty) }
            default: false
            }
        }
    }
    struct Block {
        enum Kind: Hashable {
            case registers(domain: Int32, reset: Bool, formal: Bool)
            case memory(Int32)
            /// The wire, or the first one of a group.
            case wire(Int32)
        }
        let kind: Kind
        let steps: [Step]
    }

    private(set) var blocks: [Block] = []
    /// The value of each wire that is driven once, outside any condition.
    private(set) var plainDriver: [Int32: Int32] = [:]
    /// The parts of each wire that is driven in parts, each once, outside any condition; the lowest first.
    private(set) var plainParts: [Int32: [(low: Int32, value: Int32, location: SourceLocation)]] = [:]
    /// The value of each wire that overlapping parts without a condition make a constant.
    private(set) var plainConstant: [Int32: BitVector] = [:]
    /// Places of the plain drivers.
    private(set) var places: [Int32: SourceLocation] = [:]
    /// Registers that are an output of the same name: the port itself is the register.
    private(set) var portOfRegister: [Int: String] = [:]
    let liveness: Liveness
    private var registerOfOutput: Set<Int32> = []
    /// The wire that stands for the block of each wire that shares one.
    private var groupOfWire: [Int32: Int32] = [:]
    private let circuit: Circuit

    init(_ circuit: Circuit) {
        self.circuit = circuit
        let drivers = Drivers(circuit)
        liveness = Liveness(circuit, drivers)
        findPlainDrivers(in: circuit.statements)
        groupWires(drivers)
        mergeRegistersIntoPorts()
        planBlocks()
    }

    /// Whether a wire is assigned in an `always` block, so declared `reg`.
    func isVariable(_ wire: Int32) -> Bool { !isPlain(wire) || registerOfOutput.contains(wire) }

    /// Whether the wire needs an `assign` of its own.
    func isAssigned(_ wire: Int32) -> Bool { isPlain(wire) && !registerOfOutput.contains(wire) }

    func isPlain(_ wire: Int32) -> Bool {
        plainDriver[wire] != nil || plainParts[wire] != nil || plainConstant[wire] != nil
    }

    /// A wire is plain when its last statement stands outside any condition: that one wins over all before it. So is
    /// one whose parts are each driven once.
    private mutating func findPlainDrivers(in statements: [Statement]) {
        var mixed: Set<Int32> = []
        // A block that reads nothing would never run in an event-driven simulator.
        var constants: [Int32: BitVector] = [:]
        for statement in statements {
            switch statement {
            case .assign(let target, let value, let location):
                guard circuit.nodes[Int(target)].operation == .wire else { break }
                constants[target] = circuit.value(ofConstant: value)
                plainDriver[target] = value
                plainParts[target] = nil
                places[target] = location
                mixed.remove(target)
            case .assignSlice(let target, let low, let value, let location):
                guard circuit.nodes[Int(target)].operation == .wire else { break }
                let high = low + circuit.nodes[Int(value)].width
                let overlaps = plainParts[target, default: []].contains { part in
                    part.low < high && low < part.low + circuit.nodes[Int(part.value)].width
                }
                if let known = constants[target] ?? (isTouched(target, mixed) ? nil : .zeros(circuit.width(of: target)))
                {
                    constants[target] = circuit.value(ofConstant: value).map { known.replacing(from: Int(low), by: $0) }
                }
                if plainDriver[target] != nil || overlaps || mixed.contains(target) {
                    forgetPlainDriver(of: target)
                    mixed.insert(target)
                } else {
                    plainParts[target, default: []].append((low, value, location))
                }
            case .write:
                break
            case .when, .choose:
                forEachTarget(of: statement) {
                    forgetPlainDriver(of: $0)
                    mixed.insert($0)
                    constants[$0] = nil
                }
            }
        }
        for target in mixed {
            if let value = constants[target] { plainConstant[target] = value }
        }
        for target in plainParts.keys { plainParts[target]?.sort { $0.low < $1.low } }
    }

    /// Whether a wire has been driven so far.
    private func isTouched(_ target: Int32, _ mixed: Set<Int32>) -> Bool {
        mixed.contains(target) || plainDriver[target] != nil || plainParts[target] != nil
    }

    private mutating func forgetPlainDriver(of target: Int32) {
        plainDriver[target] = nil
        plainParts[target] = nil
    }

    private func forEachTarget(of statement: Statement, _ body: (Int32) -> Void) {
        switch statement {
        case .assign(let target, _, _), .assignSlice(let target, _, _, _):
            body(target)
        case .write:
            break
        case .when(let chain):
            for arm in circuit.whenChains[chain].arms { arm.body.forEach { forEachTarget(of: $0, body) } }
        case .choose(let index):
            for arm in circuit.switches[index].arms { arm.body.forEach { forEachTarget(of: $0, body) } }
            circuit.switches[index].otherwise?.forEach { forEachTarget(of: $0, body) }
        }
    }

    /// Wires that the same statements drive share a block, unless one may depend on another: simulators would take
    /// such a block for a loop.
    private mutating func groupWires(_ drivers: Drivers) {
        var chains: [Int32: [Int]] = [:]
        for (index, statement) in circuit.statements.enumerated() {
            switch statement {
            case .when, .choose:
                var seen: Set<Int32> = []
                forEachTarget(of: statement) { target in
                    guard circuit.nodes[Int(target)].operation == .wire, seen.insert(target).inserted else { return }
                    chains[target, default: []].append(index)
                }
            default: break
            }
        }
        var wires: [[Int]: [Int32]] = [:]
        for wire in circuit.wires where !isPlain(wire.node) && liveness.section(of: wire.node) != .dead {
            wires[chains[wire.node] ?? [], default: []].append(wire.node)
        }
        // The order of this dictionary reaches no output: each group is made by itself.
        let candidates = wires.filter { !$0.key.isEmpty && $0.value.count > 1 }.values
        if candidates.isEmpty { return }
        let levels = WireLevels(of: candidates.flatMap { $0 }, in: circuit, drivers)
        for candidate in candidates {
            var first: [[Int32]: Int32] = [:]
            for wire in candidate {
                guard let level = levels.level(of: wire) else { continue }
                let key = [level, liveness.section(of: wire) == .formal ? 1 : 0]
                groupOfWire[wire] = first[key] ?? wire
                if first[key] == nil { first[key] = wire }
            }
        }
    }

    private mutating func mergeRegistersIntoPorts() {
        for port in circuit.ports where !port.isInput {
            guard let value = plainDriver[port.node] else { continue }
            let node = circuit.nodes[Int(value)]
            guard node.operation == .register, circuit.registers[Int(node.a)].name == port.name else { continue }
            portOfRegister[Int(node.a)] = port.name
            registerOfOutput.insert(port.node)
        }
    }

    private mutating func planBlocks() {
        var steps = stepsByKind(circuit.statements)
        let wires = circuit.wires.filter { !isPlain($0.node) && groupOfWire[$0.node] ?? $0.node == $0.node }
        var kinds: [Block.Kind] = wires.map { .wire($0.node) }
        for formal in [false, true] {
            for domain in circuit.domains.indices {
                for reset in [true, false] {
                    kinds.append(.registers(domain: Int32(domain), reset: reset, formal: formal))
                }
            }
        }
        // A register that is only reset has a block all the same.
        for register in circuit.registers where register.resetValue != nil {
            if let kind = kind(of: register.node) { steps[kind, default: []] += [] }
        }
        kinds += circuit.memories.indices.map { .memory(Int32($0)) }
        for kind in kinds {
            if let steps = steps[kind] { blocks.append(Block(kind: kind, steps: steps)) }
        }
    }

    /// The statements sorted by the block that they concern, in one pass however many blocks there are.
    private func stepsByKind(_ block: [Statement]) -> [Block.Kind: [Step]] {
        var steps: [Block.Kind: [Step]] = [:]
        for statement in block {
            switch statement {
            case .assign(let target, let value, let location):
                guard let kind = kind(of: target) else { break }
                steps[kind, default: []].append(.assign(target: target, value: value, location))
            case .assignSlice(let target, let low, let value, let location):
                guard let kind = kind(of: target) else { break }
                steps[kind, default: []].append(
                    .assignSlice(target: target, low: low, value: value, location))
            case .write(let memory, let address, let value, let mask, let location):
                let isLost = (circuit.value(ofConstant: address)?.intValue ?? 0) >= circuit.memories[Int(memory)].depth
                if isLost || liveness.section(ofMemory: Int(memory)) == .dead { break }
                steps[.memory(memory), default: []].append(
                    .write(memory: memory, address: address, value: value, mask: mask, location))
            case .when(let index):
                let arms = circuit.whenChains[index].arms.map { ($0.condition, stepsByKind($0.body)) }
                // The order of this set reaches no output: each kind has a list of its own.
                for kind in Set(arms.flatMap(\.1.keys)) {
                    var branch = arms.map { (condition: $0.0, body: $0.1[kind] ?? []) }
                    while let last = branch.last, last.body.isEmpty { branch.removeLast() }
                    steps[kind, default: []].append(.branch(branch))
                }
            case .choose(let index):
                let body = circuit.switches[index]
                let arms = body.arms.map { stepsByKind($0.body) }
                let otherwise = body.otherwise.map(stepsByKind)
                for kind in Set((arms + [otherwise ?? [:]]).flatMap(\.keys)) {
                    steps[kind, default: []].append(
                        .choose(
                            switch: index, arms: arms.map { $0[kind] ?? [] },
                            otherwise: otherwise.map { $0[kind] ?? [] }))
                }
            }
        }
        return steps
    }

    /// The block that assigns a signal; nil when nothing depends on it.
    private func kind(of target: Int32) -> Block.Kind? {
        let section = liveness.section(of: target)
        if section == .dead { return nil }
        let node = circuit.nodes[Int(target)]
        if plainConstant[target] != nil { return nil }
        if node.operation != .register { return .wire(groupOfWire[target] ?? target) }
        let register = circuit.registers[Int(node.a)]
        return .registers(
            domain: register.domain, reset: register.resetValue != nil, formal: section == .formal)
    }
}

extension Circuit {
    fileprivate func width(of node: Int32) -> Int { Int(nodes[Int(node)].width) }
}

extension BitVector {
    /// The value with other bits from `low` on.
    fileprivate func replacing(from low: Int, by part: BitVector) -> BitVector {
        BitVector(bits: (0..<width).map { $0 >= low && $0 < low + part.width ? part[$0 - low] : self[$0] })
    }
}
