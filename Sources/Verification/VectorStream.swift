import CoSim
import Golden

/// The checked cycles of a block as packed records: what drives it in each cycle and what its golden twin answers.
///
/// The reset is on for two cycles before cycle 0; what is seen then is not compared.
public struct VectorStream<Driver: StimulusDriver> {
    public private(set) var driver: Driver
    private var twin: Driver.Twin
    private var inputs: Driver.Twin.Inputs
    private let hasReset: Bool
    private let inputWords: Int
    private let outputWords: Int

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
            guard let start = buffer.baseAddress else { return }
            var writer = RecordWriter(at: start)
            if hasReset { writer.put(true) }
            driver.idle.write(to: &writer)
        }
        return record
    }

    /// The next cycles as two arrays of records: until the driver finishes, `cycles` at most.
    public mutating func prepare(cycles: Int = .max) -> (inputs: [UInt64], expected: [UInt64], cycles: Int) {
        var records: [UInt64] = []
        var expected: [UInt64] = []
        var twin = self.twin
        var inputs = self.inputs
        var done = 0
        while done < cycles {
            let step = driver.next(&inputs, twin: twin)
            if step == .finish { break }
            append(&records, words: inputWords) { writer in
                if hasReset { writer.put(step == .reset) }
                inputs.write(to: &writer)
            }
            append(&expected, words: outputWords) { twin.writeOutputs(for: inputs, to: &$0) }
            twin.clock(inputs, reset: step == .reset && hasReset)
            done += 1
        }
        self.twin = twin
        self.inputs = inputs
        return (records, expected, done)
    }

    @inline(__always)
    private func append(_ records: inout [UInt64], words: Int, _ write: (inout RecordWriter) -> Void) {
        let start = records.count
        records.append(contentsOf: repeatElement(0, count: words))
        records.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            var writer = RecordWriter(at: base + start)
            write(&writer)
        }
    }
}
