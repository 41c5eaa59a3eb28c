import Engine
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
}
