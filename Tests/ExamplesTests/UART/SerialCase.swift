import Examples
import Testing

/// A format with a seed for the bytes that are sent in it.
struct SerialCase: CustomTestStringConvertible {
    let format: SerialFormat
    let seed: UInt64

    var testDescription: String {
        "\(format.divisor) cycles a sample, \(format.oversampling) samples a bit, \(format.parity) parity, seed \(seed)"
    }
    /// The parity as a switch in the model of the line; nil for none.
    var oddParity: Bool? { format.parity == .none ? nil : format.parity == .odd }

    static let all: [SerialCase] = {
        let formats: [(divisor: Int, oversampling: Int, parity: SerialFormat.Parity)] = [
            (1, 16, .none), (3, 16, .even), (2, 8, .odd), (5, 8, .none), (1, 13, .odd), (7, 16, .none),
        ]
        return formats.enumerated().map { index, one in
            let format = SerialFormat(divisor: one.divisor, oversampling: one.oversampling, parity: one.parity)
            return SerialCase(format: format, seed: UInt64(index) + 1)
        }
    }()
}
