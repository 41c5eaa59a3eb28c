import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: each whole item of a packet whose header is right is stored once, in order, at its address, and nothing else is; a
/// packet with a fault gives its error once and is taken to its end.
@Suite struct PacketReceiverTests {
    @Test(arguments: [(2, 4, 4, 4), (1, 1, 1, 1), (16, 3, 3, 16)])
    func agreesWithItsTwin(rowWords: Int, activationWords: Int, banks: Int, activationBanks: Int) throws {
        try expectAgreement(
            PacketReceiverPair.self,
            with {
                $0.rowWords = rowWords
                $0.activationWords = activationWords
                $0.banks = banks
                $0.activationBanks = activationBanks
                if banks == 3 { ($0.bankRows, $0.entries, $0.channels, $0.depth) = (7, 5, 3, 9) }
            })
    }
}
