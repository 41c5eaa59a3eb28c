import BitVectors

/// A signal: the one type of the language. Its width is known while the description runs.
///
/// Operators take (Bits, Bits) of equal widths or (Bits, Int); a mismatch is recorded and reported with its
/// place when the design is elaborated. There is no literal conformance and no `Equatable`, since either makes the
/// Swift type checker slow or vague on wrong expressions.
public struct Bits {
    public let circuit: Circuit
    public let id: Int32
    /// Number of bits.
    public let width: Int

    init(_ circuit: Circuit, _ id: Int32, _ width: Int) {
        self.circuit = circuit
        self.id = id
        self.width = width
    }

    /// Names the signal in the Verilog and in waves, and gives its place to the operators before it.
    public func named(_ name: String, _ file: StaticString = #fileID, _ line: UInt = #line) -> Bits {
        circuit.stamp(SourceLocation(file, line), owner: name)
        if circuit.names[id] == nil {
            circuit.names[id] = name
            return self
        }
        // The signal has a name of its own already: the new one is an alias.
        let alias = slice(0, width)
        circuit.stamp(SourceLocation(file, line), owner: name)
        circuit.names[alias.id] = name
        return alias
    }

    func unary(_ operation: Operation, width: Int) -> Bits {
        Bits(circuit, circuit.append(Node(operation, width: width, a: id)), width)
    }

    func binary(_ operation: Operation, _ right: Bits, width: Int? = nil) -> Bits {
        let result = width ?? self.width
        let node = circuit.append(Node(operation, width: result, a: id, b: right.id))
        if self.width != right.width {
            circuit.report(
                node: node,
                "'\(operation.symbol)' of \(self.width) and \(right.width) bits; extend or truncate one of them")
        }
        if right.circuit !== circuit {
            circuit.report(node: node, "'\(operation.symbol)' with a signal of module '\(right.circuit.name)'")
        }
        return Bits(circuit, node, result)
    }

    /// An integer as a constant of this signal's width.
    func literal(_ value: Int) -> Bits { circuit.constant(value, width: width) }

    func slice(_ low: Int, _ count: Int) -> Bits {
        let node = circuit.append(Node(.slice, width: max(count, 1), a: id, b: Int32(low)))
        if low < 0 || count < 1 || low + count > width {
            circuit.report(node: node, "bits \(low) to \(low + count - 1) of a \(width)-bit signal")
        }
        return Bits(circuit, node, max(count, 1))
    }
}

extension Circuit {
    /// A constant; one that does not fit is reported.
    func constant(_ value: Int, width: Int) -> Bits {
        let node = append(BitVector(value, width: width))
        let fits = width >= Int.bitWidth || (value < 0 ? value >= -(1 << (width - 1)) : value < (1 << width))
        if !fits { report(node: node, "\(value) does not fit in \(width) bits") }
        return Bits(self, node, width)
    }
}
