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

    @Test("receives from its own line while it sends on the other")
    func bothWays() throws {
        var random = SplitMix(21)
        let format = SerialFormat(divisor: 2, oversampling: 8)
        let simulator = try Simulator(elaborate(UART(format)))
        let sent = (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
        var line = SerialLine()
        line.hold(true, 21)
        for byte in sent { line.send(byte, bit: 16) }
        var received: [UInt8] = []
        simulator.set("transmit_valid", 1)
        for level in line.levels(Int(line.end) + 32) {
            simulator.set("transmit_data", .random(in: 0...255, using: &random))
            simulator.set("receive_line", level ? 1 : 0)
            simulator.settle()
            if simulator.get("receive_valid") == BitVector(1, width: 1) {
                received.append(UInt8(simulator.get("receive_data").words[0]))
            }
            simulator.step()
        }
        #expect(received == sent)
    }
}
