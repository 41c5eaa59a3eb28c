/// Long division by one bit at a time, from the dividend's highest set bit on.
///
/// By zero: all ones, and the dividend. Takes time proportional to the product of bits and words.
func divide(
    _ dividend: UnsafeMutablePointer<UInt64>, _ divisor: UnsafeMutablePointer<UInt64>, width: Int,
    quotient: UnsafeMutablePointer<UInt64>?, remainder: UnsafeMutablePointer<UInt64>?
) {
    let words = (width + 63) / 64
    guard (0..<words).contains(where: { divisor[$0] != 0 }) else {
        quotient?.update(repeating: .max, count: words)
        quotient?.cut(to: width)
        remainder?.update(from: dividend, count: words)
        return
    }
    // A word more, since the shifted remainder may exceed the width before it is reduced.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3 * (words + 1)) { scratch in
        scratch.initialize(repeating: 0)
        guard let rest = scratch.baseAddress else { return }
        let wide = rest + (words + 1)
        let result = wide + (words + 1)
        wide.update(from: divisor, count: words)
        var top = words - 1
        while top > 0, dividend[top] == 0 { top -= 1 }
        for index in stride(from: top * 64 + 63 - dividend[top].leadingZeroBitCount, through: 0, by: -1) {
            var carry = dividend[index >> 6] &>> UInt64(index & 63) & 1
            for word in 0...words {
                let next = rest[word] &>> 63
                rest[word] = rest[word] &<< 1 | carry
                carry = next
            }
            if compare(rest, wide, words + 1) >= 0 {
                rest.subtract(rest, wide, width: (words + 1) * 64)
                result[index >> 6] |= 1 &<< UInt64(index & 63)
            }
        }
        quotient?.update(from: result, count: words)
        remainder?.update(from: rest, count: words)
    }
}

/// Division of two's complement numbers towards zero, by that of their magnitudes.
///
/// By zero: all ones, and the dividend. The lowest number by -1: itself, and zero, as its magnitude is itself.
func divideSigned(
    _ dividend: UnsafeMutablePointer<UInt64>, _ divisor: UnsafeMutablePointer<UInt64>, width: Int,
    quotient: UnsafeMutablePointer<UInt64>?, remainder: UnsafeMutablePointer<UInt64>?
) {
    let words = (width + 63) / 64
    guard (0..<words).contains(where: { divisor[$0] != 0 }) else {
        return divide(dividend, divisor, width: width, quotient: quotient, remainder: remainder)
    }
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 3 * words) { scratch in
        scratch.initialize(repeating: 0)
        guard let zero = scratch.baseAddress else { return }
        let (left, right) = (zero + words, zero + 2 * words)
        let signs = (dividend.isNegative(width), divisor.isNegative(width))
        if signs.0 { left.subtract(zero, dividend, width: width) } else { left.update(from: dividend, count: words) }
        if signs.1 { right.subtract(zero, divisor, width: width) } else { right.update(from: divisor, count: words) }
        divide(left, right, width: width, quotient: quotient, remainder: remainder)
        if signs.0 != signs.1 { quotient?.subtract(zero, quotient ?? zero, width: width) }
        if signs.0 { remainder?.subtract(zero, remainder ?? zero, width: width) }
    }
}
