public import BitVectors

/// A memory that is never written: a table. A read beyond the last word gives zero.
public struct ReadOnlyMemory {
    private let memory: Memory
    /// Number of words.
    public var depth: Int { memory.depth }
    /// Bits of a word.
    public var width: Int { memory.width }

    init(memory: Memory) { self.memory = memory }

    /// The word at an address, in the same cycle.
    public func read(_ address: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) -> Bits {
        memory.read(address, file, line)
    }

    /// The same table, with synchronous reads in another clock domain.
    public func clocked(
        by domain: ClockDomain, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> ReadOnlyMemory {
        ReadOnlyMemory(memory: memory.clocked(by: domain, file, line))
    }

    /// The word at an address, a cycle late: a register, zero at power-up, that keeps its word while `enable` is zero.
    public func readSynchronous(
        _ name: String, _ address: Bits, enable: Bits? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        memory.readSynchronous(name, address, enable: enable, file, line)
    }
}

extension Builder {
    /// A table of words, from address zero on.
    public func rom(
        _ name: String, contents: [BitVector], _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> ReadOnlyMemory {
        let width = contents.first?.width ?? 1
        return ReadOnlyMemory(
            memory: memory(name, depth: contents.count, width: width, contents: contents, file, line))
    }

    /// A table of integers in words of a width, from address zero on; negative ones in two's complement.
    public func rom(
        _ name: String, width: Int, contents: [Int], _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> ReadOnlyMemory {
        let location = SourceLocation(file, line)
        let isWide = width >= 1
        if let index = contents.firstIndex(where: { isWide && !circuit.fits($0, width: width) }) {
            circuit.report(
                at: location,
                "word \(index) of '\(name)': \(contents[index]) does not fit in \(circuit.bits(width))")
        }
        return ReadOnlyMemory(
            memory: memory(
                name, depth: contents.count, width: width,
                contents: contents.map { BitVector($0, width: isWide ? width : 1) }, file, line))
    }
}
