extension MoveProgram {
    /// Copies a record into the storage.
    @inlinable @inline(__always)
    func load(from record: UnsafeRawPointer) {
        var move = start
        section(&move, record) { Self.copy($0, $1, UInt64.self) }
        section(&move, record) { Self.copy($0, $1, UInt32.self) }
        section(&move, record) { Self.copy($0, $1, UInt16.self) }
        section(&move, record) { Self.copy($0, $1, UInt8.self) }
        guard isWide else { return }
        section(&move, record) { Self.copy($0, $1, SIMD4<UInt64>.self) }
        section(&move, record) { Self.copy($0, $1, SIMD2<UInt64>.self) }
    }

    /// Whether the storage differs from a record.
    ///
    /// No early end: a difference is the last thing a loop sees.
    @inlinable @inline(__always)
    func differs(from record: UnsafeRawPointer) -> Bool {
        var move = start
        var difference: UInt64 = 0
        section(&move, record) { difference |= Self.difference($0, $1, UInt64.self) }
        section(&move, record) { difference |= Self.difference($0, $1, UInt32.self) }
        section(&move, record) { difference |= Self.difference($0, $1, UInt16.self) }
        section(&move, record) { difference |= Self.difference($0, $1, UInt8.self) }
        guard isWide else { return difference != 0 }
        var wide = SIMD4<UInt64>(repeating: 0)
        section(&move, record) {
            wide |= $0.loadUnaligned(as: SIMD4<UInt64>.self) ^ $1.loadUnaligned(as: SIMD4<UInt64>.self)
        }
        var half = wide.lowHalf | wide.highHalf
        section(&move, record) {
            half |= $0.loadUnaligned(as: SIMD2<UInt64>.self) ^ $1.loadUnaligned(as: SIMD2<UInt64>.self)
        }
        return difference | half[0] | half[1] != 0
    }

    /// Runs `body` with storage and record of each move up to the mark, and steps over it.
    @inlinable @inline(__always)
    func section(
        _ move: inout UnsafeMutablePointer<PortMove>, _ record: UnsafeRawPointer,
        _ body: (UnsafeMutableRawPointer, UnsafeRawPointer) -> Void
    ) {
        while let storage = move.pointee.storage {
            body(storage, record + move.pointee.record)
            move += 1
        }
        move += 1
    }

    @inlinable @inline(__always)
    static func copy<Value: BitwiseCopyable>(
        _ storage: UnsafeMutableRawPointer, _ record: UnsafeRawPointer, _ type: Value.Type
    ) {
        storage.storeBytes(of: record.loadUnaligned(as: type), as: type)
    }

    @inlinable @inline(__always)
    static func difference<Value: FixedWidthInteger & BitwiseCopyable>(
        _ storage: UnsafeMutableRawPointer, _ record: UnsafeRawPointer, _ type: Value.Type
    ) -> UInt64 {
        UInt64(truncatingIfNeeded: storage.loadUnaligned(as: type) ^ record.loadUnaligned(as: type))
    }
}
