import BitVectors
import Examples
import HDL
import Simulation
import Testing

@Suite("UART")
struct UARTTests {
    /// Law: with its two lines joined, the bytes that go in come out, in order and without errors.
    @Test("a loop gives back what was sent", arguments: SerialCase.all)
    func loop(_ one: SerialCase) throws {
        var random = SplitMix(one.seed)
        let simulator = try Simulator(elaborate(UART(one.format)))
        func isSet(_ name: String) -> Bool { simulator.get(name) == BitVector(1, width: 1) }
        var sent: [UInt8] = []
        var received: [UInt8] = []
        var byte = UInt8.random(in: 0...255, using: &random)
        var isOffering = false
        for _ in 0..<16 * one.format.frameBits * one.format.bitCycles {
            isOffering = isOffering || random.once(in: one.format.bitCycles)
            simulator.set("transmit_data", Int(byte))
            simulator.set("transmit_valid", isOffering && sent.count < 10 ? 1 : 0)
            simulator.settle()
            simulator.set("receive_line", isSet("transmit_line") ? 1 : 0)
            simulator.settle()
            if isOffering, sent.count < 10, isSet("transmit_ready") {
                sent.append(byte)
                byte = .random(in: 0...255, using: &random)
                isOffering = false
            }
            if isSet("receive_valid") {
                received.append(UInt8(simulator.get("receive_data").words[0]))
                #expect(!isSet("receive_framing_error"))
                if one.format.parity != .none { #expect(!isSet("receive_parity_error")) }
            }
            simulator.step()
        }
        #expect(sent.count == 10)
        #expect(received == sent)
    }

    @Test("a line that cannot be sampled is an error")
    func formats() {
        let divisor = #expect(throws: SerialFormatError.self) { try SerialFormat(divisor: 0) }
        #expect(divisor?.description == "a divisor of 0 cycles a sample; at least 1")
        let samples = #expect(throws: SerialFormatError.self) { try SerialFormat(divisor: 1, oversampling: 3) }
        #expect(samples?.description == "3 samples a bit; at least 4")
    }
}
