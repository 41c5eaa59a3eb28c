public import Golden

/// Failures of the supply at given times: after each of a list of cycles with power, again and again.
public struct PowerTrace: PowerSupply, Hashable {
    /// Cycles with power from one failure to the next, each at least 1.
    public var periods: [Int]
    /// Cycles from the warning to the failure.
    public var holdUpCycles: Int
    private var number = 0
    private var cycle = 0

    public init(periods: [Int], holdUpCycles: Int = 0) {
        self.periods = periods.map { max(1, $0) }
        self.holdUpCycles = holdUpCycles
    }

    public mutating func next(_ engine: Golden.NetworkEngine) -> SupplyState {
        guard !periods.isEmpty else { return SupplyState() }
        cycle += 1
        let left = periods[number] - cycle
        let state = SupplyState(isWarning: left < holdUpCycles, fails: left == 0)
        if left == 0 { (number, cycle) = ((number + 1) % periods.count, 0) }
        return state
    }
}

/// One failure at a given cycle of the run, then power for good.
public struct SingleFailure: PowerSupply, Hashable {
    public var cycle: Int
    public var holdUpCycles: Int
    private var now = 0

    public init(at cycle: Int, holdUpCycles: Int = 0) {
        self.cycle = cycle
        self.holdUpCycles = holdUpCycles
    }

    public mutating func next(_ engine: Golden.NetworkEngine) -> SupplyState {
        defer { now += 1 }
        return SupplyState(isWarning: now <= cycle && cycle - now < holdUpCycles, fails: now == cycle)
    }
}

/// Failures where they hurt most: in the midst of checkpoints and of what follows power, now and then twice in a row.
public struct AdversarialSupply: PowerSupply {
    private var random: StimulusRandom
    /// Cycles until the failure that is decided on; nil while none is.
    private var countdown: Int?
    private var sinceReturn = 0
    private var warning = 0
    /// Failures at most, so that the run comes to an end.
    private var left: Int

    public init(seed: UInt64, failures: Int) {
        random = StimulusRandom(seed: seed, purpose: 0x90)
        left = failures
    }

    public mutating func next(_ engine: Golden.NetworkEngine) -> SupplyState {
        guard left > 0 else { return SupplyState() }
        sinceReturn += 1
        if countdown == nil {
            if engine.isSaving && random.once(in: 12) {
                countdown = random.below(9)
            } else if sinceReturn == 1 && random.once(in: 3) {
                // While the network is being resumed, or in its first rows.
                countdown = random.below(120)
            } else if random.once(in: 1500) {
                countdown = random.below(40)
                warning = random.below(60)
            }
        }
        guard let cycles = countdown else {
            warning = max(0, warning - 1)
            return SupplyState(isWarning: warning > 0)
        }
        if cycles == 0 {
            (countdown, sinceReturn, warning) = (nil, 0, 0)
            left -= 1
            return SupplyState(isWarning: random.bit(), fails: true)
        }
        countdown = cycles - 1
        return SupplyState(isWarning: warning > 0)
    }
}
