import Engine
import Testing
import Verification

/// Law: taken in every cycle, the sequencer shows every row of the layer in order, then begins again.
@Suite struct DenseSequencerTests {
    @Test(arguments: [(3, 10, 13), (1, 1, 1), (7, 3, 2), (2, 16, 16)])
    func agreesWithItsTwin(planes: Int, filters: Int, chunks: Int) throws {
        try expectAgreement(
            DenseSequencerPair.self,
            with {
                $0.planes = planes
                $0.filters = filters
                $0.chunks = chunks
            })
    }
}
