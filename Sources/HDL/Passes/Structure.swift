import BitVectors

/// A circuit as a sequence of bytes: two circuits that have the same ones have the same Verilog but for comments and
/// the names of temporaries.
///
/// Everything is in it but the module's own name and the places in the source; every list begins with its length.
final class Structure {
    private(set) var bytes: [UInt8] = []

    init(_ circuit: Circuit) {
        list(circuit.ports) { add($0.name, $0.width, $0.isInput, $0.node, $0.domain) }
        list(circuit.domains) { domain in
            add(domain.name, domain.clockName, domain.resetName, domain.isClockUsed, domain.isResetUsed)
            add(domain.clocking.description, "\(domain.source)", domain.clockNode, domain.resetNode)
        }
        list(circuit.nodes) { add($0.operation.rawValue, $0.width, $0.a, $0.b, $0.c) }
        list(circuit.operandPool) { add($0) }
        list(circuit.constants) { add($0) }
        list(circuit.names.sorted { $0.key < $1.key }) { add($0.key, $0.value) }
        list(circuit.enumerationOfNode.sorted { $0.key < $1.key }) { add($0.key, $0.value) }
        list(circuit.enumerations) { enumeration in
            add(enumeration.name)
            list(enumeration.cases) { add($0.name, $0.code) }
        }
        list(circuit.wires) { add($0.name, "\($0.purpose)", $0.node) }
        list(circuit.registers) { register in
            add(register.name, register.node, register.domain, register.isSynchronizer, register.powerUpValue)
            list([register.resetValue].compactMap { $0 }) { add($0) }
        }
        list(circuit.memories) { memory in
            add(memory.name, memory.depth, memory.width, memory.domain)
            list(memory.contents) { add($0) }
        }
        list(circuit.instances) { instance in
            add(instance.name, instance.module)
            list(circuit.definitions[instance.definition].blackBox?.parameters ?? []) { add($0.name, "\($0.value)") }
            list(instance.ports) { add($0.name, $0.width, $0.isInput, $0.node) }
            list(instance.domains) { add($0) }
        }
        list(circuit.checks) { add($0.kind.rawValue, $0.name, $0.condition, $0.domain) }
        add(circuit.statements, of: circuit)
    }

    private func add(_ block: [Statement], of circuit: Circuit) {
        list(block) { statement in
            switch statement {
            case .assign(let target, let value, _):
                add(0, target, value)
            case .assignSlice(let target, let low, let value, _):
                add(1, target, low, value)
            case .write(let memory, let address, let value, let mask, _):
                add(2, memory, address, value, mask)
            case .when(let index):
                add(3)
                list(circuit.whenChains[index].arms) { arm in
                    add(arm.condition ?? -1)
                    add(arm.body, of: circuit)
                }
            case .choose(let index):
                let body = circuit.switches[index]
                add(4, body.subject, body.enumeration ?? -1, body.otherwise != nil)
                list(body.arms) { arm in
                    list(arm.patterns) { add($0.value, $0.care) }
                    list(arm.names) { add($0) }
                    add(arm.body, of: circuit)
                }
                add(body.otherwise ?? [], of: circuit)
            }
        }
    }

    private func add(_ values: any StructurePart...) {
        for value in values { value.append(to: &bytes) }
    }

    private func list<Elements: Collection>(_ elements: Elements, _ body: (Elements.Element) -> Void) {
        add(elements.count)
        elements.forEach(body)
    }
}

/// A value that stands in a structure as bytes from which it could be read back.
private protocol StructurePart {
    func append(to bytes: inout [UInt8])
}

extension StructurePart where Self: FixedWidthInteger {
    func append(to bytes: inout [UInt8]) {
        let word = Int64(self)
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> Int64(shift))) }
    }
}

extension Int: StructurePart {}
extension Int32: StructurePart {}
extension UInt8: StructurePart {}

extension Bool: StructurePart {
    fileprivate func append(to bytes: inout [UInt8]) { bytes.append(self ? 1 : 0) }
}

extension String: StructurePart {
    fileprivate func append(to bytes: inout [UInt8]) {
        utf8.count.append(to: &bytes)
        bytes += utf8
    }
}

extension BitVector: StructurePart {
    fileprivate func append(to bytes: inout [UInt8]) { description.append(to: &bytes) }
}
