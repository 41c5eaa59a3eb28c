import HDL

/// What the two ends of a serial line agree on: one start bit, eight data bits, the lowest first, a parity bit or none,
/// one stop bit; and how long a bit lasts.
public struct SerialFormat: Hashable, Sendable {
    public enum Parity: Hashable, Sendable { case none, even, odd }

    /// Clock cycles from one sample of the line to the next, at least one: the clock's frequency by the baud rate and by
    /// `oversampling`.
    public var divisor: Int
    /// Samples of a bit, at least four.
    public var oversampling: Int
    public var parity: Parity

    public init(divisor: Int, oversampling: Int = 16, parity: Parity = .none) {
        self.divisor = divisor
        self.oversampling = oversampling
        self.parity = parity
    }

    /// Clock cycles of a bit.
    public var bitCycles: Int { divisor * oversampling }
    /// Bits of a frame, start and stop among them.
    public var frameBits: Int { parity == .none ? 10 : 11 }

    /// Part of a module's name.
    var name: String { "\(divisor)x\(oversampling)_\(parity == .none ? "no" : "\(parity)")_parity" }

    /// Reports a line that cannot be sampled so.
    func check<Ports>(in m: Builder<Ports>) {
        m.require(divisor >= 1, "a divisor of \(divisor) cycles a sample; at least 1")
        // A vote takes three samples about the middle of a bit, and one is lost where the bit begins.
        m.require(oversampling >= 4, "\(oversampling) samples a bit; at least 4")
    }
}
