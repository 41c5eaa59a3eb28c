/// Golden twin of Engine's `DualRowAnd`: popcounts of two rows' AND, sensed at once.
public struct DualRowAnd: Behaviour {
    public typealias Inputs = BankWriter.Inputs

    public private(set) var writer: BankWriter
    /// Senses of the reader that have begun, the youngest first, for as many cycles as one takes.
    private var begun: [Bool]

    public init(_ parameters: BankWriter.Parameters) {
        writer = BankWriter(parameters)
        begun = Array(repeating: false, count: parameters.phases.period + 1)
    }

    public func writeOutputs(for inputs: Inputs, to record: inout RecordWriter) {
        writer.writeOutputs(for: inputs, to: &record)
        record.put(begun[begun.count - 1])
        record.put(writer.bank.amplifiers.row.onesCount)
    }

    public mutating func clock(_ inputs: Inputs, reset: Bool) {
        let starts =
            inputs.start
            && writer.isReaderReady(address: inputs.address, second: inputs.dual ? inputs.secondAddress : nil)
        begun.removeLast()
        begun.insert(starts, at: 0)
        if reset { begun = begun.map { _ in false } }
        writer.clock(inputs, reset: reset)
    }
}
