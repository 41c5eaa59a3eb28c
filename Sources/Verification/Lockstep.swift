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

/// A model and its golden twin in step: the same inputs drive both, every output of every cycle is compared.
public final class Lockstep<Twin: Behaviour> {
    public let model: Model
    public private(set) var twin: Twin
    /// Cycles after reset.
    public private(set) var cycle = 0
    private var inputs: Twin.Inputs
    private let plan: PortPlan
    private let hasReset: Bool
    /// Whether its power can be taken away.
    private let hasPower: Bool
    /// What registers hold after a loss of power.
    private var noise = StimulusRandom(seed: 0x0FF)
    private let record: UnsafeMutablePointer<UInt64>
    private let expected: UnsafeMutablePointer<UInt64>

    /// Resets both for two cycles, with the other inputs idle.
    public init(_ model: Model, twin: Twin, idle: Twin.Inputs) throws {
        self.model = model
        self.twin = twin
        inputs = idle
        plan = try PortPlan(model)
        hasReset = model.library.ports.contains { $0.name == "rst" }
        hasPower = model.library.ports.contains { $0.name == "power_off_noise" }
        record = .allocate(capacity: max(1, model.library.inputs.words))
        expected = .allocate(capacity: max(1, model.library.outputs.words))
        record.initialize(repeating: 0, count: max(1, model.library.inputs.words))
        expected.initialize(repeating: 0, count: max(1, model.library.outputs.words))
        write(idle, reset: true)
        for _ in 0..<2 {
            plan.drive(record)
            try model.settle()
            try model.edge()
        }
    }

    deinit {
        record.deallocate()
        expected.deallocate()
    }

    /// Runs until the driver finishes, `cycles` at most.
    /// - Throws: `OutputMismatch` before the edge of its cycle, with the model as it was found; `ModelError`.
    public func run<Driver: StimulusDriver>(_ driver: inout Driver, cycles: Int = .max) throws
    where Driver.Twin == Twin {
        // Local while it runs: a twin that is reached through the class would be copied in every cycle.
        var twin = self.twin
        var inputs = self.inputs
        defer {
            self.twin = twin
            self.inputs = inputs
        }
        for _ in 0..<cycles {
            let step = driver.next(&inputs, twin: twin)
            if step == .finish { return }
            write(inputs, reset: step == .reset)
            plan.drive(record)
            try model.settle()
            var writer = RecordWriter(at: expected)
            twin.writeOutputs(for: inputs, to: &writer)
            if let port = plan.compare(expected) { throw try mismatch(port) }
            try model.edge()
            twin.clock(inputs, reset: step == .reset && hasReset)
            cycle &+= 1
            if case .losePower(let cycles) = step { try losePower(cycles, &twin, inputs) }
        }
    }

    /// Takes the power away, and resets both when it is back: none of this is compared.
    private func losePower(_ cycles: Int, _ twin: inout Twin, _ inputs: Twin.Inputs) throws {
        twin.losePower()
        for cycle in 0..<cycles + 2 {
            let isOff = cycle < cycles
            write(inputs, reset: !isOff, powerOff: isOff)
            plan.drive(record)
            try model.settle()
            try model.edge()
            if !isOff { twin.clock(inputs, reset: true) }
        }
    }

    @inline(__always)
    private func write(_ values: Twin.Inputs, reset: Bool) {
        var writer = RecordWriter(at: record)
        if hasReset { writer.put(reset) }
        values.write(to: &writer)
        if hasPower {
            writer.put(false)
            writer.put(0)
        }
    }

    private func write(_ values: Twin.Inputs, reset: Bool, powerOff: Bool) {
        var writer = RecordWriter(at: record)
        if hasReset { writer.put(reset) }
        values.write(to: &writer)
        guard hasPower else { return }
        writer.put(powerOff)
        writer.put(noise.bits(64))
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
