import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: a row read back holds the bits last written to it, but for the cells whose writes failed, which keep theirs;
/// a row beyond the last is never stored and reads as zero.
@Suite struct SubArrayTests {
    @Test(arguments: [(256, 64), (2, 1), (5, 65), (100, 512), (64, 127)])
    func agreesWithItsTwin(rows: Int, columns: Int) throws {
        try expectAgreement(
            SubArrayPair.self,
            with {
                $0.rows = rows
                $0.columns = columns
            })
    }

    @Test(arguments: Engine.CellKind.allCases)
    func agreesWithItsTwinForEachKind(kind: Engine.CellKind) throws {
        try expectAgreement(
            SubArrayPair.self,
            with {
                $0.rows = 24
                $0.columns = 70
                $0.kind = kind.rawValue
                $0.dualRow = kind == .complementary || kind == .nandSpin ? 0 : 1
            })
    }

    @Test func refusesRowsThatDoNotFillStrings() {
        var array = Engine.SubArray()
        array.kind = Engine.CellKind.nandSpin.rawValue
        array.rows = 20
        #expect {
            try array.validate()
        } throws: {
            "\($0)" == "parameter rows: found 20, strings need a multiple of 8"
        }
    }

    @Test func keepsTheBitsOfFailedWrites() throws {
        let bench = try Bench(
            SubArrayPair.self,
            with {
                $0.rows = 6
                $0.columns = 8
            })
        try bench.set("write", 1)
        try bench.set("write_address", 5)
        try bench.set("write_data", 0b1100_1010)
        try bench.step()
        try bench.set("write_data", 0b0011_0101)
        try bench.set("write_fail", 0b1111_0000)
        try bench.step()
        try bench.set("write", 0)
        try bench.set("address", 5)
        #expect(try bench.get("cells") == 0b1100_0101)
        try bench.set("address", 6)
        #expect(try bench.get("cells") == 0, "row 6 of 6 does not exist")
    }

    /// Law: a cell has a pulse for each write of a bit that it does not hold, whether the pulse succeeds or not.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func countsThePulsesOfEachCell(seed: UInt64) {
        let (rows, columns) = (5, 70)
        var array = Golden.SubArray(rows: rows, columns: columns)
        var random = KeyedStream(seed: seed, stream: 0)
        var held = Array(repeating: Array(repeating: false, count: columns), count: rows)
        var expected = Array(repeating: Array(repeating: UInt32(0), count: columns), count: rows)
        for _ in 0..<200 {
            let row = Int(random.nextUInt64() % 6)
            var (data, failing) = (BitRow.none, BitRow.none)
            for column in 0..<columns {
                let (bit, fails) = (random.nextUInt64() & 1 == 1, random.nextUInt64() & 3 == 0)
                if bit { data.set(column) }
                if fails { failing.set(column) }
                guard row < rows, held[row][column] != bit else { continue }
                expected[row][column] += 1
                if !fails { held[row][column] = bit }
            }
            array.store(data, at: row, failing: failing)
        }
        #expect(array.pulses == expected.flatMap { $0 }, "seed \(seed)")
        #expect(array.largestPulseCount == expected.flatMap { $0 }.max())
    }
}
