/// What the two ends of a serial line agree on: one start bit, eight data bits, the lowest first, a parity bit or none,
/// one stop bit; and how long a bit lasts.
public struct SerialFormat: Hashable, Sendable {
    public enum Parity: Hashable, Sendable { case none, even, odd }

    /// Clock cycles from one sample of the line to the next.
    public let divisor: Int
    /// Samples of a bit.
    public let oversampling: Int
    public let parity: Parity

    /// Clock cycles of a bit.
    public var bitCycles: Int { divisor * oversampling }
    /// Bits of a frame, start and stop among them.
    public var frameBits: Int { parity == .none ? 10 : 11 }

    /// - Parameter divisor: the clock's frequency by the baud rate and by `oversampling`.
    /// - Throws: `SerialFormatError` when the line cannot be sampled so.
    public init(divisor: Int, oversampling: Int = 16, parity: Parity = .none) throws(SerialFormatError) {
        if divisor < 1 { throw .divisor(divisor) }
        if oversampling < 4 { throw .oversampling(oversampling) }
        self.divisor = divisor
        self.oversampling = oversampling
        self.parity = parity
    }

    /// Part of a module's name.
    var name: String { "\(divisor)x\(oversampling)_\(parity == .none ? "no" : "\(parity)")_parity" }
}

/// Why a serial line cannot be sampled.
public enum SerialFormatError: Error, Equatable, CustomStringConvertible {
    case divisor(Int)
    case oversampling(Int)

    public var description: String {
        switch self {
        case .divisor(let found): "a divisor of \(found) cycles a sample; at least 1"
        // A vote takes three samples about the middle of a bit, and one is lost where the bit begins.
        case .oversampling(let found): "\(found) samples a bit; at least 4"
        }
    }
}
