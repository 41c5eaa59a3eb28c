import Examples
import HDL
import Testing

@Suite("Examples elaborate")
struct ElaborationTests {
    @Test("every example in several shapes", arguments: ExampleDesign.all)
    func elaborates(_ example: ExampleDesign) throws {
        #expect(try elaborate(example.module).warnings.isEmpty)
    }

    /// What elaboration finds wrong, without the places.
    func findings(_ module: some Module) -> [String] {
        let error = #expect(throws: ElaborationError.self) { try elaborate(module) }
        return error?.diagnostics.map(\.message) ?? []
    }

    @Test("parameters that cannot be are named with what is allowed")
    func parameters() {
        let format = SerialFormat(divisor: 0, oversampling: 3)
        let expected = ["a divisor of 0 cycles a sample; at least 1", "3 samples a bit; at least 4"]
        #expect(findings(UARTTransmitter(format)) == expected)
        #expect(findings(UARTReceiver(format)) == expected)
        #expect(findings(RV32I(resetAddress: 6)) == ["a reset address of 6; a multiple of 4"])
    }
}
