import HDL

/// What a clock domain does at its edge, with all places resolved.
struct ClockRuntime {
    let name: String
    let clockName: String
    let clock: UInt32
    let inactiveLevel: UInt64
    let isDerived: Bool
    let reset: UInt32?
    let resetLevel: UInt64
    let isAsynchronous: Bool
    /// Registers that change: where to, where from, how many words.
    let moves: [Move]
    /// The same while the reset is active.
    let resetMoves: [Move]
    /// Registers that a reset sets.
    let resets: [Move]
    let writes: [Write]
    let checks: [Int]

    struct Move {
        let target: UInt32
        let source: UInt32
        let words: UInt32
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
        var moves = [[ClockRuntime.Move]](repeating: [], count: domains.count)
        var resetMoves = moves
        var resets = moves
        for register in registers where register.domain >= 0 {
            let words = UInt32(self.words(of: register.width))
            let source = resolved(register.next)
            let move = ClockRuntime.Move(target: register.value, source: source, words: words)
            if source != register.value { moves[register.domain].append(move) }
            if let reset = register.reset {
                let reset = ClockRuntime.Move(target: register.value, source: reset, words: words)
                resets[register.domain].append(reset)
                resetMoves[register.domain].append(reset)
            } else if source != register.value {
                resetMoves[register.domain].append(move)
            }
        }
        return domains.enumerated().map { index, domain in
            ClockRuntime(
                name: domain.name, clockName: domain.clockName, clock: resolved(domain.clock),
                inactiveLevel: 1 - domain.activeLevel, isDerived: domain.isDerived,
                reset: domain.reset.map(resolved), resetLevel: domain.resetLevel,
                isAsynchronous: domain.clocking.isAsynchronous, moves: moves[index], resetMoves: resetMoves[index],
                resets: resets[index], writes: writes.filter { $0.domain == index }.map(runtime),
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
