import BitVectors
import HDL

extension Lowering {
    /// What registers and memories hold before the first clock edge.
    mutating func lowerPowerUp(_ wanted: Liveness.Section) {
        var statements: [VerilogModule.Statement] = []
        var counters: [VerilogModule.Item] = []
        if options.powerUpValues {
            for register in circuit.registers where section(register.node) == wanted {
                guard let name = texts.name(of: register.node) else { continue }
                let value = stateLiteral(register.powerUpValue, of: register.node)
                statements.append(.assign(target: .init(name), value: value, nil))
            }
        }
        for (index, memory) in circuit.memories.enumerated()
        where plan.liveness.section(ofMemory: index) == wanted && (options.powerUpValues || !memory.contents.isEmpty) {
            let name = memoryNames[index]
            for (address, word) in memory.contents.enumerated() {
                let element = Expression.literal(BitVector(address, width: memory.addressWidth))
                statements.append(.assign(target: .init(name, element: element), value: .literal(word), nil))
            }
            if memory.contents.count == memory.depth { continue }
            let counter = namer.name("\(name)_word")
            counters.append(.integer(name: counter))
            let clear = VerilogModule.Statement.assign(
                target: .init(name, element: .identifier(counter)), value: .literal(.zeros(memory.width)), nil)
            statements.append(.loop(index: counter, from: memory.contents.count, to: memory.depth, clear))
        }
        counters.forEach { add($0, to: wanted) }
        addBlank(to: wanted)
        if statements.isEmpty { return }
        add(.initial(statements), to: wanted)
        addBlank(to: wanted)
    }
}
