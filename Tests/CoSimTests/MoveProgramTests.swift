import Testing

@testable import CoSim

@Suite struct MoveProgramTests {
    /// Pieces of random sizes, some side by side in the storage, all one after the other in the record.
    static func pieces(_ random: inout SplitMix, at storage: UnsafeMutableRawPointer, record: Int) -> [MoveProgram
        .Piece]
    {
        var pieces: [MoveProgram.Piece] = []
        var (place, offset) = (Int(random.next() % 3), record)
        for _ in 0..<1 + Int(random.next() % 12) {
            let bytes = [1, 2, 4, 8, 12, 36][Int(random.next() % 6)]
            pieces.append((storage + place, offset, bytes))
            offset += bytes
            place += bytes + (random.next() % 3 == 0 ? 1 + Int(random.next() % 9) : 0)
        }
        return pieces.shuffled(using: &random)
    }

    @Test("loading writes the bytes of the pieces and no other; a difference in any of them is seen, in no other")
    func bytes() {
        let size = 1024
        let storage = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        let record = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
        defer {
            storage.deallocate()
            record.deallocate()
        }
        for seed in UInt64(0x91)..<0x191 {
            var random = SplitMix(state: seed)
            let pieces = Self.pieces(&random, at: storage, record: 5)
            let program = MoveProgram(pieces)
            defer { program.deallocate() }
            for index in 0..<size {
                storage.storeBytes(of: UInt8(truncatingIfNeeded: random.next()), toByteOffset: index, as: UInt8.self)
                record.storeBytes(of: UInt8(truncatingIfNeeded: random.next()), toByteOffset: index, as: UInt8.self)
            }
            var expected = (0..<size).map { storage.load(fromByteOffset: $0, as: UInt8.self) }
            var moved: Set<Int> = []
            for piece in pieces {
                for byte in 0..<piece.bytes {
                    let place = piece.storage - storage + byte
                    expected[place] = record.load(fromByteOffset: piece.record + byte, as: UInt8.self)
                    moved.insert(place)
                }
            }
            program.load(from: record)
            #expect((0..<size).map { storage.load(fromByteOffset: $0, as: UInt8.self) } == expected, "seed \(seed)")
            #expect(!program.differs(from: record), "seed \(seed)")
            for place in 0..<size {
                let found = storage.load(fromByteOffset: place, as: UInt8.self)
                storage.storeBytes(of: found ^ 0x10, toByteOffset: place, as: UInt8.self)
                #expect(program.differs(from: record) == moved.contains(place), "byte \(place), seed \(seed)")
                storage.storeBytes(of: found, toByteOffset: place, as: UInt8.self)
            }
        }
    }

    @Test("neighbours become few moves: a run takes moves of one size, the last laid over the one before")
    func fewMoves() {
        let storage = UnsafeMutableRawPointer.allocate(byteCount: 256, alignment: 8)
        defer { storage.deallocate() }
        func count(_ pieces: [MoveProgram.Piece]) -> Int {
            let program = MoveProgram(pieces)
            defer { program.deallocate() }
            return program.count
        }
        #expect(count([]) == 0)
        #expect(count((0..<10).map { (storage + $0 * 8, $0 * 8, 8) }) == 3)
        #expect(count((0..<10).map { (storage + $0, $0, 1) }) == 2)
        #expect(count((0..<10).map { (storage + $0 * 2, $0, 1) }) == 10)
        #expect(count([(storage, 0, 4), (storage + 8, 4, 4)]) == 2)
    }
}
