import Engine
import Golden
import Testing
import Verification

/// Law: the words of the pixels under each window that lie in the tensor are walked, row by row, and no padding.
@Suite struct PoolingWalkerTests {
    @Test(arguments: [(16, 4, 1024), (1, 1, 30), (5, 8, 100)])
    func agreesWithItsTwin(wordCodes: Int, banks: Int, depth: Int) throws {
        try expectAgreement(
            PoolingWalkerPair.self,
            with {
                $0.wordCodes = wordCodes
                $0.banks = banks
                $0.depth = depth
            })
    }
}
