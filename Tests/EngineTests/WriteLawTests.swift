import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: what a write costs and leaves is what a plain recount says, on the RTL: cycles, cells, every counter, the error.
@Suite struct WriteLawTests {
    static let kinds = [Engine.CellKind.stt, .complementary, .sot, .nandSpin]

    private static func hardware(_ kind: Engine.CellKind, evaluate: Int = 1, dualRow: Int = 0) -> Engine.BankWriter {
        with {
            $0.kind = kind.rawValue
            $0.rows = 16
            $0.columns = 11
            $0.phases = Engine.SensePhases(precharge: 1, evaluate: evaluate, latch: 1)
            $0.dualRow = dualRow
        }
    }

    @Test(arguments: kinds, [nil, 10, 3] as [UInt32?])
    func everyWriteIsAsTheLawSays(kind: Engine.CellKind, failureOneIn: UInt32?) throws {
        for seed: UInt64 in 1...3 {
            let hardware = Self.hardware(kind, evaluate: Int(seed))
            let bench = try WriteBench(hardware, seed: seed)
            bench.failureOneIn = failureOneIn
            var random = KeyedStream(seed: seed, stream: 0x5743)
            let lengths = (0..<hardware.planes).map { _ in (0..<2).map { _ in 1 + random.nextIndex(below: 6) } }
            for plane in 0..<hardware.planes {
                for direction in 0..<2 {
                    try bench.setCode(plane: plane, towardsOne: direction == 1, cycles: lengths[plane][direction])
                }
            }
            var reference = WriteReference(
                kind: kind, rows: hardware.rows, columns: hardware.columns, period: hardware.phases.period,
                lengths: lengths)
            var asked = Array(repeating: UInt64(0), count: hardware.rows)
            for number in 0..<60 {
                var request = WriteBench.Request(rows: [])
                request.changedOnly = random.nextIndex(below: 3) > 0
                request.verify = random.nextIndex(below: 4) > 0
                request.retries = random.nextIndex(below: 4)
                let strings = random.nextIndex(below: 2) * 8
                for _ in 0..<(kind == .nandSpin ? 1 + random.nextIndex(below: 8) : 1) {
                    let address = strings + random.nextIndex(below: 8)
                    // Half of the rows are new, the others change little or nothing.
                    let flips = random.nextUInt64() & random.nextUInt64() & random.nextUInt64()
                    let old = random.nextIndex(below: 2) == 0 ? asked[address] : asked[address] ^ flips
                    let data = (random.nextIndex(below: 2) == 0 ? random.nextUInt64() : old) & 0x7FF
                    request.rows.append((address, data, random.nextIndex(below: 3)))
                    asked[address] = data
                }
                let outcome = try bench.run(request)
                let expected = reference.run(request, outcome.pulses)
                let place = "seed \(seed), write \(number): \(request)"
                #expect(outcome.cycles == expected.cycles, "\(place)")
                #expect(outcome.failed == expected.failed, "\(place)")
                #expect(try bench.counts() == reference.counts, "\(place)")
                let error = reference.errors.first
                #expect(try bench.bench.get("host_error") == (error == nil ? 0 : 1), "\(place)")
                #expect(try bench.bench.get("host_error_address") == UInt64(error?.address ?? 0), "\(place)")
                #expect(try bench.bench.get("host_error_bits") == UInt64(error?.bits ?? 0), "\(place)")
                if number % 10 == 9 {
                    for row in 0..<hardware.rows {
                        #expect(try bench.read(row) == reference.word(row), "row \(row), \(place)")
                        guard kind == .complementary else { continue }
                        #expect(try bench.bench.get("undecided") == reference.undecided(row), "row \(row), \(place)")
                    }
                }
                if request.verify, !outcome.failed, kind != .complementary {
                    for row in request.rows where row.data == asked[row.address] {
                        #expect(reference.word(row.address) == row.data, "verified, \(place)")
                    }
                }
            }
            // What a clear forgets.
            try bench.bench.set("host_clear", 1)
            try bench.bench.step()
            try bench.bench.set("host_clear", 0)
            #expect(try bench.counts().values.allSatisfy { $0 == 0 })
            #expect(try bench.bench.get("host_error") == 0)
        }
    }

