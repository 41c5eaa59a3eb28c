extension PortPlan {
    /// Whole cycles: drive, settle, compare every output, edge.
    ///
    /// - Parameters:
    ///   - inputs: `cycles` records of `library.inputs.words` words.
    ///   - expected: `cycles` records of `library.outputs.words` words.
    /// - Returns: The first difference, before whose edge the model stands; nil when all cycles agree.
    /// - Throws: `ModelError`, `CoSimError.recordsTooShort`.
    public func run(inputs: [UInt64], expected: [UInt64], cycles: Int) throws -> Mismatch? {
        let library = model.library
        let cycles = max(0, cycles)
        try model.needs(inputs.count, cycles * library.inputs.words, "the input records")
        try model.needs(expected.count, cycles * library.outputs.words, "the expected records")
        return try inputs.withUnsafeBufferPointer { inputs in
            try expected.withUnsafeBufferPointer { expected in
                try run(
                    inputs.baseAddress ?? Self.empty, library.inputs.words, expected.baseAddress ?? Self.empty,
                    library.outputs.words, cycles)
            }
        }
    }

    /// The loop itself: everything it uses is a local value, so nothing is retained or checked in a cycle.
    private func run(
        _ inputs: UnsafePointer<UInt64>, _ inputWords: Int, _ expected: UnsafePointer<UInt64>, _ outputWords: Int,
        _ cycles: Int
    ) throws(ModelError) -> Mismatch? {
        let drive = self.inputs
        let outputs = self.outputs
        let handle = model.handle
        let settle = model.settleFunction
        let edge = model.edgeFunction
        var input = inputs
        var wanted = expected
        var cycle = 0
        while cycle < cycles {
            drive.load(from: input)
            if settle(handle) != 0 { throw model.failure() }
            if outputs.differs(from: wanted), let port = firstDifference(wanted) {
                return Mismatch(cycle: cycle, port: port)
            }
            if edge(handle) != 0 { throw model.failure() }
            input += inputWords
            wanted += outputWords
            cycle &+= 1
        }
        return nil
    }

    /// Never read: a design without ports of a direction has records of no words.
    private static var empty: UnsafePointer<UInt64> { UnsafePointer(bitPattern: 8).unsafelyUnwrapped }
}
