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
        let name = circuit.scopePrefix + name
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

    /// - Parameter mirrored: The operator as it was typed when the operands are swapped, for messages.
    func binary(_ operation: Operation, _ right: Bits, width: Int? = nil, mirrored: String? = nil) -> Bits {
        let result = width ?? self.width
        let node = circuit.append(Node(operation, width: result, a: id, b: right.id))
        if self.width != right.width {
            let widths = mirrored == nil ? (self.width, right.width) : (right.width, self.width)
            circuit.report(
                node: node,
                "'\(mirrored ?? operation.symbol)' of \(widths.0) and \(widths.1) bits; extend or truncate one of them")
        }
        circuit.check([right], "'\(operation.symbol)'", at: node)
        return Bits(circuit, node, result)
    }

    /// An integer as a constant of this signal's width.
    func literal(_ value: Int) -> Bits { circuit.constant(value, width: width) }

    func slice(_ low: Int, _ count: Int) -> Bits {
        guard low >= 0, count >= 1, low <= width - count else {
            let found =
                count < 1 ? "an empty range of bits" : count == 1 ? "bit \(low)" : "bits \(low) to \(low + count - 1)"
            return flawed(width: count, "\(found) of \(width); allowed are 0 to \(width - 1)")
        }
        let own = circuit.nodes[Int(id)]
        if own.operation == .slice, circuit.names[id] == nil {
            // A part of a part is a part of the whole.
            return Bits(circuit, circuit.append(Node(.slice, width: count, a: own.a, b: own.b + Int32(low))), count)
        }
        return Bits(circuit, circuit.append(Node(.slice, width: count, a: id, b: Int32(low))), count)
    }

    /// Stands for a result that cannot be made: a node of its own, so that the finding gets the place of its user,
    /// and of the width that was wanted, so that one slip is one finding.
    func flawed(width: Int, _ message: String) -> Bits {
        let node = circuit.append(.zeros(max(width, 1)))
        circuit.report(node: node, message)
        return Bits(circuit, node, max(width, 1))
    }
}

extension Circuit {
    /// A constant; one that does not fit is reported.
    func constant(_ value: Int, width: Int) -> Bits {
        let node = append(BitVector(value, width: max(width, 1)))
        if width < 1 {
            report(node: node, "a constant of \(width) bits; at least 1")
        } else if !fits(value, width: width) {
            report(node: node, "\(value) does not fit in \(bits(width))")
        }
        return Bits(self, node, max(width, 1))
    }

    /// Whether an integer is a number of so many bits, unsigned or in two's complement.
    func fits(_ value: Int, width: Int) -> Bool {
        value < 0 ? value >> (width - 1) == -1 : value >> width == 0
    }

    /// Finds operands that belong to another module, whose signals come in by ports only.
    func check(_ operands: [Bits], _ user: String, at node: Int32) {
        if let stranger = operands.first(where: { $0.circuit !== self }) {
            report(node: node, "\(user) with a signal of module '\(stranger.circuit.name)'")
        }
    }

    /// A width as a message says it.
    func bits(_ width: Int) -> String { width == 1 ? "1 bit" : "\(width) bits" }
}
