import Engine
import Testing
import Verification

/// Law: a bank senses the row that was addressed when the sense began, as it is stored at the latch edge.
@Suite struct BankTests {
    @Test(arguments: [(256, 64, 1), (3, 7, 2), (40, 300, 4)])
    func agreesWithItsTwin(rows: Int, columns: Int, evaluate: Int) throws {
        try expectAgreement(
            BankPair.self,
            with {
                $0.rows = rows
                $0.columns = columns
                $0.phases = Engine.SensePhases(precharge: 1, evaluate: evaluate, latch: 1)
            })
    }

    @Test(arguments: Engine.CellKind.allCases, [0, 1])
    func agreesWithItsTwinForEachKind(kind: Engine.CellKind, dualRow: Int) throws {
        var bank = Engine.Bank()
        bank.rows = 24
        bank.columns = 33
        bank.kind = kind.rawValue
        bank.dualRow = dualRow
        if dualRow == 1, kind == .complementary || kind == .nandSpin {
            #expect {
                try bank.validate()
            } throws: {
                "\($0)"
                    == "parameter dual-row: found 1, two rows are compared with one reference, which kinds 0 ideal, "
                    + "1 stt and 3 sot have"
            }
            return
        }
        try expectAgreement(BankPair.self, bank)
    }
}
