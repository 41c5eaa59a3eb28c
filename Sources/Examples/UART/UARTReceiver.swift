import BitVectors
public import HDL

/// Receives bytes from a serial line whose sender has a clock of its own.
///
/// The line is sampled `oversampling` times a bit, and a bit is the majority of three samples about its middle, counted
/// from the falling edge of the start bit. Law: a frame arrives whole if the sender's bits are at most 2 % longer or
/// shorter, and a low pulse of less than half a bit on an idle line is no start bit.
public struct UARTReceiver: Module {
    public var format: SerialFormat

    public init(_ format: SerialFormat) { self.format = format }

    public var moduleName: String { "uart_receiver_\(format.name)" }

    public struct Ports: SignalBundle {
        public let line: Input
        /// One for the one cycle in which a byte and its errors are shown.
        public let valid: Output
        public let data: Output
        /// The stop bit was zero.
        public let framingError: Output
        /// Absent without a parity bit.
        public let parityError: Output?
    }

    public func ports() -> Ports {
        Ports(
            line: Input(1, .asynchronous), valid: Output(), data: Output(8), framingError: Output(),
            parityError: format.parity == .none ? nil : Output())
    }

    enum State: HardwareEnum { case idle, start, data, parity, stop }

    public func build(_ m: Builder<Ports>) {
        format.check(in: m)

        // Two flip-flops bring the line into the clock's time.
        let arriving = m.crossingRegister("arriving", reset: 1)
        let line = m.register("synchronized", reset: 1)
        arriving.next(m.line)
        line.next(arriving)

        // The last three samples, the newest one lowest.
        let cyclesLeft = m.register("cycles_left", addressWidth(format.divisor))
        let isSampling = (cyclesLeft == 0).named("is_sampling")
        let samples = m.register("samples", reset: .ones(3))
        cyclesLeft.next(mux(isSampling, format.divisor - 1, cyclesLeft - 1))
        when(isSampling) { samples.next(concatenate([samples[0..<2], line])) }
        let isFalling = (samples[1] & ~samples[0]).named("is_falling")
        let bit = popcount(samples)[1].named("bit")

        // The frame, one step a bit, in its middle.
        let samplesLeft = m.register("samples_left", addressWidth(format.oversampling))
        let bitIndex = m.register("bit_index", 3)
        let data = m.register("data", 8)
        let valid = m.register("valid")
        let framingError = m.register("framing_error")
        let parityError = m.parityError.map { _ in m.register("parity_error") }

        valid.next(0)
        when(isSampling & (samplesLeft != 0)) { samplesLeft.next(samplesLeft - 1) }
        when(isSampling & (samplesLeft == 0)) {
            samplesLeft.next(format.oversampling - 1)
            m.stateMachine("state", reset: State.idle) { state, on in
                on.case(.idle) {
                    samplesLeft.next(0)
                    when(isFalling) {
                        samplesLeft.next((format.oversampling + 1) / 2)
                        state.next(.start)
                    }
                }
                on.case(.start) {
                    state.next(.data)
                    when(bit) {
                        // It was a glitch.
                        samplesLeft.next(0)
                        state.next(.idle)
                    }
                }
                on.case(.data) {
                    data.next(concatenate([bit, data[1..<8]]))
                    bitIndex.next(bitIndex + 1)
                    when(bitIndex == 7) { state.next(format.parity == .none ? .stop : .parity) }
                }
                on.case(.parity) {
                    parityError?.next(data.parity ^ bit ^ (format.parity == .odd ? 1 : 0))
                    state.next(.stop)
                }
                on.case(.stop) {
                    valid.next(1)
                    framingError.next(~bit)
                    samplesLeft.next(0)
                    state.next(.idle)
                }
            }
        }

        m.valid.drive(valid)
        m.data.drive(data)
        m.framingError.drive(framingError)
        if let parityError { m.parityError?.drive(parityError) }
    }
}
