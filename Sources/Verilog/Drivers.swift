import HDL

/// Who assigns what, under which conditions.
struct Drivers {
    struct Driver {
        let nodes: [Int32]
        let guardIndex: Int
    }
    /// The conditions of a whole chain or switch: whether an arm is taken depends on those above it.
    private(set) var guards: [(nodes: [Int32], parent: Int)] = []
    private(set) var ofSignal: [Int32: [Driver]] = [:]
    private(set) var ofMemory: [[Driver]]

    init(_ circuit: Circuit) {
        ofMemory = Array(repeating: [], count: circuit.memories.count)
        add(circuit.statements, -1, circuit)
    }

    private mutating func add(_ block: [Statement], _ parent: Int, _ circuit: Circuit) {
        for statement in block {
            switch statement {
            case .assign(let target, let value, _), .assignSlice(let target, _, let value, _):
                ofSignal[target, default: []].append(Driver(nodes: [value], guardIndex: parent))
            case .write(let memory, let address, let value, let mask, _):
                let nodes = mask >= 0 ? [address, value, mask] : [address, value]
                ofMemory[Int(memory)].append(Driver(nodes: nodes, guardIndex: parent))
            case .when(let index):
                let arms = circuit.whenChains[index].arms
                guards.append((arms.compactMap(\.condition), parent))
                let own = guards.count - 1
                for arm in arms { add(arm.body, own, circuit) }
            case .choose(let index):
                let body = circuit.switches[index]
                guards.append(([body.subject], parent))
                let own = guards.count - 1
                for arm in body.arms { add(arm.body, own, circuit) }
                add(body.otherwise ?? [], own, circuit)
            }
        }
    }
}
