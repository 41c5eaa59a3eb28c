/// Vectors made ready for the loops that replay them: packed inputs and expected outputs of a library's cycles.
public struct PreparedVectors: Sendable {
    public let cycles: Int
    let inputs: [UInt64]
    let expected: [UInt64]
    /// Key of the library for whose ports they are packed.
    let key: String
}

extension ModelLibrary {
    /// Packs slot records.
    ///
    /// - Parameters:
    ///   - inputs: `cycles` records of `inputs.words` words.
    ///   - expected: `cycles` records of `outputs.words` words.
    /// - Throws: `CoSimError.recordsTooShort`.
    public func prepare(
        inputs records: [UInt64], expected: [UInt64], cycles: Int
    ) throws(CoSimError) -> PreparedVectors {
        let cycles = max(0, cycles)
        try needs(records.count, cycles * inputs.words, "the input records")
        try needs(expected.count, cycles * outputs.words, "the expected records")
        return PreparedVectors(
            cycles: cycles, inputs: inputs.pack(records, count: cycles),
            expected: outputs.pack(expected, count: cycles), key: key)
    }

    func needs(_ words: Int, _ needed: Int, _ what: String) throws(CoSimError) {
        if words < needed { throw .recordsTooShort(what: what, words: words, needed: needed) }
    }

    /// Calls `body` with the input and the expected record of the first cycle of a range; nil is all cycles.
    ///
    /// - Throws: `CoSimError.libraryMismatch` when another library packed the vectors.
    func withRecords<Result>(
        of vectors: PreparedVectors, _ range: Range<Int>?,
        _ body: (UnsafePointer<UInt64>, UnsafePointer<UInt64>, Range<Int>) throws -> Result
    ) throws -> Result {
        if vectors.key != key { throw CoSimError.libraryMismatch(expected: vectors.key, found: key) }
        let all = 0..<vectors.cycles
        let range = range?.clamped(to: all) ?? all
        return try vectors.inputs.withUnsafeBufferPointer { input in
            try vectors.expected.withUnsafeBufferPointer { output in
                // Never read: a design without ports of a direction has records of no words.
                let empty = UnsafePointer<UInt64>(bitPattern: 8).unsafelyUnwrapped
                return try body(
                    (input.baseAddress ?? empty) + range.lowerBound * inputs.packedWords,
                    (output.baseAddress ?? empty) + range.lowerBound * outputs.packedWords, range)
            }
        }
    }
}
