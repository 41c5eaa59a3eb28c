import CCoSim

/// The storage of a port of up to 64 bits; reads and writes go straight to the model. Valid as long as the model.
@frozen
public struct Port<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable> {
    /// Where the model keeps the value.
    public let pointer: UnsafeMutablePointer<Value>

    @inlinable @inline(__always)
    public init(_ pointer: UnsafeMutablePointer<Value>) { self.pointer = pointer }

    /// Bits above the port's width must be written as zero.
    @inlinable
    public var value: Value {
        @inline(__always) get { pointer.pointee }
        @inline(__always) nonmutating set { pointer.pointee = newValue }
    }
}

/// The storage of a port of more than 64 bits: 32-bit words, the lowest first. Valid as long as the model.
@frozen
public struct WidePort {
    /// Where the model keeps the lowest word.
    public let pointer: UnsafeMutablePointer<UInt32>
    /// Words of 32 bits; the neighbour of an odd count follows at once.
    public let halfWords: Int

    @inlinable @inline(__always)
    public init(_ pointer: UnsafeMutablePointer<UInt32>, halfWords: Int) {
        self.pointer = pointer
        self.halfWords = halfWords
    }

    /// Words of 64 bits, the last may be half.
    @inlinable public var count: Int { (halfWords + 1) / 2 }

    /// A word of 64 bits, the lowest is 0; bits above the port's width must be written as zero.
    @inlinable
    public subscript(word: Int) -> UInt64 {
        @inline(__always) get {
            let low = UInt64(pointer[2 &* word])
            return 2 &* word &+ 1 < halfWords ? low | UInt64(pointer[2 &* word &+ 1]) << 32 : low
        }
        @inline(__always) nonmutating set {
            pointer[2 &* word] = UInt32(truncatingIfNeeded: newValue)
            if 2 &* word &+ 1 < halfWords { pointer[2 &* word &+ 1] = UInt32(truncatingIfNeeded: newValue >> 32) }
        }
    }

    /// All words of 64 bits.
    public var words: [UInt64] {
        get { (0..<count).map { self[$0] } }
        nonmutating set { for (index, word) in newValue.prefix(count).enumerated() { self[index] = word } }
    }
}

extension Model {
    /// The typed storage of a port.
    ///
    /// - Throws: `CoSimError.unknownPort`, or `CoSimError.portStorage` when the port is not kept in a `Value`.
    public func port<Value: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(CoSimError) -> Port<Value> {
        let index = try library.index(of: name)
        let port = library.ports[index]
        guard port.width <= 64, port.storageBytes == MemoryLayout<Value>.size else {
            throw mismatch(port, asked: "Port<\(type)>")
        }
        return Port(try storage(index).assumingMemoryBound(to: Value.self))
    }

    /// The storage of a port of more than 64 bits.
    ///
    /// - Throws: `CoSimError.unknownPort`, or `CoSimError.portStorage` when the port is not that wide.
    public func widePort(_ name: String) throws(CoSimError) -> WidePort {
        let index = try library.index(of: name)
        let port = library.ports[index]
        guard port.width > 64 else { throw mismatch(port, asked: "WidePort") }
        return WidePort(try storage(index).assumingMemoryBound(to: UInt32.self), halfWords: port.storageBytes / 4)
    }

    /// The value of any port as 64-bit words, the lowest first.
    public func words(of name: String) throws(CoSimError) -> [UInt64] {
        let index = try library.index(of: name)
        var words = [UInt64](repeating: 0, count: library.ports[index].recordWords)
        library.api.pointee.get(handle, UInt32(index), &words)
        return words
    }

    /// Sets any port from 64-bit words, the lowest first; missing words are zero, bits above the width are dropped.
    public func setWords(of name: String, to words: [UInt64]) throws(CoSimError) {
        let index = try library.index(of: name)
        let port = library.ports[index]
        var padded = Array(words.prefix(port.recordWords))
        padded += Array(repeating: 0, count: port.recordWords - padded.count)
        if port.width % 64 != 0 { padded[padded.count - 1] &= (1 << UInt64(port.width % 64)) - 1 }
        library.api.pointee.set(handle, UInt32(index), padded)
    }

    /// Start of the storage of the port with this index.
    func storage(_ index: Int) throws(CoSimError) -> UnsafeMutableRawPointer {
        guard let pointer = library.api.pointee.port_ptr(handle, UInt32(index)) else {
            throw .loadFailed(path: library.path, reason: "port \(index) has no storage")
        }
        return pointer
    }

    private func mismatch(_ port: PortDescription, asked: String) -> CoSimError {
        let allowed = port.width > 64 ? "WidePort" : "Port<UInt\(port.storageBytes * 8)>"
        return .portStorage(top: library.top, port: port.name, width: port.width, asked: asked, allowed: allowed)
    }
}
