import Engine
import Golden
import Testing
import Verification

/// Law: a half shows the planes of what was stored in it, and is ready from its last chunk until it is issued.
@Suite struct WindowBufferTests {
    @Test(arguments: [(64, 8, 4, 4, 4), (20, 5, 2, 8, 2), (7, 1, 1, 1, 1), (130, 3, 2, 4, 1)])
    func agreesWithItsTwin(columns: Int, bits: Int, planeLanes: Int, pixels: Int, lanes: Int) throws {
        try expectAgreement(
            WindowBufferPair.self,
            with {
                $0.columns = columns
                $0.chunks = 5
                $0.activationBits = bits
                $0.planeLanes = planeLanes
                $0.pixels = pixels
                $0.pixelLanes = lanes
            }, cycles: 5000)
    }

    @Test func refusesPixelsThatDoNotFillTheLanes() {
        var parameters = Engine.WindowBuffer()
        parameters.pixelLanes = 3
        #expect(
            throws: ParameterError.inconsistent(name: "pixel-lanes", value: 3, reason: "allowed 1, 2, 4, 8, 16")
        ) { try parameters.validate() }
        parameters.pixelLanes = 8
        #expect(
            throws: ParameterError.inconsistent(
                name: "pixels", value: 4, reason: "allowed powers of two from pixel-lanes (8) to 64")
        ) { try parameters.validate() }
    }
}
