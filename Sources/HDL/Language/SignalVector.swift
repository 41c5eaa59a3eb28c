/// Signals of equal width by number: a row of registers, wires or ports.
///
/// `vector[3]` is wiring, `vector[index]` a choice by a signal, and `vector.next(at: index, value)` changes the
/// element that a signal names.
public struct SignalVector {
    /// The signals in order of their numbers; at least one.
    public let elements: [Bits]
    /// Bits of an element.
    public let width: Int

    /// Some signals as a vector, for example the ports of an array, `SignalVector(m.taps)`.
    ///
    /// They are of one width, and one at least.
    public init(_ elements: [Bits]) {
        let elements = elements.isEmpty ? [Description.flawed("a vector of no signals; at least 1")] : elements
        let first = elements[0]
        width = first.width
        let wrong = elements.firstIndex { $0.width != first.width }
        self.elements = elements.enumerated().map { index, element in
            guard let wrong, element.width != first.width else { return element }
            // One slip is one finding: at the first that differs.
            if index != wrong { return first.zero }
            return first.flawed(
                width: first.width,
                "a vector of \(first.width) and \(element.width) bits; extend or truncate one of them")
        }
    }

    /// The parts of a word, `width` bits each, the least significant first.
    public init(_ word: Bits, every width: Int) { self.init(word.splitting(every: width)) }

    /// Number of elements.
    public var count: Int { elements.count }

    /// The numbers of the elements.
    public var indices: Range<Int> { elements.indices }

    /// All elements side by side, element 0 least significant.
    public var asBits: Bits { concatenate(elements.reversed()) }

    /// One element.
    public subscript(index: Int) -> Bits {
        if elements.indices.contains(index) { return elements[index] }
        return elements[0].flawed(width: width, "element \(index) of \(count); allowed are 0 to \(count - 1)")
    }

    /// The element whose number the index gives; zero beyond the last.
    public subscript(index: Bits) -> Bits { select(index, elements) }

    /// Names the elements `name_0`, `name_1`, ….
    public func named(_ name: String, _ file: StaticString = #fileID, _ line: UInt = #line) -> SignalVector {
        SignalVector(elements.enumerated().map { $1.named("\(name)_\($0)", file, line) })
    }

    /// A function of each element.
    public func map(_ transform: (Bits) -> Bits) -> SignalVector { SignalVector(elements.map(transform)) }

    /// A function of each element and its partner of the same number.
    public func zip(_ other: SignalVector, _ combine: (Bits, Bits) -> Bits) -> SignalVector {
        if other.count != count {
            let message = "'zip' of vectors of \(count) and \(other.count) elements"
            return SignalVector([elements[0].flawed(width: width, message)])
        }
        return SignalVector(Swift.zip(elements, other.elements).map(combine))
    }

    /// Combines neighbours until one is left: a tree as deep as the logarithm of the count.
    ///
    ///     products.reduce { $0 +^ $1 }    // a sum that has room for every value
    public func reduce(_ combine: (Bits, Bits) -> Bits) -> Bits { reducedAsTree(elements, combine) }
}

/// Assignments to all elements, or to one that a signal names.
extension SignalVector {
    /// Drives every element with its partner.
    public func drive(_ other: SignalVector, _ file: StaticString = #fileID, _ line: UInt = #line) {
        forEachPartner(other, SourceLocation(file, line)) { $0.drive($1, file, line) }
    }

    /// Gives every register the value of its partner after the next clock edge.
    public func next(_ other: SignalVector, _ file: StaticString = #fileID, _ line: UInt = #line) {
        forEachPartner(other, SourceLocation(file, line)) { $0.next($1, file, line) }
    }

    /// Drives the element whose number the index gives; none beyond the last.
    ///
    /// The others keep what drives them, so wires need a default.
    public func drive(
        at index: Bits, _ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        forElement(at: index, takes: value, file, line) { $0.drive(value, file, line) }
    }

    /// Gives the register whose number the index gives a value after the next clock edge; none beyond the last.
    public func next(
        at index: Bits, _ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        forElement(at: index, takes: value, file, line) { $0.next(value, file, line) }
    }

    private func forEachPartner(_ other: SignalVector, _ location: SourceLocation, _ assign: (Bits, Bits) -> Void) {
        if other.count != count {
            elements[0].circuit.report(
                at: location, "a vector of \(count) elements takes one of \(other.count); as many as it has")
        }
        for index in indices { assign(elements[index], index < other.count ? other[index] : elements[index].zero) }
    }

    private func forElement(
        at index: Bits, takes value: Bits, _ file: StaticString, _ line: UInt, _ assign: (Bits) -> Void
    ) {
        let circuit = elements[0].circuit
        if value.width != width {
            circuit.report(
                at: SourceLocation(file, line),
                "an element has \(circuit.bits(width)), its value has \(value.width); extend or truncate it")
            return
        }
        if index.circuit !== circuit {
            circuit.report(
                at: SourceLocation(file, line),
                "an element's number that is a signal of module '\(index.circuit.name)'")
            return
        }
        // As many as the index can name.
        let reachable = index.width < Int.bitWidth - 1 ? Swift.min(count, 1 << index.width) : count
        choose(index, file, line) { on in
            for number in 0..<reachable { on.case(number, file: file, line: line) { assign(elements[number]) } }
            if index.width >= Int.bitWidth - 1 || reachable < 1 << index.width { on.default(file: file, line: line) {} }
        }
    }
}

extension Bits {
    fileprivate var zero: Bits { circuit.constant(0, width: width) }
}

extension Builder {
    /// `count` registers of a width, `name_0`, `name_1`, …, each with the same reset value; nil leaves them alone.
    public func registers(
        _ name: String, count: Int, _ width: Int = 1, reset resetValue: Int? = 0,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> SignalVector {
        vector(name, count: count, file, line) { register($0, width, reset: resetValue, file, line) }
    }

    /// `count` wires of a width, `name_0`, `name_1`, …, to be driven, on every path or on top of a default.
    public func wires(
        _ name: String, count: Int, _ width: Int = 1, default value: Int? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> SignalVector {
        vector(name, count: count, file, line) { wire($0, width, default: value, file, line) }
    }

    private func vector(
        _ name: String, count: Int, _ file: StaticString, _ line: UInt, _ make: (String) -> Bits
    ) -> SignalVector {
        if count < 1 { circuit.report(at: SourceLocation(file, line), "'\(name)' of \(count) elements; at least 1") }
        return SignalVector((0..<Swift.max(count, 1)).map { make("\(name)_\($0)") })
    }
}
