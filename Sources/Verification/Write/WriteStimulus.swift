import Engine
import Golden

/// Random requests of a host: rows of a small set, data that is new, old or nearly old, settings and codes that change.
struct WriteStimulus {
    let parameters: Golden.WriteController.Parameters
    var random: StimulusRandom
    /// What rows were last asked to hold, so that some requests change little or nothing.
    private var asked: [Int: BitRow] = [:]
    private var pauses: UInt32 = 2
    /// Whether the request that is offered was not taken yet.
    private var isWaiting = false

    init(parameters: Golden.WriteController.Parameters, seed: UInt64) {
        self.parameters = parameters
        random = StimulusRandom(seed: seed, purpose: 0x57)
    }

    /// The host's inputs of the next cycle; a request that was not taken stays as it is.
    mutating func next(_ host: inout Golden.WriteHost, twin: Golden.WriteController) {
        if !isWaiting { offer(&host) }
        isWaiting = host.valid && !twin.isReady(address: host.address)
        // What a host may change while a request waits.
        host.codeWrite = random.once(in: 60)
        host.codePlane = random.below(addressSpace(parameters.planes))
        host.codeTowardsOne = random.bit()
        let cycles = random.once(in: 4) ? random.below(parameters.longestPulse + 1) : random.below(4)
        host.code = Golden.PulseCode(
            cycles: min(cycles, parameters.longestPulse), amplitude: random.below(parameters.amplitudes))
        host.clear = random.once(in: 2000)
    }

    private mutating func offer(_ host: inout Golden.WriteHost) {
        if random.once(in: 300) { pauses = [1, 2, 30][random.below(3)] }
        host.valid = pauses == 1 || random.once(in: pauses)
        host.address = address(after: host.address)
        host.data = data(of: host.address)
        if host.valid { asked[host.address] = host.data }
        host.plane = random.below(addressSpace(parameters.planes))
        // Most rows of strings come in batches.
        host.last = random.once(in: 3)
        host.changedOnly = !random.once(in: 3)
        host.verify = !random.once(in: 4)
        host.retries = random.below(parameters.mostRetries + 1)
    }

    private mutating func address(after last: Int) -> Int {
        // Half of the requests stay in the same strings; now and then a row does not exist.
        if random.once(in: 100) { return random.below(addressSpace(parameters.rows)) }
        let address = random.bit() ? last - last % 8 + random.below(8) : random.below(min(parameters.rows, 24))
        return min(address, parameters.rows - 1)
    }

    private mutating func data(of address: Int) -> BitRow {
        guard let old = asked[address] else { return random.row(columns: parameters.columns) }
        switch random.below(4) {
        case 0: return old
        case 1: return old ^ (random.row(columns: parameters.columns) & random.row(columns: parameters.columns))
        default: return random.row(columns: parameters.columns)
        }
    }

    private func addressSpace(_ count: Int) -> Int {
        var space = 2
        while space < count { space *= 2 }
        return space
    }
}
