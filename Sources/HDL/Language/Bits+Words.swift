import BitVectors

/// Operators on whole words, which stay whole down to the Verilog.
extension Bits {
    /// Whether every bit is one.
    public var allSet: Bits { unary(.reduceAnd, width: 1) }
    /// Whether any bit is one.
    public var anySet: Bits { unary(.reduceOr, width: 1) }
    /// Whether an odd number of bits is one.
    public var parity: Bits { unary(.reduceXor, width: 1) }

    /// The lowest set bit alone (one-hot); zero when there is none.
    public var lowestSet: Bits { unary(.isolateLowestSet, width: width) }

    /// The position of the one bit that is set; zero when there is none. Two set bits give the OR of their positions.
    public var oneHotIndex: Bits { unary(.oneHotToBinary, width: addressWidth(width)) }
}

/// The number of ones, in as many bits as the largest count needs.
public func popcount(_ value: Bits) -> Bits {
    value.unary(.popcount, width: BitVector.popcountWidth(of: value.width))
}

/// The position of the lowest set bit; zero when no bit is set.
public func findFirstSet(_ value: Bits) -> Bits { value.lowestSet.oneHotIndex }

/// Bits of an index into `count` things; at least one.
public func addressWidth(_ count: Int) -> Int {
    count <= 2 ? 1 : Int.bitWidth - (count - 1).leadingZeroBitCount
}

/// `whenTrue` when the one-bit condition holds, else `whenFalse`.
public func mux(_ condition: Bits, _ whenTrue: Bits, _ whenFalse: Bits) -> Bits {
    let circuit = condition.circuit
    let node = circuit.append(
        Node(.mux, width: whenTrue.width, a: condition.id, b: whenTrue.id, c: whenFalse.id))
    circuit.check([whenTrue, whenFalse], "'mux'", at: node)
    if condition.width != 1 {
        circuit.report(node: node, "'mux' on a condition of \(condition.width) bits; it has 1 bit")
    }
    if whenTrue.width != whenFalse.width {
        circuit.report(
            node: node, "'mux' of \(whenTrue.width) and \(whenFalse.width) bits; extend or truncate one of them")
    }
    return Bits(circuit, node, whenTrue.width)
}

/// `mux` with an integer of the other value's width.
public func mux(_ condition: Bits, _ whenTrue: Bits, _ whenFalse: Int) -> Bits {
    mux(condition, whenTrue, whenTrue.literal(whenFalse))
}

/// `mux` with an integer of the other value's width.
public func mux(_ condition: Bits, _ whenTrue: Int, _ whenFalse: Bits) -> Bits {
    mux(condition, whenFalse.literal(whenTrue), whenFalse)
}

/// The value whose number the index gives; zero beyond the last.
public func select(_ index: Bits, _ values: [Bits]) -> Bits {
    let circuit = index.circuit
    let width = values.first?.width ?? 1
    let start = Int32(circuit.operandPool.count)
    circuit.operandPool.append(contentsOf: values.map(\.id))
    let node = circuit.append(Node(.select, width: width, a: start, b: Int32(values.count), c: index.id))
    circuit.check(values, "'select'", at: node)
    if values.isEmpty { circuit.report(node: node, "'select' of no values; at least 1") }
    if let other = values.first(where: { $0.width != width }) {
        circuit.report(node: node, "'select' of \(width) and \(other.width) bits; extend or truncate one of them")
    }
    return Bits(circuit, node, width)
}

/// The signals side by side, the first one most significant; at least one.
///
/// Takes a list only: with a second spelling, `concatenate(a, b)`, the type checker gives up on long lists.
public func concatenate(_ mostSignificantFirst: [Bits]) -> Bits {
    guard let first = mostSignificantFirst.first else {
        return Description.flawed("'concatenate' of no signals; at least 1")
    }
    let circuit = first.circuit
    let width = mostSignificantFirst.reduce(0) { $0 + $1.width }
    let start = Int32(circuit.operandPool.count)
    circuit.operandPool.append(contentsOf: mostSignificantFirst.map(\.id))
    let node = Node(.concatenate, width: width, a: start, b: Int32(mostSignificantFirst.count))
    let joined = Bits(circuit, circuit.append(node), width)
    circuit.check(mostSignificantFirst, "'concatenate'", at: joined.id)
    return joined
}
