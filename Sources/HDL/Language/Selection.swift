/// Whether all one-bit conditions hold. For a list of conditions, `concatenate(conditions).allSet`.
public func all(of first: Bits, _ others: Bits...) -> Bits { joined([first] + others, "all(of:)").allSet }

/// Whether any of the one-bit conditions holds. For a list of conditions, `concatenate(conditions).anySet`.
public func any(of first: Bits, _ others: Bits...) -> Bits { joined([first] + others, "any(of:)").anySet }

private func joined(_ conditions: [Bits], _ user: String) -> Bits {
    if let word = conditions.first(where: { $0.width != 1 }) {
        return word.flawed(width: 1, "'\(user)' with a condition of \(word.width) bits; each has 1 bit")
    }
    return conditions.count == 1 ? conditions[0] : concatenate(conditions)
}

/// The OR of those values whose bit is set in `selectors`, bit 0 for the first value; zero when none is set.
///
/// With one selector set it is that value: the cheapest choice in hardware when the selectors are one-hot already.
public func selectOneHot(_ selectors: Bits, _ values: [Bits]) -> Bits {
    if let flaw = flaw(of: selectors, values, "selectOneHot") { return flaw }
    let chosen = values.enumerated().map { index, value in selectors[index].replicated(value.width) & value }
    return reducedAsTree(chosen) { $0 | $1 }
}

/// The first of the values whose bit is set in `selectors`, bit 0 for the first value; when none is set, `otherwise`,
/// and without it zero.
///
/// A tree: as many levels as the logarithm of the number of values.
public func prioritySelect(_ selectors: Bits, _ values: [Bits], otherwise: Bits? = nil) -> Bits {
    if let flaw = flaw(of: selectors, values + [otherwise].compactMap(\.self), "prioritySelect", count: values.count) {
        return flaw
    }
    let candidates = values.enumerated().map { (isSet: selectors[$0.offset], value: $0.element) }
    let found = reducedAsTree(candidates) { (isSet: $0.isSet | $1.isSet, value: mux($0.isSet, $0.value, $1.value)) }
    return mux(found.isSet, found.value, otherwise ?? found.value.literal(0))
}

/// What stands for a choice that cannot be made; nil for a sound one.
private func flaw(of selectors: Bits, _ values: [Bits], _ user: String, count: Int? = nil) -> Bits? {
    let count = count ?? values.count
    guard count > 0, let first = values.first else {
        return selectors.flawed(width: 1, "'\(user)' of no values; at least 1")
    }
    if count != selectors.width {
        let message =
            "'\(user)' of \(count) values by \(selectors.circuit.bits(selectors.width)); one bit for each value"
        return selectors.flawed(width: first.width, message)
    }
    if let other = values.first(where: { $0.width != first.width }) {
        let message = "'\(user)' of \(first.width) and \(other.width) bits; extend or truncate one of them"
        return selectors.flawed(width: first.width, message)
    }
    return values.compactMap { selectors.flaw(beside: $0, user, width: first.width) }.first
}

/// Combines neighbours until one is left, so that no path is longer than the logarithm of their number.
func reducedAsTree<Element>(_ elements: [Element], _ combine: (Element, Element) -> Element) -> Element {
    var level = elements
    while level.count > 1 {
        level = stride(from: 0, to: level.count, by: 2).map {
            $0 + 1 < level.count ? combine(level[$0], level[$0 + 1]) : level[$0]
        }
    }
    return level[0]
}
