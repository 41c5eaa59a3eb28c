import CoSim
public import Engine
public import Golden
import HDL
public import Network
import Verilog

/// Images of a network through an accelerator's buses, emitted RTL and golden twin together, every output compared in every
/// cycle: what `NetworkRun` does by the engine's own ports.
public struct HostRun: ImageRun {
    public let network: QuantizedNetwork
    public let mapping: NetworkMapping
    private let lockstep: Lockstep<Golden.Accelerator>
    private var driver: ImageDriver

    /// Builds, or finds, the accelerator's library and loads the network by packets.
    ///
    /// The parameters are those of `NetworkRun`. Throws `MappingError`, `ParameterError`, and what building a library throws.
    public init(
        _ network: QuantizedNetwork, on engine: Engine.NetworkEngine, skipsRows: Bool = true,
        skipsZeros: Bool = false, seed: UInt64, upsetRate: Double = 0
    ) throws {
        let parameters = Golden.NetworkEngine.Parameters(engine)
        let mapping = try NetworkMapping(network, parameters, skipsRows: skipsRows, skipsZeros: skipsZeros)
        self.network = network
        self.mapping = mapping
        let design = try CheckedDesign(AcceleratorPair.self, Engine.Accelerator(engine))
        let library = try ModelLibrary(source: design.source, options: BuildOptions())
        let host = try HostDriver(network, mapping, seed: seed, upsetRate: upsetRate)
        driver = ImageDriver(host: host, parameters: parameters)
        lockstep = try Lockstep(
            Model(library, seed: seed), twin: Golden.Accelerator(parameters),
            idle: Golden.Accelerator.Inputs(parameters))
    }

    /// Sensed bits that read wrong so far.
    public var upsets: Int { driver.upsets }
    /// Whether a sum was beyond the accumulator so far.
    public var isSaturated: Bool { lockstep.twin.engine.isSaturated }
    /// A performance counter.
    public func count(_ counter: Golden.Accelerator.Counter) -> Int { Int(lockstep.twin.count(counter)) }

    /// Runs one image of codes in the order of the network's input.
    ///
    /// Throws `OutputMismatch` where model and twin differ, and `ModelError`.
    public mutating func run(_ codes: [UInt8]) throws -> NetworkRun.Image {
        let cycles = lockstep.twin.engine.cycles
        let (senses, upsets) = (lockstep.twin.engine.senses, driver.upsets)
        driver.host.present(codes)
        try lockstep.run(&driver)
        return NetworkRun.Image(
            result: driver.host.result, cycles: Int(lockstep.twin.engine.cycles &- cycles),
            senses: Int(lockstep.twin.engine.senses &- senses), upsets: driver.upsets - upsets)
    }
}

/// Stops when the image has ended.
private struct ImageDriver: StimulusDriver {
    var host: HostDriver
    let parameters: Golden.NetworkEngine.Parameters

    var upsets: Int { host.upsets }
    var idle: Golden.Accelerator.Inputs { Golden.Accelerator.Inputs(parameters) }

    mutating func next(
        _ inputs: inout Golden.Accelerator.Inputs, twin: Golden.Accelerator
    ) -> StimulusStep {
        if host.isIdle { return .finish }
        host.next(&inputs, twin: twin, noise: { .none })
        return .run
    }
}
