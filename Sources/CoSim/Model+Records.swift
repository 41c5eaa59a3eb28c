import CCoSim

/// The first output that differs from its expected value.
public struct Mismatch: Hashable, Sendable {
    /// Index of the record, from 0.
    public var cycle: Int
    /// Index among all ports of the design.
    public var port: Int

    public init(cycle: Int, port: Int) {
        self.cycle = cycle
        self.port = port
    }
}

extension Model {
    /// Runs whole cycles from input records and returns the output records, sampled before each edge.
    ///
    /// - Parameters:
    ///   - inputs: `cycles` slot records of `library.inputs.words` words; nil holds the inputs.
    ///   - stop: Ends after the cycle in which a bit of the mask is one in the low word of this output.
    /// - Returns: The slot records of the outputs in the cycles done.
    /// - Throws: `ModelError`, `CoSimError.recordsTooShort`, `CoSimError.unknownPort`.
    public func run(inputs: [UInt64]?, cycles: Int, stop: (port: String, mask: UInt64)? = nil) throws -> [UInt64] {
        let cycles = max(0, cycles)
        if let inputs { try library.needs(inputs.count, cycles * library.inputs.words, "the input records") }
        let packed = inputs.map { library.inputs.pack($0, count: cycles) }
        let stopPort = try stop.map { UInt32(try library.index(of: $0.port)) } ?? UInt32.max
        let width = library.outputs.packedWords
        var done: UInt64 = 0
        var status: Int32 = 0
        let records = [UInt64](unsafeUninitializedCapacity: cycles * width) { buffer, count in
            buffer.initialize(repeating: 0)
            status = library.api.pointee.run(
                handle, packed, buffer.baseAddress, UInt64(cycles), stopPort, stop?.mask ?? 0, &done)
            count = Int(done) * width
        }
        if status != 0 { throw failure() }
        return library.outputs.unpack(records, count: Int(done))
    }

    /// The same check as `PortPlan.run`, as a loop inside the library: the yardstick, and vector replay.
    ///
    /// - Parameter range: The cycles of the vectors to run; nil for all.
    /// - Returns: The first difference, before whose edge the model stands; nil when all cycles agree.
    /// - Throws: `ModelError`, `CoSimError.libraryMismatch`.
    public func check(_ vectors: PreparedVectors, cycles range: Range<Int>? = nil) throws -> Mismatch? {
        try library.withRecords(of: vectors, range) { inputs, expected, range in
            var badCycle: UInt64 = 0
            var badPort: UInt32 = 0
            _ = library.api.pointee.check(handle, inputs, expected, UInt64(range.count), &badCycle, &badPort)
            if badCycle != UInt64.max { return Mismatch(cycle: range.lowerBound + Int(badCycle), port: Int(badPort)) }
            if !isAlive { throw failure() }
            return nil
        }
    }

    /// The check of slot records.
    public func check(inputs: [UInt64], expected: [UInt64], cycles: Int) throws -> Mismatch? {
        try check(library.prepare(inputs: inputs, expected: expected, cycles: cycles))
    }
}
