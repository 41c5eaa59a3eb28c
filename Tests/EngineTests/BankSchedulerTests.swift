import Engine
import Testing
import Verification

/// Law: row k of an image is issued to bank k mod banks at address k / banks, in the first cycle in which the row is
/// there, the image is there, that bank is ready, and `interval` cycles have passed since the row before.
@Suite struct BankSchedulerTests {
    @Test(arguments: [(4, 256, 1), (1, 2, 1), (3, 100, 4), (16, 64, 2), (5, 7, 8)])
    func agreesWithItsTwin(banks: Int, depth: Int, interval: Int) throws {
        try expectAgreement(
            BankSchedulerPair.self,
            with {
                $0.banks = banks
                $0.depth = depth
                $0.interval = interval
            })
    }
}
