import BitVectors
import Examples
import HDL
import Simulation
import Testing

/// Law: the line carries, cycle for cycle, what a switch would be set to by hand: each bit lasts `bitCycles` cycles, and
/// the line is one in between.
@Suite("UART transmitter")
struct UARTTransmitterTests {
    @Test("sends every bit of random bytes for exactly its time, with random pauses", arguments: SerialCase.all)
    func frames(_ one: SerialCase) throws {
        var random = SplitMix(one.seed)
        let format = one.format
        let simulator = try Simulator(elaborate(UARTTransmitter(format)))
        var expected = SerialLine()
        var line: [Bool] = []
        var pause = 0
        var isOffering = false
        var byte: UInt8 = 0
        while line.count < 16 * format.frameBits * format.bitCycles {
            if !isOffering, pause == 0 {
                byte = .random(in: 0...255, using: &random)
                isOffering = true
            }
            pause = max(0, pause - 1)
            simulator.set("data", Int(byte))
            simulator.set("valid", isOffering ? 1 : 0)
            simulator.settle()
            line.append(simulator.get("line") == BitVector(1, width: 1))
            if isOffering, simulator.get("ready") == BitVector(1, width: 1) {
                // The start bit is on the line from the next cycle on.
                expected.hold(true, Double(line.count) - expected.end)
                expected.send(byte, bit: Double(format.bitCycles), oddParity: one.oddParity)
                isOffering = false
                pause =
                    random.once(in: 2) ? 0 : .random(in: 0..<2 * format.frameBits * format.bitCycles, using: &random)
            }
            simulator.step()
        }
        #expect(line == expected.levels(line.count), "\(one)")
    }

    @Test("takes a waiting byte in the last cycle of a stop bit, and none before")
    func throughput() throws {
        let format = SerialFormat(divisor: 2, oversampling: 4, parity: .even)
        let simulator = try Simulator(elaborate(UARTTransmitter(format)))
        simulator.set("data", 0x5A)
        simulator.set("valid", 1)
        let taken = (0..<500).filter { _ in
            simulator.settle()
            defer { simulator.step() }
            return simulator.get("ready") == BitVector(1, width: 1)
        }
        #expect(taken == Array(stride(from: 0, to: 500, by: 11 * 8)))
    }
}
