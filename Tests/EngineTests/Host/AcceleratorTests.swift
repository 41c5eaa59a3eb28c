import Engine
import Golden
import Testing
import Verification

/// Law: an accelerator's outputs are its twin's in every cycle, whatever the host does.
@Suite struct AcceleratorTests {
    @Test func agreesWithItsTwin() throws {
        try expectAgreement(AcceleratorPair.self, with { _ in }, cycles: 50_000, seeds: [1, 2])
    }
}
