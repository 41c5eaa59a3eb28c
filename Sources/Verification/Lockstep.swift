public import CoSim
public import Golden

/// An output of the model that is not what its golden twin says.
public struct OutputMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// Cycle after reset, from 0.
    public let cycle: Int
    public let port: String
    /// Hexadecimal digits of the whole port.
    public let expected: String
    public let actual: String

    public var description: String { "cycle \(cycle), port \(port): expected \(expected), found \(actual)" }
}

/// Something that takes a block's inputs cycle by cycle and keeps its golden twin beside it.
public protocol Stepper<Twin>: AnyObject {
    associatedtype Twin: Behaviour
    var twin: Twin { get }
    /// One cycle.
    func step(_ inputs: Twin.Inputs, reset: Bool) throws
}

/// A model and its golden twin in step: the same inputs drive both, every output of every cycle is compared.
public final class Lockstep<Twin: Behaviour>: Stepper {
    public let model: Model
    public private(set) var twin: Twin
    /// Cycles after reset.
    public private(set) var cycle = 0
    private let plan: PortPlan
    private let hasReset: Bool
    private let inputs: UnsafeMutablePointer<UInt64>
    private let expected: UnsafeMutablePointer<UInt64>

    /// Resets both for two cycles.
    public init(_ model: Model, twin: Twin, idle: Twin.Inputs) throws {
        self.model = model
        self.twin = twin
        plan = try PortPlan(model)
        hasReset = model.library.ports.contains { $0.name == "rst" }
        inputs = .allocate(capacity: max(1, model.library.inputs.words))
        expected = .allocate(capacity: max(1, model.library.outputs.words))
        inputs.initialize(repeating: 0, count: max(1, model.library.inputs.words))
        expected.initialize(repeating: 0, count: max(1, model.library.outputs.words))
        write(idle, reset: true)
        for _ in 0..<2 {
            plan.drive(inputs)
            try model.settle()
            try model.edge()
        }
    }

    deinit {
        inputs.deallocate()
        expected.deallocate()
    }

    /// One cycle of both.
    /// - Throws: `OutputMismatch` before the edge, with the model as it was found; `ModelError`.
    @inline(__always)
    public func step(_ values: Twin.Inputs, reset: Bool) throws {
        write(values, reset: reset)
        plan.drive(inputs)
        try model.settle()
        var writer = RecordWriter(at: expected)
        twin.writeOutputs(for: values, to: &writer)
        if let port = plan.compare(expected) { throw try mismatch(port) }
        try model.edge()
        twin.clock(values, reset: reset && hasReset)
        cycle &+= 1
    }

    /// An output of the RTL, of up to 64 bits, as it stands after the last edge.
    public func value(of output: String) throws -> UInt64 { try model.words(of: output).first ?? 0 }

    @inline(__always)
    private func write(_ values: Twin.Inputs, reset: Bool) {
        var writer = RecordWriter(at: inputs)
        if hasReset { writer.put(reset) }
        values.write(to: &writer)
    }

    private func mismatch(_ index: Int) throws -> OutputMismatch {
        let port = model.library.ports[index]
        let word = model.library.outputs[port.name]?.word ?? 0
        let wanted = (0..<port.recordWords).map { expected[word + $0] }
        return OutputMismatch(
            cycle: cycle, port: port.name, expected: hexadecimal(wanted, width: port.width),
            actual: hexadecimal(try model.words(of: port.name), width: port.width))
    }
}

/// The digits of a port's value, most significant first.
func hexadecimal(_ words: [UInt64], width: Int) -> String {
    let digits = (0..<(width + 3) / 4).reversed().map { index -> Character in
        let nibble = words[index / 16] >> UInt64(index % 16 * 4) & 15
        return Character(UnicodeScalar(UInt8(nibble < 10 ? 48 + nibble : 87 + nibble)))
    }
    return String(digits)
}
