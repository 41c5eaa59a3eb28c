import HDL

extension Simulator {
    /// Rounds of edges of derived clocks before a design counts as never coming to rest.
    static let maximumRounds = 1000

    /// Computes the combinational logic, and lets clocks that signals drive have the edges that come of it.
    public func settle() {
        if isSettled { return }
        computeLogic()
        followDerivedClocks()
        checkUnclocked()
    }

    /// Settles, has active edges of the main clock, and settles.
    public func step(_ count: Int = 1) {
        for _ in 0..<count { step(domains: mainDomain) }
    }

    /// Has an edge of several clocks at once: `main`, or the names of clock ports.
    public func step(clocks names: Set<String>, file: StaticString = #fileID, line: UInt = #line) {
        let steppable = clocks.indices.filter { !clocks[$0].isDerived }
        let chosen = found(file, line) { () throws(SimulationError) -> [Int] in
            var chosen: [Int] = []
            for name in names.sorted() {
                guard let index = steppable.first(where: { clocks[$0].name == name }) else {
                    throw .unknownClock(name, known: steppable.map { clocks[$0].name })
                }
                chosen.append(index)
            }
            return chosen
        }
        step(domains: chosen)
    }

    private func step(domains: [Int]) {
        settle()
        if isRecording { recorded?.sample(machine.store, cycle: cycle, isAfterEdge: false) }
        for domain in domains { machine.store[clocks[domain].clock] = 1 - clocks[domain].inactiveLevel }
        if needsClockLevels {
            // Clocks that follow from these have their edge at once with them.
            computeLogic()
            takeEdges(of: domains + derivedEdges())
        } else {
            takeEdges(of: domains)
        }
        computeLogic()
        followDerivedClocks()
        if isRecording { recorded?.sample(machine.store, cycle: cycle, isAfterEdge: true) }
        for domain in domains { machine.store[clocks[domain].clock] = clocks[domain].inactiveLevel }
        if needsClockLevels {
            computeLogic()
            followDerivedClocks()
        }
        cycle += 1
        checkUnclocked()
    }

    /// Computes the logic until no asynchronous reset changes a register.
    func computeLogic() {
        runLogic()
        // It ends: a reset moves each register at most once, to its reset value.
        while hasAsynchronousResets, applyResets() { runLogic() }
        isSettled = true
    }

    private func runLogic() {
        if let loop = machine.run() { fatalError(SimulationError.combinationalLoop(loop.names).description) }
    }

    /// Lets active asynchronous resets set their registers.
    /// - Returns: whether one has changed.
    @discardableResult
    func applyResets() -> Bool {
        var hasChanged = false
        let store = machine.store
        for clock in clocks where clock.isAsynchronous && isResetActive(clock) {
            for move in clock.resets.words where store[move.target] != store[move.source] {
                store[move.target] = store[move.source]
                hasChanged = true
            }
        }
        return hasChanged
    }

    private func isResetActive(_ clock: ClockRuntime) -> Bool {
        guard let reset = clock.reset else { return false }
        return machine.store[reset] == clock.resetLevel
    }

    // MARK: Derived clocks

    func noteDerivedLevels() {
        for index in clocks.indices where clocks[index].isDerived {
            derivedLevels[index] = machine.store[clocks[index].clock]
        }
    }

    /// Derived clocks that have gone to their active level since the last look.
    private func derivedEdges() -> [Int] {
        let edges = clocks.indices.filter { index in
            let clock = clocks[index]
            let level = machine.store[clock.clock]
            return clock.isDerived && level != derivedLevels[index] && level != clock.inactiveLevel
        }
        noteDerivedLevels()
        return edges
    }

    private func followDerivedClocks() {
        guard needsClockLevels else { return }
        var rounds = 0
        while true {
            let edges = derivedEdges()
            if edges.isEmpty { return }
            takeEdges(of: edges)
            computeLogic()
            rounds += 1
            if rounds > Simulator.maximumRounds {
                fatalError("clock '\(clocks[edges[0]].clockName)' has edges without end")
            }
        }
    }

    // MARK: Edges

    /// What the domains saw becomes what they hold. Nothing is computed in between, so all of them see the same.
    private func takeEdges(of domains: [Int]) {
        for domain in domains { look(at: clocks[domain]) }
        // Decided before a register changes: a reset may be one.
        let isReset = domains.count == 1 ? [] : domains.map { isResetActive(clocks[$0]) }
        for domain in domains { for write in clocks[domain].writes { perform(write) } }
        if domains.count == 1 {
            let clock = clocks[domains[0]]
            move(isResetActive(clock) ? clock.resetMoves : clock.moves)
        } else {
            for (domain, isReset) in zip(domains, isReset) {
                move(isReset ? clocks[domain].resetMoves : clocks[domain].moves)
            }
        }
        isSettled = false
    }

    private func move(_ moves: ClockRuntime.Moves) {
        let store = machine.store
        moves.words.withUnsafeBufferPointer { for move in $0 { store[move.target] = store[move.source] } }
    }

    private func perform(_ write: ClockRuntime.Write) {
        let store = machine.store
        if let enable = write.enable, store[enable] == 0 { return }
        let address = store[write.address]
        guard address < UInt64(write.memory.depth) else { return }
        let words = write.memory.words
        let target = store.at(write.memory.base) + Int(address) * words
        let value = store.at(write.value)
        guard let mask = write.mask else { return target.update(from: value, count: words) }
        for lane in 0..<write.memory.width / write.laneWidth where store.at(mask).isSet(lane) {
            target.copyBits(from: value, at: lane * write.laneWidth, width: write.laneWidth)
        }
    }

    // MARK: Checks

    private func look(at clock: ClockRuntime) {
        if clock.checks.isEmpty || isResetActive(clock) { return }
        for index in clock.checks { look(at: index) }
    }

    private func checkUnclocked() {
        for index in unclockedChecks {
            let isFailing = checks[index].declaration.kind != .cover && machine.store[checks[index].condition] == 0
            if isFailing {
                if failing.insert(index).inserted { look(at: index) }
            } else {
                failing.remove(index)
                if checks[index].declaration.kind == .cover { look(at: index) }
            }
        }
    }

    private func look(at index: Int) {
        let check = checks[index]
        let holds = machine.store[check.condition] != 0
        if check.declaration.kind == .cover {
            if holds { covers[check.name, default: 0] += 1 }
        } else if !holds {
            failures.append(
                CheckFailure(
                    name: check.name, kind: check.declaration.kind, location: check.declaration.location, cycle: cycle))
        }
    }
}

extension UnsafeMutablePointer<UInt64> {
    func isSet(_ bit: Int) -> Bool { self[bit >> 6] >> UInt64(bit & 63) & 1 == 1 }

    /// Takes some bits from the same place of another value.
    func copyBits(from value: Self, at low: Int, width: Int) {
        var position = low
        while position < low + width {
            let shift = position & 63
            let count = Swift.min(64 - shift, low + width - position)
            let mask = (UInt64.max &>> UInt64(64 - count)) &<< UInt64(shift)
            self[position >> 6] = self[position >> 6] & ~mask | value[position >> 6] & mask
            position += count
        }
    }
}
