import HDL

/// What a clock domain does at its edge, with all places resolved. A class, so that looking at it copies nothing.
final class ClockRuntime {
    let name: String
    let clockName: String
    let clock: UInt32
    let inactiveLevel: UInt64
    let isDerived: Bool
    let reset: UInt32?
    let resetLevel: UInt64
    let isAsynchronous: Bool
    /// Registers that change.
    let moves: Moves
    /// The same while the reset is active.
    let resetMoves: Moves
    /// Registers that an asynchronous reset sets at once.
    let resets: Moves
    let writes: [Write]
    let checks: [Int]

    init(
        _ domain: FlatDomain, clock: UInt32, reset: UInt32?, moves: Moves, resetMoves: Moves, resets: Moves,
        writes: [Write], checks: [Int]
    ) {
        name = domain.name
        clockName = domain.clockName
        self.clock = clock
        inactiveLevel = 1 - domain.activeLevel
        isDerived = domain.isDerived
        self.reset = reset
        resetLevel = domain.resetLevel
        isAsynchronous = domain.clocking.isAsynchronous
        self.moves = moves
        self.resetMoves = resetMoves
        self.resets = resets
        self.writes = writes
        self.checks = checks
    }

    /// Words that go from one place to another.
    struct Moves {
        private(set) var words: [(target: UInt32, source: UInt32)] = []

        mutating func append(from source: UInt32, to target: UInt32, words count: Int) {
            for word in 0..<UInt32(count) { words.append((target + word, source + word)) }
        }
    }

    struct Write {
        let enable: UInt32?
        let address: UInt32
        let value: UInt32
        let mask: UInt32?
        let laneWidth: Int
        let memory: FlatMemory
    }
}

extension Compiler {
    /// Gives what registers take from other registers a place of its own, so that an edge can move all values one
    /// after the other.
    mutating func protectEdges() {
        var registerPlaces: Set<UInt32> = []
        for register in registers { registerPlaces.insert(register.value) }
        forwardCopies()
        for index in registers.indices {
            let source = sourceOfCopies[Int(registers[index].next)]
            guard source != registers[index].value, registerPlaces.contains(source) else { continue }
            let width = registers[index].width
            let place = allocate(width)
            // Not a copy that is forwarded: a value of its own.
            if width <= 64 {
                emit(.slice, Instruction(target: place, a: source, b: 0, d: UInt32(64 - width)))
            } else {
                emit(.sliceWide, words: words(of: width), Instruction(target: place, a: source, d: UInt32(width)))
            }
            registers[index].next = place
        }
    }

    /// Everything that is looked at after a run of the program.
    var keptPlaces: [UInt32] {
        var kept: [UInt32] = []
        for register in registers { kept.append(register.next) }
        for write in writes { kept += [write.enable, write.address, write.value, write.mask].compactMap { $0 } }
        for check in checks { kept.append(check.condition) }
        for domain in domains { kept += [domain.clock, domain.reset].compactMap { $0 } }
        for scope in scopes { for node in scope.circuit.names.keys { kept.append(scope.places[Int(node)]) } }
        return kept
    }

    private func resolved(_ place: UInt32) -> UInt32 { sourceOfCopies[Int(place)] }

    func resolvedChecks() -> [FlatCheck] {
        checks.map { check in
            var check = check
            check.condition = resolved(check.condition)
            return check
        }
    }

    /// What each domain does at its edge.
    func clocks() -> [ClockRuntime] {
        var moves = [ClockRuntime.Moves](repeating: ClockRuntime.Moves(), count: domains.count)
        var resetMoves = moves
        var resets = moves
        for register in registers where register.domain >= 0 {
            let words = self.words(of: register.width)
            let source = resolved(register.next)
            let isHeld = source == register.value
            if !isHeld { moves[register.domain].append(from: source, to: register.value, words: words) }
            if let reset = register.reset {
                resets[register.domain].append(from: reset, to: register.value, words: words)
                resetMoves[register.domain].append(from: reset, to: register.value, words: words)
            } else if !isHeld {
                resetMoves[register.domain].append(from: source, to: register.value, words: words)
            }
        }
        return domains.enumerated().map { index, domain in
            ClockRuntime(
                domain, clock: resolved(domain.clock), reset: domain.reset.map(resolved), moves: moves[index],
                resetMoves: resetMoves[index], resets: resets[index],
                writes: writes.filter { $0.domain == index }.map(runtime),
                checks: checks.indices.filter { checks[$0].domain == index })
        }
    }

    private func runtime(_ write: FlatWrite) -> ClockRuntime.Write {
        let memory = memories[write.memory]
        return ClockRuntime.Write(
            enable: write.enable.map(resolved), address: resolved(write.address), value: resolved(write.value),
            mask: write.mask.map(resolved), laneWidth: memory.width / write.lanes, memory: memory)
    }

    /// Whether any logic, or another clock, depends on a clock's level.
    var usesClockLevels: Bool {
        if domains.contains(where: \.isDerived) { return true }
        return scopes.contains { scope in
            // A clock's node is read by nodes, statements or ports; those that are not read have no names' users.
            let clocks = Set(scope.circuit.domains.map(\.clockNode))
            let circuit = scope.circuit
            return circuit.nodes.contains { node in
                var isRead = false
                circuit.forEachOperand(of: node) { if clocks.contains($0) { isRead = true } }
                return isRead
            } || circuit.readsDirectly(clocks)
        }
    }
}

extension Circuit {
    /// Whether statements or checks take one of the nodes as it is.
    fileprivate func readsDirectly(_ wanted: Set<Int32>) -> Bool {
        let chains = whenChains.flatMap(\.arms)
        let bodies = [statements] + chains.map(\.body) + switches.flatMap { $0.arms.map(\.body) + [$0.otherwise ?? []] }
        let reads = bodies.contains { body in
            body.contains { statement in
                switch statement {
                case .assign(_, let value, _), .assignSlice(_, _, let value, _): wanted.contains(value)
                case .write(_, let address, let value, let mask, _):
                    wanted.contains(address) || wanted.contains(value) || wanted.contains(mask)
                case .when, .choose: false
                }
            }
        }
        return reads || chains.contains { $0.condition.map(wanted.contains) ?? false }
            || switches.contains { wanted.contains($0.subject) } || checks.contains { wanted.contains($0.condition) }
    }
}
