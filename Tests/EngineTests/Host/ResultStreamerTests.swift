import Engine
import Golden
import Testing
import Verification

/// Law: a start sends the sums or the words that were asked for, in order, and TLAST on the last one.
@Suite struct ResultStreamerTests {
    @Test(arguments: [(64, 256, 4, 16, 8), (2, 2, 1, 1, 1), (30, 21, 16, 7, 5)])
    func agreesWithItsTwin(channels: Int, depth: Int, banks: Int, wordCodes: Int, bits: Int) throws {
        try expectAgreement(
            ResultStreamerPair.self,
            with {
                $0.channels = channels
                $0.depth = depth
                $0.banks = banks
                $0.wordCodes = wordCodes
                $0.activationBits = bits
            })
    }
}
