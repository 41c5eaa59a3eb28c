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
}
