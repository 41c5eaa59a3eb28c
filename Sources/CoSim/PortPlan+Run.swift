extension PortPlan {
    /// Whole cycles: drive, settle, compare every output, edge.
    ///
    /// - Parameter range: The cycles of the vectors to run; nil for all.
    /// - Returns: The first difference, before whose edge the model stands; nil when all cycles agree.
    /// - Throws: `ModelError`, `CoSimError.libraryMismatch`.
    public func run(_ vectors: PreparedVectors, cycles range: Range<Int>? = nil) throws -> Mismatch? {
        let library = model.library
        return try library.withRecords(of: vectors, range) { inputs, expected, range in
            let found = try run(
                inputs, library.inputs.packedWords, expected, library.outputs.packedWords, range.count)
            return found.map { Mismatch(cycle: range.lowerBound + $0.cycle, port: $0.port) }
        }
    }

    /// The same with slot records.
    public func run(inputs: [UInt64], expected: [UInt64], cycles: Int) throws -> Mismatch? {
        try run(model.library.prepare(inputs: inputs, expected: expected, cycles: cycles))
    }

    /// The loop itself: everything it uses is a local value, so nothing is retained or checked in a cycle.
    private func run(
        _ inputs: UnsafePointer<UInt64>, _ inputWords: Int, _ expected: UnsafePointer<UInt64>, _ outputWords: Int,
        _ cycles: Int
    ) throws(ModelError) -> Mismatch? {
        let drive = packedInputs
        let outputs = packedOutputs
        let handle = model.handle
        let settle = model.settleFunction
        let edge = model.edgeFunction
        var input = inputs
        var wanted = expected
        var cycle = 0
        while cycle < cycles {
            drive.load(from: input)
            if settle(handle) != 0 { throw model.failure() }
            if outputs.differs(from: wanted), let port = firstPackedDifference(wanted) {
                return Mismatch(cycle: cycle, port: port)
            }
            if edge(handle) != 0 { throw model.failure() }
            input += inputWords
            wanted += outputWords
            cycle &+= 1
        }
        return nil
    }
}
