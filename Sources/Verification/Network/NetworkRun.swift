import CoSim
public import Engine
public import Golden
import HDL
public import Network
import Verilog

/// A way to run images on RTL and golden twin together.
public protocol ImageRun {
    init(
        _ network: QuantizedNetwork, on engine: Engine.NetworkEngine, skipsRows: Bool, skipsZeros: Bool, seed: UInt64,
        upsetRate: Double) throws
    mutating func run(_ codes: [UInt8]) throws -> NetworkRun.Image
}

/// Images of a network through emitted RTL and golden twin together, every output compared in every cycle.
public struct NetworkRun: ImageRun {
    /// One image's result.
    public struct Image: Sendable {
        /// Numbers of the output tensor: sums, or codes.
        public let result: [Int32]
        public let cycles: Int
        public let senses: Int
        /// Sensed bits that read wrong.
        public let upsets: Int
    }

    public let network: QuantizedNetwork
    public let mapping: NetworkMapping
    private let lockstep: Lockstep<Golden.NetworkEngine>
    private var driver: ImageDriver

    /// Builds, or finds, the engine's library and loads the network.
    ///
    /// - Parameters:
    ///   - skipsRows: rows without a set cell are neither stored nor sensed.
    ///   - skipsZeros: steps of a row in which all activations are zero are left out.
    ///   - upsetRate: probability of a sensed bit to read wrong.
    ///
    /// Throws `MappingError`, `ParameterError`, and what building a library throws.
    public init(
        _ network: QuantizedNetwork, on engine: Engine.NetworkEngine, skipsRows: Bool = true,
        skipsZeros: Bool = false, seed: UInt64, upsetRate: Double = 0
    ) throws {
        let parameters = Golden.NetworkEngine.Parameters(engine)
        let mapping = try NetworkMapping(
            network, parameters, skipsRows: skipsRows, skipsZeros: skipsZeros)
        self.network = network
        self.mapping = mapping
        let design = try CheckedDesign(NetworkEnginePair.self, engine)
        let library = try ModelLibrary(source: design.source, options: BuildOptions())
        driver = ImageDriver(run: try NetworkDriver(network, mapping, seed: seed, upsetRate: upsetRate), parameters)
        lockstep = try Lockstep(
            Model(library, seed: seed), twin: Golden.NetworkEngine(parameters),
            idle: Golden.NetworkEngine.Inputs(parameters))
    }

    /// Sensed bits that read wrong so far.
    public var upsets: Int { driver.upsets }
    /// Whether a sum was beyond the accumulator so far.
    public var isSaturated: Bool { lockstep.twin.isSaturated }

    /// Runs one image of codes in the order of the network's input.
    ///
    /// Throws `OutputMismatch` where model and twin differ, and `ModelError`.
    public mutating func run(_ codes: [UInt8]) throws -> Image {
        let (cycles, senses, upsets) = (lockstep.twin.cycles, lockstep.twin.senses, driver.upsets)
        driver.run.present(codes)
        try lockstep.run(&driver)
        return Image(
            result: driver.run.result, cycles: Int(lockstep.twin.cycles &- cycles),
            senses: Int(lockstep.twin.senses &- senses), upsets: driver.upsets - upsets)
    }
}

/// Stops when the image has ended.
private struct ImageDriver: StimulusDriver {
    var run: NetworkDriver
    let parameters: Golden.NetworkEngine.Parameters

    init(run: NetworkDriver, _ parameters: Golden.NetworkEngine.Parameters) {
        self.run = run
        self.parameters = parameters
    }

    var upsets: Int { run.upsets }
    var idle: Golden.NetworkEngine.Inputs { Golden.NetworkEngine.Inputs(parameters) }

    mutating func next(
        _ inputs: inout Golden.NetworkEngine.Inputs, twin: Golden.NetworkEngine
    ) -> StimulusStep {
        if run.isIdle { return .finish }
        run.next(&inputs, twin: twin, noise: { .none })
        return .run
    }
}
