public import Engine
public import Golden
public import Verilog

/// A hardware block beside its golden twin, with the stimulus that checks one against the other.
public protocol BlockPair: SendableMetatype {
    associatedtype Hardware: ConfigurableModule
    associatedtype Twin: Behaviour
    associatedtype Driver: StimulusDriver where Driver.Twin == Twin

    /// The design's name on the command line.
    static var name: String { get }
    static var summary: String { get }
    /// Whether its stimulus has junctions that read wrong at a given rate.
    static var takesUpsetRate: Bool { get }

    /// The twin of a block with these parameters, after reset.
    static func twin(of hardware: Hardware) -> Twin
    /// Random constrained stimulus for it; `upsetRate` is the probability of a sensed bit to read wrong.
    static func driver(of hardware: Hardware, seed: UInt64, upsetRate: Double) throws -> Driver

    /// Files for the people who use the design, beside its Verilog.
    static func documents(of hardware: Hardware) throws -> [Emission.File]

    /// Runs model and twin in step. A requirement, as is `prepare`, so that every pair has a loop made for its own types.
    static func run(_ lockstep: Lockstep<Twin>, _ driver: inout Driver, cycles: Int) throws
    /// The next cycles of a stream as records.
    static func prepare(
        _ stream: inout VectorStream<Driver>, cycles: Int
    ) -> (inputs: [UInt64], expected: [UInt64], cycles: Int)
}

extension BlockPair {
    public static func run(_ lockstep: Lockstep<Twin>, _ driver: inout Driver, cycles: Int) throws {
        try lockstep.run(&driver, cycles: cycles)
    }

    public static func prepare(
        _ stream: inout VectorStream<Driver>, cycles: Int
    ) -> (inputs: [UInt64], expected: [UInt64], cycles: Int) {
        stream.prepare(cycles: cycles)
    }

    public static var takesUpsetRate: Bool { false }

    public static func documents(of hardware: Hardware) throws -> [Emission.File] { [] }
}

/// Makes the inputs of each cycle; it may look at the twin, as a test bench looks at `ready`.
public protocol StimulusDriver {
    associatedtype Twin: Behaviour
    /// Inputs before the first cycle.
    var idle: Twin.Inputs { get }
    /// Sets the inputs of the next cycle.
    mutating func next(_ inputs: inout Twin.Inputs, twin: Twin) -> StimulusStep
    /// Bits that read wrong so far.
    var upsets: Int { get }
}

/// What a driver wants of the next cycle.
public enum StimulusStep: Sendable, Equatable {
    case run
    /// With the reset on.
    case reset
    /// The last cycle with power. It is off for so many cycles, in which a design made with `losingPower` loses what it
    /// holds, then a reset follows; neither is compared.
    case losePower(cycles: Int)
    /// No cycle: the stimulus is over.
    case finish

    static func reset(if condition: Bool) -> StimulusStep { condition ? .reset : .run }
}

extension StimulusDriver {
    public var upsets: Int { 0 }
}

/// Every design that can be emitted and co-simulated.
public enum Catalog {
    public static let designs: [any BlockPair.Type] = [
        AcceleratorPair.self, PacketReceiverPair.self, ResultStreamerPair.self,
        NetworkEnginePair.self, WindowGathererPair.self, WindowBufferPair.self,
        RowListControllerPair.self,
        RowSchedulerPair.self, PixelAccumulatePair.self, PoolingWalkerPair.self, AdditionWalkerPair.self,
        DotProductEnginePair.self, SparseSkipControllerPair.self, DenseSequencerPair.self, BankSchedulerPair.self,
        ActivationBufferPair.self, BankPair.self, SubArrayPair.self, SenseAmplifierPair.self,
        AndAccumulatePair.self, RoundingDividerPair.self, PoolingUnitPair.self, FixedPointScalePair.self,
        RequantizerPair.self, ResidualAdderPair.self, WriteControllerPair.self, BankWriterPair.self,
        DualRowAndPair.self,
    ]

    public static func design(named name: String) -> (any BlockPair.Type)? { designs.first { $0.name == name } }
}
