import Tools
public import CoSim
import Engine
public import HDL
public import Verilog

/// How a design is to be checked against its golden twin.
public struct CoSimulationSettings: Sendable {
    public enum Waves: String, Sendable, CaseIterable {
        case never
        case onFailure = "on-failure"
        case always
    }
    public enum Simulator: String, Sendable, CaseIterable { case verilator, icarus }

    public var cycles = 100_000
    public var seed: UInt64 = 1
    /// Probability of a sensed bit to read wrong.
    public var upsetRate = 0.0
    public var waves = Waves.onFailure
    public var simulator = Simulator.verilator
    /// Folder for waves and for the files of a simulator run.
    public var outputFolder = "out"
    /// Verilog that takes the place of the emitted files; a check of hand-changed text.
    public var replacement: [ModelSource.File]?

    /// Asked now and then with the number of cycles done; false stops the run with `Stopped`.
    public var goesOn: @Sendable (Int) -> Bool = { _ in true }

    public init() {}
}

/// A run that was asked to stop.
public struct Stopped: Error, CustomStringConvertible {
    public var description: String { "stopped" }
}

/// What a check found.
public struct CoSimulationResult: Sendable {
    public let design: String
    /// Cycles compared.
    public let cycles: Int
    public let mismatch: OutputMismatch?
    /// The wave file that shows it, or the whole run.
    public let wave: String?
    public let libraryCached: Bool
    /// Cycles per second of the checked run.
    public let cyclesPerSecond: Double
    /// Sensed bits that read wrong.
    public let upsets: Int
}

/// An elaborated, emitted design with its twin.
public struct CheckedDesign<Pair: BlockPair> {
    public let hardware: Pair.Hardware
    public let design: Design
    public let options: EmissionOptions
    public let emission: Emission
    public let source: ModelSource
    /// Nodes of all modules' circuits.
    public var nodeCount: Int { design.nodeCount }

    /// - Parameter losingPower: with ports by which its power is taken away; `StimulusStep.losePower` needs them.
    /// - Throws: `ParameterError`, `ElaborationError`, `EmissionError`.
    public init(
        _ pair: Pair.Type, _ hardware: Pair.Hardware, _ options: EmissionOptions = EmissionOptions(),
        losingPower: Bool = false
    ) throws {
        try hardware.validate()
        self.hardware = hardware
        self.options = options
        design = try elaborate(hardware, losingPower: losingPower)
        emission = try emit(design, options)
        source = ModelSource(design, emission)
    }

    /// The design with other Verilog under the same ports.
    public func source(replacing files: [ModelSource.File]?) -> ModelSource {
        guard let files else { return source }
        return ModelSource(top: source.top, files: files, ports: source.ports)
    }

    public func vectors(seed: UInt64, upsetRate: Double) throws -> VectorStream<Pair.Driver> {
        VectorStream(
            driver: try Pair.driver(of: hardware, seed: seed, upsetRate: upsetRate), twin: Pair.twin(of: hardware),
            source: source)
    }

    /// Checks every output in every cycle on a Verilated model; stops at the first difference.
    public func check(_ settings: CoSimulationSettings) throws -> CoSimulationResult {
        let source = source(replacing: settings.replacement)
        if settings.simulator == .icarus { return try checkInIcarus(source, settings) }
        let options = BuildOptions(trace: settings.waves == .always)
        let library = try ModelLibrary(source: source, options: options)
        let wavePath = "\(settings.outputFolder)/\(source.top)-seed\(settings.seed).vcd"
        var waves: WaveWindow?
        if settings.waves == .always { waves = WaveWindow(path: wavePath, firstCycle: 0) }

        let clock = ContinuousClock()
        let start = clock.now
        let run = try run(library, settings, waves: waves)
        let seconds = (clock.now - start).seconds
        let cycles = run.mismatch.map { $0.cycle + 1 } ?? settings.cycles
        if let mismatch = run.mismatch, settings.waves == .onFailure {
            // The same seed again, in a library that can write waves.
            waves = WaveWindow(path: wavePath, firstCycle: max(0, mismatch.cycle - 1000))
            let traced = try ModelLibrary(source: source, options: BuildOptions(trace: true))
            _ = try self.run(traced, settings, waves: waves)
        }
        return CoSimulationResult(
            design: Pair.name, cycles: cycles, mismatch: run.mismatch,
            wave: waves?.path, libraryCached: library.wasCached,
            cyclesPerSecond: Double(cycles) / max(seconds, 1e-9), upsets: run.upsets)
    }

    private func checkInIcarus(
        _ source: ModelSource, _ settings: CoSimulationSettings
    ) throws -> CoSimulationResult {
        var stream = try vectors(seed: settings.seed, upsetRate: settings.upsetRate)
        let (inputs, expected, _) = stream.prepare(cycles: settings.cycles)
        let replay = IcarusReplay(source: source, folder: "\(settings.outputFolder)/icarus-\(source.top)")
        let clock = ContinuousClock()
        let start = clock.now
        let verdict = try replay.run(inputs: inputs, expected: expected, cycles: settings.cycles)
        let seconds = (clock.now - start).seconds
        return CoSimulationResult(
            design: Pair.name, cycles: settings.cycles, mismatch: verdict.mismatch, wave: nil, libraryCached: false,
            cyclesPerSecond: Double(settings.cycles) / max(seconds, 1e-9), upsets: stream.driver.upsets)
    }

    private func run(
        _ library: ModelLibrary, _ settings: CoSimulationSettings, waves: WaveWindow?
    ) throws -> (mismatch: OutputMismatch?, upsets: Int) {
        var driver = try Pair.driver(of: hardware, seed: settings.seed, upsetRate: settings.upsetRate)
        let model = try Model(library, seed: settings.seed)
        let lockstep = try Lockstep(model, twin: Pair.twin(of: hardware), idle: driver.idle)
        defer { model.closeTrace() }
        do {
            if let waves {
                try Pair.run(lockstep, &driver, cycles: waves.firstCycle)
                try makeFolder(of: waves.path)
                try model.openTrace(path: waves.path)
            }
            while lockstep.cycle < settings.cycles {
                try Pair.run(lockstep, &driver, cycles: min(1 << 16, settings.cycles - lockstep.cycle))
                if !settings.goesOn(lockstep.cycle) { throw Stopped() }
            }
        } catch let mismatch as OutputMismatch {
            // The wave shows the cycle of the difference to its end.
            if waves != nil { try model.edge() }
            return (mismatch, driver.upsets)
        }
        return (nil, driver.upsets)
    }
}

/// A wave file, and the cycle with which it begins.
struct WaveWindow {
    let path: String
    let firstCycle: Int
}

extension Duration {
    /// The duration in seconds.
    public var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
