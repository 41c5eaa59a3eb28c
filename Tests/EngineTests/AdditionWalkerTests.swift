import Engine
import Golden
import Testing
import Verification

/// Law: every code of two tensors goes to the adder once, in the order of words, banks, codes.
@Suite struct AdditionWalkerTests {
    @Test(arguments: [(16, 8, 4, 1024), (1, 1, 1, 3), (5, 3, 2, 100)])
    func agreesWithItsTwin(wordCodes: Int, bits: Int, banks: Int, depth: Int) throws {
        try expectAgreement(
            AdditionWalkerPair.self,
            with {
                $0.wordCodes = wordCodes
                $0.activationBits = bits
                $0.banks = banks
                $0.depth = depth
            })
    }
}
