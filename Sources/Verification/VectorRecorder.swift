import CoSim
public import Golden

/// A golden twin by itself, whose inputs and outputs are kept as vectors.
public final class VectorRecorder<Twin: Behaviour>: Stepper {
    public private(set) var twin: Twin
    /// Records of every cycle, one after the other.
    public private(set) var inputs: [UInt64] = []
    public private(set) var expected: [UInt64] = []
    public private(set) var cycles = 0
    private let inputLayout: RecordLayout
    private let outputLayout: RecordLayout
    private let hasReset: Bool

    init(_ twin: Twin, source: ModelSource) {
        self.twin = twin
        inputLayout = RecordLayout(source.ports, .input)
        outputLayout = RecordLayout(source.ports, .output)
        hasReset = source.ports.contains { $0.name == "rst" }
    }

    public func step(_ values: Twin.Inputs, reset: Bool) throws {
        append(&inputs, words: inputLayout.words) { writer in
            if hasReset { writer.put(reset) }
            values.write(to: &writer)
        }
        append(&expected, words: outputLayout.words) { twin.writeOutputs(for: values, to: &$0) }
        twin.clock(values, reset: reset && hasReset)
        cycles += 1
    }

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
