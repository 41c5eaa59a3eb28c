public import HDL

/// A channel with a handshake, seen from the end that sends: an item goes over in each cycle in which both `valid`
/// and `ready` are one.
///
/// Law: once `valid` is one it stays so, with the same item, until the item is taken. `valid` never waits for
/// `ready`; `ready` may wait for `valid`. `assertStable` and `assumeStable` say it to simulations and proofs.
public protocol StreamBundle: SignalBundle {
    /// An item is offered.
    var valid: Output { get }
    /// The other end takes the item that is offered in this cycle.
    var ready: Input { get }
    /// All signals that belong to the item, side by side.
    static func item(of stream: BundleView<Self>) -> Bits
}

/// A stream of words.
public struct Stream: StreamBundle {
    public let valid: Output
    public let payload: Output
    public let ready: Input

    /// - Parameter clock: the clock domain in which the signals change; the module's own unless said otherwise.
    public init(_ width: Int, _ clock: PortClock = .own) {
        valid = Output(1, clock)
        payload = Output(width, clock)
        ready = Input(1, clock)
    }

    public static func item(of stream: BundleView<Stream>) -> Bits { stream.payload }
}

/// A stream of items with named fields.
public struct BundleStream<Payload: SignalBundle>: StreamBundle {
    public let valid: Output
    public let payload: Payload
    public let ready: Input

    public init(_ payload: Payload) {
        valid = Output()
        self.payload = payload
        ready = Input()
    }

    public static func item(of stream: BundleView<BundleStream>) -> Bits { stream.payload.asBits }
}

/// A stream of words in packets; a word may consist of several lanes, of which the last word of a packet may use
/// only the lowest.
public struct PacketStream: StreamBundle {
    public let valid: Output
    public let payload: Output
    /// One bit a lane: the lane is used. Used lanes are the lowest, at least one; all of them before the last word.
    public let keep: Output?
    /// The word is the last one of its packet.
    public let last: Output
    public let ready: Input

    /// - Parameter lanes: parts of a word that may be used or not; with one there is no `keep`.
    public init(_ width: Int, lanes: Int = 1) {
        valid = Output()
        payload = Output(width)
        keep = lanes > 1 ? Output(lanes) : nil
        last = Output()
        ready = Input()
    }

    public static func item(of stream: BundleView<PacketStream>) -> Bits {
        concatenate([stream.last] + [stream.keep, stream.payload].compactMap(\.self))
    }
}

extension BundleView where Ports: StreamBundle {
    /// Whether an item goes over in this cycle.
    public var fire: Bits { self.valid & self.ready }

    /// All signals that belong to the item, side by side.
    public var item: Bits { Ports.item(of: self) }
}
