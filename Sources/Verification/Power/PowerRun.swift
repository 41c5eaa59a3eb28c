public import CoSim
public import Engine
public import Golden
public import Network

/// Images of a network on an engine whose supply fails: RTL and golden twin together, every output compared in every cycle with
/// power, registers and volatile memories of the RTL filled with noise at each failure.
public struct PowerRun {
    /// What failures of the supply have cost.
    public struct Statistics: Hashable, Sendable {
        /// Cycles with power, and failures.
        public var cycles = 0
        public var failures = 0
        /// Failures after which the network went on from a checkpoint, and those after which it began again.
        public var resumptions = 0
        public var restarts = 0
        /// Failures in the midst of a write of shadow cells.
        public var torn = 0
        /// Checkpoints, shadow writes, and checkpoints given up.
        public var commits = 0
        public var shadowWrites = 0
        public var aborts = 0
        /// Rows sensed, those sensed again included.
        public var senses = 0

        public init() {}
    }

    public let network: QuantizedNetwork
    public let mapping: NetworkMapping
    private let lockstep: Lockstep<Golden.NetworkEngine>
    private var driver: PoweredDriver

    /// Builds, or finds, the engine's library and loads the network.
    ///
    /// - Parameters:
    ///   - engine: with checkpoints.
    ///   - shadowFailRate: probability of a shadow cell to keep its bit in a write.
    ///   - mutate: puts other Verilog in the place of the emitted one.
    ///
    /// Throws `MappingError`, `ParameterError`, and what building a library throws.
    public init(
        _ network: QuantizedNetwork, on engine: Engine.NetworkEngine, skipsRows: Bool = true, skipsZeros: Bool = false,
        seed: UInt64,
        upsetRate: Double = 0, policy: PowerPolicy, supply: any PowerSupply, shadowFailRate: Double = 0,
        mutating mutate: (ModelSource) throws -> ModelSource = { $0 }
    ) throws {
        var engine = engine
        engine.checkpoint = 1
        let parameters = Golden.NetworkEngine.Parameters(engine)
        let mapping = try NetworkMapping(network, parameters, skipsRows: skipsRows, skipsZeros: skipsZeros)
        self.network = network
        self.mapping = mapping
        let design = try CheckedDesign(NetworkEnginePair.self, engine, losingPower: true)
        let library = try ModelLibrary(source: try mutate(design.source), options: BuildOptions())
        let run = try NetworkDriver(network, mapping, seed: seed, upsetRate: upsetRate)
        driver = PoweredDriver(
            run, parameters, policy: policy, supply: supply, failRate: shadowFailRate, seed: seed)
        lockstep = try Lockstep(
            Model(library, seed: seed), twin: Golden.NetworkEngine(parameters),
            idle: Golden.NetworkEngine.Inputs(parameters))
    }

    /// What the engine lives of, from now on.
    public var supply: any PowerSupply {
        get { driver.supply }
        set { driver.supply = newValue }
    }

    /// What has happened so far.
    public var statistics: Statistics { driver.statistics(lockstep.twin) }

    /// Runs one image of codes in the order of the network's input; gives the numbers of the output tensor.
    ///
    /// Throws `OutputMismatch` where model and twin differ, `NoProgress`, and `ModelError`.
    public mutating func run(_ codes: [UInt8]) throws -> [Int32] {
        driver.run.present(codes)
        try lockstep.run(&driver)
        if let stuck = driver.stuck { throw stuck }
        return driver.run.result
    }
}

/// The supply fails again and again before anything is saved or done.
public struct NoProgress: Error, Hashable, Sendable, CustomStringConvertible {
    /// Failures in a row, and the most cycles with power between two of them.
    public let failures: Int
    public let longestPeriod: Int

    public var description: String {
        "no progress is possible: \(failures) failures of the supply in a row without a checkpoint or a result between; "
            + "the longest time with power had \(longestPeriod) cycles"
    }
}

/// Drives images while the supply does what it does.
private struct PoweredDriver: StimulusDriver {
    var run: NetworkDriver
    private let parameters: Golden.NetworkEngine.Parameters
    private let policy: PowerPolicy
    var supply: any PowerSupply
    private let failRate: Double
    private var random: StimulusRandom
    private var wasLost = false
    private var counted = PowerRun.Statistics()
    /// Of the present time with power.
    private var cyclesOn = 0
    private var failuresInVain = 0
    private var longestInVain = 0
    private(set) var stuck: NoProgress?
    /// Failures in a row without a checkpoint or a result, after which a run is given up.
    private static let patience = 1000

    init(
        _ run: NetworkDriver, _ parameters: Golden.NetworkEngine.Parameters, policy: PowerPolicy,
        supply: any PowerSupply, failRate: Double, seed: UInt64
    ) {
        self.run = run
        self.parameters = parameters
        self.policy = policy
        self.supply = supply
        self.failRate = failRate
        random = StimulusRandom(seed: seed, purpose: 0x91)
    }

    var upsets: Int { run.upsets }
    var idle: Golden.NetworkEngine.Inputs { Golden.NetworkEngine.Inputs(parameters) }

    func statistics(_ twin: Golden.NetworkEngine) -> PowerRun.Statistics {
        var statistics = counted
        let events = twin.powerEvents
        (statistics.commits, statistics.shadowWrites) = (events.commits, events.shadowWrites)
        (statistics.aborts, statistics.senses) = (events.aborts, events.senses)
        return statistics
    }

    mutating func next(
        _ inputs: inout Golden.NetworkEngine.Inputs, twin: Golden.NetworkEngine
    ) -> StimulusStep {
        if wasLost {
            wasLost = false
            if twin.isResuming { counted.resumptions += 1 } else { counted.restarts += 1 }
            run.resume(twin)
        }
        if run.isIdle {
            failuresInVain = 0
            return .finish
        }
        run.next(&inputs, twin: twin, noise: { .none })
        let state = supply.next(twin)
        counted.cycles += 1
        cyclesOn += 1
        var control = policy.control
        control.warning = policy.heedsWarnings && state.isWarning
        control.cut = state.fails
        control.fail = state.fails ? random.bits(64) : failingCells()
        inputs.power = control
        return state.fails ? lose(twin) : .run
    }

    private mutating func lose(_ twin: Golden.NetworkEngine) -> StimulusStep {
        wasLost = true
        counted.failures += 1
        if twin.isSaving { counted.torn += 1 }
        failuresInVain = twin.commits > 0 || twin.isDone ? 0 : failuresInVain + 1
        longestInVain = failuresInVain == 0 ? 0 : max(longestInVain, cyclesOn)
        cyclesOn = 0
        if failuresInVain == Self.patience {
            stuck = NoProgress(failures: failuresInVain, longestPeriod: longestInVain)
            return .finish
        }
        // Long enough to fill the window buffer with noise, now and then shorter.
        return .losePower(cycles: 1 + random.below(2 * parameters.window.pixelSteps * parameters.window.chunks * 2))
    }

    /// One bit for each shadow cell whose write would fail in this cycle.
    private mutating func failingCells() -> UInt64 {
        guard failRate > 0 else { return 0 }
        var mask: UInt64 = 0
        for bit in 0..<64 where Double(random.bits(32)) < failRate * 4_294_967_296 { mask |= 1 << UInt64(bit) }
        return mask
    }
}
