/// Which numbers the bits of a weight mean.
public enum WeightEncoding: String, Equatable, Sendable, CaseIterable {
    /// A sign and a magnitude of 2 to 8 bits together: −(2^(bits − 1) − 1) to 2^(bits − 1) − 1, zero is code zero.
    case signMagnitude = "sign-magnitude"
    /// One bit: −1 or 1.
    case plusMinusOne = "plus-minus-one"
    /// One bit: 0 or 1.
    case zeroOne = "zero-one"

    /// The bits that a weight may have.
    public var bits: ClosedRange<Int> { self == .signMagnitude ? 2...8 : 1...1 }

    /// Whether a weight of so many bits can have a value.
    func contains(_ weight: Int, bits: Int) -> Bool {
        switch self {
        case .signMagnitude: abs(weight) < 1 << (bits - 1)
        case .plusMinusOne: abs(weight) == 1
        case .zeroOne: weight == 0 || weight == 1
        }
    }

    /// The values of weights of so many bits, in words.
    func allowed(bits: Int) -> String {
        switch self {
        case .signMagnitude: "-\(1 << (bits - 1) - 1) to \(1 << (bits - 1) - 1)"
        case .plusMinusOne: "-1 or 1"
        case .zeroOne: "0 or 1"
        }
    }
}
