import BitVectors
import Examples
import HDL
import Simulation
import Testing

/// What a receiver has shown.
struct ReceivedByte: Equatable {
    var byte: UInt8
    var framingError = false
    var parityError = false
}

/// Law: every frame that a switch sends by hand arrives once, in order, with its errors, whatever the phase and with bits
/// up to 2 % longer or shorter; noise between the frames that is shorter than half a bit leaves no trace.
@Suite("UART receiver")
struct UARTReceiverTests {
    /// Runs a receiver on a line.
    func receive(_ line: SerialLine, _ format: SerialFormat) throws -> [ReceivedByte] {
        let simulator = try Simulator(elaborate(UARTReceiver(format)))
        func isSet(_ name: String) -> Bool { simulator.get(name) == BitVector(1, width: 1) }
        var received: [ReceivedByte] = []
        for level in line.levels(Int(line.end) + 3 * format.bitCycles) {
            simulator.set("line", level ? 1 : 0)
            simulator.settle()
            if isSet("valid") {
                received.append(
                    ReceivedByte(
                        byte: UInt8(simulator.get("data").words[0]), framingError: isSet("framing_error"),
                        parityError: format.parity != .none && isSet("parity_error")))
            }
            simulator.step()
        }
        return received
    }

    @Test(
        "receives random bytes at any phase, with bits 2 % off and glitches between frames", arguments: SerialCase.all)
    func frames(_ one: SerialCase) throws {
        var random = SplitMix(one.seed)
        for mismatch in [-0.02, 0, 0.02] {
            let bit = Double(one.format.bitCycles) * (1 + mismatch)
            var line = SerialLine()
            var sent: [ReceivedByte] = []
            line.hold(true, .random(in: 5..<50, using: &random))
            for _ in 0..<20 {
                var frame = ReceivedByte(byte: .random(in: 0...255, using: &random))
                frame.parityError = one.oddParity != nil && random.once(in: 5)
                sent.append(frame)
                line.send(frame.byte, bit: bit, oddParity: one.oddParity, isParityWrong: frame.parityError)
                if random.once(in: 3) {
                    // Quiet, a glitch, and quiet again: a frame that comes at once after a glitch has no start.
                    line.hold(true, .random(in: 0.5 * bit...2 * bit, using: &random))
                    line.hold(false, .random(in: 0.01 * bit..<0.49 * bit, using: &random))
                    line.hold(true, .random(in: 1.2 * bit...3 * bit, using: &random))
                } else if random.once(in: 2) {
                    line.hold(true, .random(in: 0...2 * bit, using: &random))
                }
            }
            let received = try receive(line, one.format)
            #expect(received == sent, "\(one.testDescription), bits \(mismatch * 100) % longer")
        }
    }

    @Test("says a stop bit that is zero, and begins anew after the line has been one", arguments: SerialCase.all)
    func framingErrors(_ one: SerialCase) throws {
        var random = SplitMix(one.seed)
        let bit = Double(one.format.bitCycles)
        var line = SerialLine()
        var sent: [ReceivedByte] = []
        line.hold(true, 20)
        for _ in 0..<20 {
            let frame = ReceivedByte(byte: .random(in: 0...255, using: &random), framingError: random.once(in: 2))
            sent.append(frame)
            line.send(frame.byte, bit: bit, oddParity: one.oddParity, stop: !frame.framingError)
            if frame.framingError {
                // A long break, too, is one frame only.
                line.hold(false, random.once(in: 2) ? 0 : 30 * bit)
                line.hold(true, bit)
            }
        }
        let received = try receive(line, one.format)
        #expect(received == sent)
    }

    @Test("a single wrong sample inside a data bit changes nothing")
    func votes() throws {
        let format = SerialFormat(divisor: 3, oversampling: 16)
        var random = SplitMix(77)
        for _ in 0..<20 {
            let byte = UInt8.random(in: 0...255, using: &random)
            let place = Int.random(in: 0..<8, using: &random)
            var line = SerialLine()
            line.hold(true, 20)
            line.hold(false, 48)
            for index in 0..<8 {
                let level = byte >> index & 1 == 1
                if index == place {
                    let before = Double.random(in: 3..<40, using: &random)
                    line.hold(level, before)
                    line.hold(!level, 3)
                    line.hold(level, 45 - before)
                } else {
                    line.hold(level, 48)
                }
            }
            line.hold(true, 48)
            let received = try receive(line, format)
            #expect(received == [ReceivedByte(byte: byte)])
        }
    }
}
