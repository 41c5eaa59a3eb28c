/// A memory: words that are written at a clock edge. A read in the cycle of a write to the same word gives the old
/// value; a read beyond the last word gives zero and a write there is lost. Several reads are several ports; of several
/// writes of one word at one edge the last statement wins.
///
/// Its ports are in the clock domain of the builder that made it, and those of `clocked(by:)` in another one. All writes
/// are in one domain: of two clocks that write a word at the same instant neither the hardware nor its simulators would
/// agree which one wins. A synchronous read may be in any other: at an edge of both clocks at once it gets the old word.
public struct Memory {
    let circuit: Circuit
    let index: Int32
    /// The domain of the ports that are made through this value.
    let domain: ClockDomain
    /// Number of words.
    public let depth: Int
    /// Bits of a word.
    public let width: Int

    var declaration: MemoryDeclaration { circuit.memories[Int(index)] }

    /// The same memory, with ports in another clock domain.
    public func clocked(
        by domain: ClockDomain, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Memory {
        let domain = circuit.own(domain, of: "a port of memory '\(declaration.name)'", SourceLocation(file, line))
        return Memory(circuit: circuit, index: index, domain: domain, depth: depth, width: width)
    }

    /// The word at an address, in the same cycle. It changes with the clock of the writes, wherever it is read.
    public func read(_ address: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) -> Bits {
        word(at: address, countsAs: -1, SourceLocation(file, line))
    }

    /// The word at an address, in the same cycle, as a value of this domain though another clock writes the memory.
    ///
    /// With synchronous reads the one place where a word crosses without a crossing register. The description sees to it
    /// that the word is not written while it is taken, for example by a pointer that crosses after the write.
    public func crossingRead(
        _ address: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        word(at: address, countsAs: domain.index, SourceLocation(file, line))
    }

    private func word(at address: Bits, countsAs domain: Int32, _ location: SourceLocation) -> Bits {
        check(address, "an address", location)
        let node = Node(.memoryRead, width: width, a: index, b: address.id, c: domain)
        return Bits(circuit, circuit.append(node), width)
    }

    /// What a synchronous read gets of a word that is written at the read's own edge.
    public enum UnderWrite: Sendable {
        /// The word as it was before.
        case old
        /// The word with the lanes that are written: the last write wins, as it does in the memory.
        case new
    }

    /// The word at an address, a cycle late: a register of this domain, zero at power-up.
    ///
    /// It keeps its word while `enable` is zero. The memory may be written by another clock: then the description sees to
    /// it that the word is not written while it is taken, and `underWrite` is `.old`.
    public func readSynchronous(
        _ name: String, _ address: Bits, enable: Bits? = nil, underWrite: UnderWrite = .old,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        let word = word(at: address, underWrite, of: name, location)
        let register = circuit.addRegister(
            name, width: width, reset: nil, domain: domain, location)
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
        let stored = self.word(at: address, countsAs: domain.index, location)
        if underWrite == .old { return stored }
        let word = circuit.addWire("\(name)_next", width: width, purpose: .declared, location)
        circuit.forwardingReads.append(
            ForwardingRead(
                memory: index, domain: domain.index, address: address.id, stored: stored.id, word: word.id, name: name,
                location: location))
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
        placeWrite(location)
        circuit.add(
            .write(memory: index, address: address.id, value: value.id, mask: mask?.id ?? -1, location))
    }

    /// Gives the memory the domain of its first write; a write of another one is reported.
    private func placeWrite(_ location: SourceLocation) {
        circuit.domains[Int(domain.index)].isClockUsed = true
        if let first = declaration.firstWrite {
            if domain.index == declaration.domain { return }
            let (one, other) = (circuit.domains[Int(declaration.domain)].name, domain.declaration.name)
            circuit.report(
                at: location,
                "memory '\(declaration.name)' is written by clock domains '\(one)' and '\(other)'; its writes have one clock",
                notes: [Diagnostic.Note(at: first, "the first write, in '\(one)'")])
        } else {
            circuit.memories[Int(index)].domain = domain.index
            circuit.memories[Int(index)].firstWrite = location
        }
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
