import HDL

/// The reflected Gray code: numbers that follow each other differ in one bit.
enum GrayCode {
    /// The code of a number.
    static func encode(_ number: Bits) -> Bits { number ^ (number >> 1) }

    /// The number of a code: bit i is the parity of the bits from i on.
    static func decode(_ code: Bits) -> Bits {
        concatenate((0..<code.width).reversed().map { code[$0..<code.width].parity })
    }
}
