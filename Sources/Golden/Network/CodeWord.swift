/// A word of the activation memory: up to 64 codes, code 0 first; codes beyond the word's are zero.
public typealias CodeWord = SIMD64<UInt8>

extension RecordWriter {
    /// Codes of `bits` bits side by side, the first one in the lowest bits.
    public mutating func put(codes: some Collection<UInt8>, bits: Int) {
        var word: UInt64 = 0
        var filled = 0
        for code in codes {
            word |= UInt64(code) << UInt64(filled)
            filled += bits
            if filled >= 64 {
                put(word)
                filled -= 64
                word = filled == 0 ? 0 : UInt64(code) >> UInt64(bits - filled)
            }
        }
        if filled > 0 { put(word) }
    }

    /// The first `count` codes of a word.
    public mutating func put(_ word: CodeWord, count: Int, bits: Int) {
        put(codes: (0..<count).lazy.map { word[$0] }, bits: bits)
    }
}
