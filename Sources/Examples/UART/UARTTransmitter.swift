import BitVectors
public import HDL

/// Sends bytes over a serial line.
///
/// Law: every bit of a frame lasts exactly `bitCycles` cycles, and the line is one between frames. A byte that waits when
/// a stop bit ends follows without a gap.
public struct UARTTransmitter: Module {
    public var format: SerialFormat

    public init(_ format: SerialFormat) { self.format = format }

    public var moduleName: String { "uart_transmitter_\(format.name)" }

    public struct Ports: SignalBundle {
        /// A byte to send, taken in a cycle in which `valid` and `ready` are one.
        public let data, valid: Input
        public let ready: Output
        public let line: Output
    }

    public func ports() -> Ports { Ports(data: Input(8), valid: Input(), ready: Output(), line: Output()) }

    public func build(_ m: Builder<Ports>) {
        format.check(in: m)

        // The frame of the byte that is offered; the lowest bit goes first.
        let start = m.constant(0, 1)
        let stop = m.constant(1, 1)
        let parity: [Bits] =
            switch format.parity {
            case .none: []
            case .even: [m.data.parity]
            case .odd: [~m.data.parity]
            }
        let frame = concatenate([stop] + parity + [m.data, start]).named("frame")

        // The frame that is being sent, ones behind it.
        let sending = m.register("sending", reset: .ones(frame.width))
        let bitsLeft = m.register("bits_left", addressWidth(frame.width + 1))
        let cyclesLeft = m.register("cycles_left", addressWidth(format.bitCycles))
        let isBitOver = (cyclesLeft == 0).named("is_bit_over")
        let isFree = ((bitsLeft == 0) | (bitsLeft == 1) & isBitOver).named("is_free")

        when(isFree & m.valid) {
            sending.next(frame)
            bitsLeft.next(frame.width)
            cyclesLeft.next(format.bitCycles - 1)
        }.elseWhen(!isBitOver) {
            cyclesLeft.next(cyclesLeft - 1)
        }.elseWhen(bitsLeft != 0) {
            sending.next(concatenate([stop, sending[1..<frame.width]]))
            bitsLeft.next(bitsLeft - 1)
            cyclesLeft.next(format.bitCycles - 1)
        }

        m.ready.drive(isFree)
        m.line.drive(sending[0])
    }
}
