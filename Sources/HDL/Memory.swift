/// A memory as it is declared.
public struct MemoryDeclaration: Sendable {
    public let name: String
    /// Number of words.
    public let depth: Int
    /// Bits of a word.
    public let width: Int
    public let location: SourceLocation
    /// Bits of an address.
    public var addressWidth: Int { HDL.addressWidth(depth) }
}

/// A memory: synchronous writes, asynchronous reads; every word is zero at power-up. A read in the cycle of a write
/// to the same word gives the old value; a read beyond the last word gives zero and a write there is lost.
public struct Memory {
    let circuit: Circuit
    let index: Int32
    /// Number of words.
    public let depth: Int
    /// Bits of a word.
    public let width: Int

    /// The word at an address, in the same cycle.
    public func read(_ address: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) -> Bits {
        check(address, "an address", SourceLocation(file, line))
        return Bits(circuit, circuit.append(Node(.memoryRead, width: width, a: index, b: address.id)), width)
    }

    /// Stores a word at the next clock edge; inside a `when`, only if its condition holds.
    public func write(
        _ address: Bits, _ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        let location = SourceLocation(file, line)
        check(address, "an address", location)
        check(value, "a value", location)
        let name = circuit.memories[Int(index)].name
        if value.width != width {
            circuit.report(at: location, "'\(name)' has words of \(circuit.bits(width)), its value has \(value.width)")
        }
        circuit.stamp(location, owner: name)
        circuit.add(.write(memory: index, address: address.id, value: value.id, location))
    }

    private func check(_ signal: Bits, _ role: String, _ location: SourceLocation) {
        let memory = circuit.memories[Int(index)]
        if signal.circuit !== circuit {
            circuit.report(
                at: location, "'\(memory.name)' takes \(role) that is a signal of module '\(signal.circuit.name)'")
        } else if role == "an address", signal.width != memory.addressWidth {
            circuit.report(
                at: location,
                "'\(memory.name)' of \(depth) words takes addresses of \(circuit.bits(memory.addressWidth)),"
                    + " not \(signal.width)")
        }
    }
}