    /// A row that holds its data already costs one sense and no pulse, in any kind of cells.
    @Test(arguments: kinds)
    func writingTheSameAgainPulsesNothing(kind: Engine.CellKind) throws {
        let bench = try WriteBench(Self.hardware(kind), seed: 1)
        let request = WriteBench.Request(rows: [(5, 0x2A5, 0)])
        _ = try bench.run(request)
        let again = try bench.run(request)
        #expect(again.pulses.isEmpty && again.pulseCycles == 0)
        // Accepting, a sense of period 3 with its start and its comparison, ending; a string has eight and a plan.
        #expect(again.cycles == (kind == .nandSpin ? 1 + 8 * 5 + 1 + 1 : 1 + 5 + 1))
    }

    /// Rows of one string that follow each other share one erasure; written one by one each of them erases.
    @Test func rowsOfABatchShareOneErasure() throws {
        let rows = (0..<8).map { (address: $0, data: UInt64(0x7FF), plane: 0) }
        let zeros = rows.map { (address: $0.address, data: UInt64(0), plane: 0) }
        func erasures(inBatch: Bool) throws -> Int? {
            let bench = try WriteBench(Self.hardware(.nandSpin), seed: 1)
            _ = try bench.run(WriteBench.Request(rows: rows))
            if inBatch {
                _ = try bench.run(WriteBench.Request(rows: zeros))
            } else {
                for row in zeros { _ = try bench.run(WriteBench.Request(rows: [row])) }
            }
            for row in 0..<8 { #expect(try bench.read(row) == 0) }
            return try bench.counts()["erase_pulses"]
        }
        #expect(try erasures(inBatch: true) == 11)
        #expect(try erasures(inBatch: false) == 8 * 11)
    }

    /// A request for other strings ends the batch without being taken, and is the next write.
    @Test func anotherStringEndsABatch() throws {
        let bench = try WriteBench(Self.hardware(.nandSpin), seed: 1)
        let outcome = try bench.run(
            WriteBench.Request(rows: [(1, 0x11, 0), (2, 0x22, 0), (9, 0x99, 0), (10, 0xAA, 0)]))
        #expect(!outcome.failed)
        #expect(try bench.counts()["writes"] == 1)
        // The rows of the first strings are written; the request for the other ones waited and goes on.
        #expect(try bench.read(1) == 0x11)
        #expect(try bench.read(2) == 0x22)
        let rest = try bench.run(WriteBench.Request(rows: [(9, 0x99, 0), (10, 0xAA, 0)]))
        #expect(!rest.failed)
        #expect(try bench.read(9) == 0x99)
        #expect(try bench.read(10) == 0xAA)
    }

    /// While a row is pulsed an SOT bank senses its other rows at the full rate, and that one not; an STT bank senses none.
    @Test(arguments: [Engine.CellKind.stt, .sot])
    func readsBesideAPulse(kind: Engine.CellKind) throws {
        let bench = try WriteBench(Self.hardware(kind), seed: 1)
        for row in 0..<4 { _ = try bench.run(WriteBench.Request(rows: [(row, UInt64(0x100 + row), 0)])) }
        try bench.setCode(plane: 0, towardsOne: true, cycles: 15)
        let ports = bench.bench
        try ports.set("host_valid", 1)
        try ports.set("host_address", 3)
        try ports.set("host_data", 0x7FF)
        try ports.set("host_changed_only", 0)
        try ports.set("host_verify", 0)
        try ports.step()
        try ports.set("host_valid", 0)
        while try ports.get("pulse") == 0 { try ports.step() }
        var reads: [UInt64] = []
        var cycles = 0
        while try ports.get("pulse") == 1 {
            try ports.set("reader_address", 3)
            #expect(try ports.get("reader_ready") == 0, "the row that is pulsed")
            try ports.set("reader_address", UInt64(reads.count % 3))
            let isReady = try ports.get("reader_ready") == 1
            #expect(kind == .sot || !isReady)
            try ports.set("reader_start", isReady ? 1 : 0)
            if isReady { reads.append(UInt64(reads.count % 3)) }
            cycles += 1
            // A sense that began three cycles ago has been latched.
            if cycles > 3, kind == .sot { #expect(try ports.get("reader_row") >> 8 == 1, "cycle \(cycles)") }
            try ports.step()
        }
        #expect(cycles == 15)
        #expect(reads.count == (kind == .sot ? 5 : 0))
    }
}
