public import HDL

/// A transmitter and a receiver of one format, for the two lines of a serial port.
public struct UART: Module {
    public var format: SerialFormat

    public init(_ format: SerialFormat) { self.format = format }

    public var moduleName: String { "uart_\(format.name)" }

    public struct Ports: SignalBundle {
        public let transmit: UARTTransmitter.Ports
        public let receive: UARTReceiver.Ports
    }

    public func ports() -> Ports {
        Ports(transmit: UARTTransmitter(format).ports(), receive: UARTReceiver(format).ports())
    }

    public func build(_ m: Builder<Ports>) {
        let transmitter = m.instance("transmitter", UARTTransmitter(format))
        transmitter.data.drive(m.transmit.data)
        transmitter.valid.drive(m.transmit.valid)
        m.transmit.ready.drive(transmitter.ready)
        m.transmit.line.drive(transmitter.line)

        let receiver = m.instance("receiver", UARTReceiver(format))
        receiver.line.drive(m.receive.line)
        m.receive.valid.drive(receiver.valid)
        m.receive.data.drive(receiver.data)
        m.receive.framingError.drive(receiver.framingError)
        if let error = receiver.parityError { m.receive.parityError?.drive(error) }
    }
}
