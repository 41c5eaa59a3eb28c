extension Circuit {
    /// No assignment is made void by later ones that always come after it and take every bit of it.
    ///
    /// A default before conditional drives is none of these. Assignments are numbered as the description makes them: a
    /// bit of one is void when a later one of the same block takes it, however deep the earlier one stands. Linear in
    /// the number of assignments, and of bits where a signal is assigned in parts.
    func checkOverrides() {
        var assignments = StandingAssignments(self)
        func walk(_ block: [Statement]) {
            let start = assignments.count
            for statement in block {
                switch statement {
                case .assign(let target, _, let location):
                    let void = assignments.add(target, nil, location, since: start)
                    if let void { reportVoid(target, void, at: location) }
                case .assignSlice(let target, let low, let value, let location):
                    let bits = Int(low)..<Int(low + nodes[Int(value)].width)
                    let void = assignments.add(target, bits, location, since: start)
                    if let void { reportVoid(target, void, at: location) }
                case .write:
                    break
                case .when(let index):
                    for arm in whenChains[index].arms { walk(arm.body) }
                case .choose(let index):
                    for arm in switches[index].arms { walk(arm.body) }
                    if let otherwise = switches[index].otherwise { walk(otherwise) }
                }
            }
        }
        walk(statements)
    }

    private func reportVoid(_ target: Int32, _ void: StandingAssignments.Overridden, at location: SourceLocation) {
        let isRegister = nodes[Int(target)].operation == .register
        let (again, what) = isRegister ? ("given 'next'", "'next'") : ("driven", "drive")
        var name = describe(target)
        var verb = "is"
        if let bits = void.bits {
            name = "\(bits.asBits) of \(name)"
            verb = bits.count == 1 ? "is" : "are"
        }
        report(
            at: location, "\(name) \(verb) \(again) again; the \(what) at \(void.location) never takes effect",
            notes: [Diagnostic.Note(at: void.location, "the \(what) that never takes effect")])
    }
}

/// The assignments so far, with how many bits of each still count.
private struct StandingAssignments {
    /// An assignment of which no bit counts.
    struct Overridden {
        /// The bits that it assigned; nil for the whole signal.
        let bits: Range<Int>?
        let location: SourceLocation
    }

    private struct Entry {
        let bits: Range<Int>?
        let location: SourceLocation
        var standing: Int
        /// The assignment of the same whole signal that may stand below this one; -1 for none.
        var below = -1
    }

    private let circuit: Circuit
    /// Signals that are assigned in parts somewhere.
    private let parted: Set<Int32>
    private var entries: [Entry] = []
    /// The latest assignment of each signal that is assigned whole.
    private var latest: [Int32: Int] = [:]
    /// For each other signal and bit the assignments that it may still have, the latest last.
    private var latestOfBits: [Int32: [[Int]]] = [:]

    var count: Int { entries.count }

    init(_ circuit: Circuit) {
        self.circuit = circuit
        var parted: Set<Int32> = []
        func look(_ block: [Statement]) {
            for case .assignSlice(let target, _, _, _) in block { parted.insert(target) }
        }
        look(circuit.statements)
        for chain in circuit.whenChains { for arm in chain.arms { look(arm.body) } }
        for body in circuit.switches {
            for arm in body.arms { look(arm.body) }
            look(body.otherwise ?? [])
        }
        self.parted = parted
    }

    /// Adds an assignment, which voids the bits of those since a number.
    /// - Returns: the latest one of which no bit is left.
    mutating func add(_ target: Int32, _ bits: Range<Int>?, _ location: SourceLocation, since start: Int) -> Overridden?
    {
        if parted.contains(target) { return addParted(target, bits, location, since: start) }
        var below = latest[target] ?? -1
        let last = below
        while below >= start { below = entries[below].below }
        latest[target] = entries.count
        entries.append(Entry(bits: nil, location: location, standing: 1, below: below))
        return last >= start ? Overridden(bits: nil, location: entries[last].location) : nil
    }

    private mutating func addParted(
        _ target: Int32, _ bits: Range<Int>?, _ location: SourceLocation, since start: Int
    ) -> Overridden? {
        let width = Int(circuit.nodes[Int(target)].width)
        let places = bits ?? 0..<width
        var perBit = latestOfBits.removeValue(forKey: target) ?? Array(repeating: [], count: width)
        var void: Int?
        for bit in places {
            while let last = perBit[bit].last, last >= start {
                perBit[bit].removeLast()
                entries[last].standing -= 1
                if entries[last].standing == 0 { void = max(void ?? last, last) }
            }
            perBit[bit].append(entries.count)
        }
        latestOfBits[target] = perBit
        entries.append(Entry(bits: bits, location: location, standing: places.count))
        return void.map { Overridden(bits: entries[$0].bits, location: entries[$0].location) }
    }
}
