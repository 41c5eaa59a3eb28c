import CoSim
import Golden

/// The checked cycles of a block: stimulus and the twin's answer, cycle by cycle, as packed records.
///
/// The reset is on for two cycles before cycle 0; what is seen then is not compared.
public struct VectorStream<Driver: StimulusDriver> {
    public private(set) var driver: Driver
    public private(set) var twin: Driver.Twin
    private var inputs: Driver.Twin.Inputs
    private let hasReset: Bool
    /// Words of an input record and of an output record.
    public let inputWords: Int
    public let outputWords: Int

    public init(driver: Driver, twin: Driver.Twin, source: ModelSource) {
        self.driver = driver
        self.twin = twin
        inputs = driver.idle
        hasReset = source.ports.contains { $0.name == "rst" }
        inputWords = RecordLayout(source.ports, .input).words
        outputWords = RecordLayout(source.ports, .output).words
    }

    /// The record that resets the block: reset on, everything else idle.
    public func resetRecord() -> [UInt64] {
        var record = [UInt64](repeating: 0, count: max(inputWords, 1))
        record.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { write(driver.idle, reset: true, to: start) }
        }
        return record
    }

    /// The inputs of the next cycle and the outputs that the twin gives in it; then the twin's clock edge.
    @inline(__always)
    public mutating func next(inputs record: UnsafeMutablePointer<UInt64>, expected: UnsafeMutablePointer<UInt64>) {
        let reset = driver.next(&inputs, twin: twin)
        write(inputs, reset: reset, to: record)
        var writer = RecordWriter(at: expected)
        twin.writeOutputs(for: inputs, to: &writer)
        twin.clock(inputs, reset: reset && hasReset)
    }

    @inline(__always)
    private func write(_ inputs: Driver.Twin.Inputs, reset: Bool, to record: UnsafeMutablePointer<UInt64>) {
        var writer = RecordWriter(at: record)
        if hasReset { writer.put(reset) }
        inputs.write(to: &writer)
    }

    /// The next cycles as two arrays of records, for replay and for measuring.
    public mutating func prepare(cycles: Int) -> (inputs: [UInt64], expected: [UInt64]) {
        var inputs = [UInt64](repeating: 0, count: max(1, cycles * inputWords))
        var expected = [UInt64](repeating: 0, count: max(1, cycles * outputWords))
        inputs.withUnsafeMutableBufferPointer { inputs in
            expected.withUnsafeMutableBufferPointer { expected in
                guard let input = inputs.baseAddress, let output = expected.baseAddress else { return }
                for cycle in 0..<cycles {
                    next(inputs: input + cycle * inputWords, expected: output + cycle * outputWords)
                }
            }
        }
        return (inputs, expected)
    }
}
