/// `whenTrue` when the one-bit condition holds, else `whenFalse`.
public func mux(_ condition: Bits, _ whenTrue: Signed, _ whenFalse: Signed) -> Signed {
    Signed(mux(condition, whenTrue.bits, whenFalse.bits))
}

/// `mux` with an integer of the other number's width.
public func mux(_ condition: Bits, _ whenTrue: Signed, _ whenFalse: Int) -> Signed {
    mux(condition, whenTrue, whenTrue.literal(whenFalse))
}

/// `mux` with an integer of the other number's width.
public func mux(_ condition: Bits, _ whenTrue: Int, _ whenFalse: Signed) -> Signed {
    mux(condition, whenFalse.literal(whenTrue), whenFalse)
}

/// The number whose place in the list the index gives; zero beyond the last.
@_disfavoredOverload  // An empty list is one of `Bits`.
public func select(_ index: Bits, _ values: [Signed]) -> Signed { Signed(select(index, values.map(\.bits))) }
