import Engine
import Golden
import Testing
import Verification

/// Law: row k of a pass goes to bank k mod banks at base + k / banks, when its bank, its window and the datapath are ready.
@Suite struct RowSchedulerTests {
    @Test(arguments: [(4, 256, 8), (1, 2, 1), (5, 100, 12), (16, 3000, 512)])
    func agreesWithItsTwin(banks: Int, depth: Int, intervals: Int) throws {
        try expectAgreement(
            RowSchedulerPair.self,
            with {
                $0.banks = banks
                $0.depth = depth
                $0.intervals = intervals
            })
    }
}
