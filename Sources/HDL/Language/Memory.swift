/// A memory: words that are written at a clock edge. A read in the cycle of a write to the same word gives the old
/// value; a read beyond the last word gives zero and a write there is lost. Several reads are several ports; of several
/// writes of one word at one edge the last statement wins.
public struct Memory {
    let circuit: Circuit
    let index: Int32
    /// Number of words.
    public let depth: Int
    /// Bits of a word.
    public let width: Int

    var declaration: MemoryDeclaration { circuit.memories[Int(index)] }

    /// The word at an address, in the same cycle.
    public func read(_ address: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) -> Bits {
        check(address, "an address", SourceLocation(file, line))
        return Bits(circuit, circuit.append(Node(.memoryRead, width: width, a: index, b: address.id)), width)
    }

    /// What a synchronous read gets of a word that is written at the read's own edge.
    public enum UnderWrite: Sendable {
        /// The word as it was before.
        case old
        /// The word with the lanes that are written: the last write wins, as it does in the memory.
        case new
    }

    /// The word at an address, a cycle late: a register of the memory's domain, zero at power-up.
    ///
    /// It keeps its word while `enable` is zero.
    public func readSynchronous(
        _ name: String, _ address: Bits, enable: Bits? = nil, underWrite: UnderWrite = .old,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        let word = word(at: address, underWrite, of: name, location)
        let register = circuit.addRegister(
            name, width: width, reset: nil, domain: ClockDomain(circuit: circuit, index: declaration.domain), location)
        if let enable {
            when(enable, file, line) { register.next(word, file, line) }
        } else {
            register.next(word, file, line)
        }
        return register
    }

    private func word(
        at address: Bits, _ underWrite: UnderWrite, of name: String, _ location: SourceLocation
    ) -> Bits {
        let stored = read(address, location.file, location.line)
        if underWrite == .old { return stored }
        let word = circuit.addWire("\(name)_next", width: width, purpose: .declared, location)
        circuit.forwardingReads.append(
            ForwardingRead(
                memory: index, address: address.id, stored: stored.id, word: word.id, name: name, location: location))
        return word
    }

    /// Stores a word at the next clock edge; inside a `when`, only if its condition holds.
    ///
    /// - Parameter mask: lets lanes of the word be written one by one, bit 0 the lowest lane; its width divides the
    ///   word's.
    public func write(
        _ address: Bits, _ value: Bits, mask: Bits? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        let location = SourceLocation(file, line)
        circuit.requireDescription(of: "a write to memory '\(declaration.name)'", at: location)
        check(address, "an address", location)
        check(value, "a value", location)
        let name = declaration.name
        if value.width != width {
            circuit.report(at: location, "'\(name)' has words of \(circuit.bits(width)), its value has \(value.width)")
        }
        if let mask {
            check(mask, "a mask", location)
            if mask.width > width || width % mask.width != 0 {
                circuit.report(
                    at: location, "'\(name)' has words of \(circuit.bits(width)), its mask has \(mask.width)")
            }
        }
        circuit.stamp(location, owner: name)
        circuit.domains[Int(declaration.domain)].isClockUsed = true
        circuit.add(
            .write(memory: index, address: address.id, value: value.id, mask: mask?.id ?? -1, location))
    }

    private func check(_ signal: Bits, _ role: String, _ location: SourceLocation) {
        let memory = declaration
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
