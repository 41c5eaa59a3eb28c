import Engine
import Testing
import Verification

/// Law: images are read in the order in which they were filled in, each whole; the buffer takes a chunk only into a half
/// that has been freed.
@Suite struct ActivationBufferTests {
    @Test(arguments: [(64, 13, 4, 4), (1, 1, 1, 1), (65, 3, 5, 2), (512, 2, 8, 3), (10, 16, 3, 1)])
    func agreesWithItsTwin(columns: Int, chunks: Int, bits: Int, lanes: Int) throws {
        try expectAgreement(
            ActivationBufferPair.self,
            with {
                $0.columns = columns
                $0.chunks = chunks
                $0.activationBits = bits
                $0.planeLanes = lanes
            })
    }
}
