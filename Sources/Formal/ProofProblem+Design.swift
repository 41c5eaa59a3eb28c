public import HDL
public import Verilog

extension ProofProblem {
    /// The properties of a design, in the text that was emitted for it.
    /// - Throws: `ProofError.blackBox` when a module has no body to reason about, `ProofError.innerClock` when a clock is
    ///   made inside: the tool lets its registers take what was there before the edge of the clock that it is made from,
    ///   simulations what is there after it.
    public init(_ design: Design, _ emission: Emission) throws(ProofError) {
        if let box = design.circuits.first(where: { $0.blackBox != nil }) {
            throw .blackBox(box.name)
        }
        for circuit in design.circuits {
            if let domain = circuit.clockMadeInside { throw .innerClock(domain.name, module: circuit.name) }
        }
        let top = design.top
        let clocks = top.domains.filter { $0.isClockUsed }.map { domain in
            Clock(
                domain: domain.name, port: domain.clockName, edge: domain.clocking.edge,
                reset: domain.isResetUsed ? domain.resetName : nil,
                resetLevel: domain.clocking.resetLevel ?? .high)
        }
        let clocked = Set(design.circuits.filter { $0.domains.contains(where: \.isClockUsed) }.map(\.name))
        let readsClocks = design.circuits.contains { $0.readsClockAsSignal }
        self.init(
            top: top.name, files: emission.modules,
            inputs: top.ports.filter(\.isInput).map { Input(name: $0.name, width: $0.width) }, clocks: clocks,
            checks: emission.checks.map {
                Check(
                    module: $0.module, name: $0.name, kind: $0.kind, block: $0.block,
                    file: $0.location.file.description, line: Int($0.location.line),
                    isClocked: clocked.contains($0.module))
            },
            occurrences: design.occurrences, hasOneClock: clocks.count <= 1 && !readsClocks)
    }
}

extension Design {
    /// The top, then its instances, each before those inside it.
    fileprivate var occurrences: [ProofProblem.Occurrence] {
        var found: [ProofProblem.Occurrence] = []
        var open: [(path: String, circuit: Circuit)] = [("", top)]
        while let (path, circuit) = open.popLast() {
            found.append(ProofProblem.Occurrence(path: path, module: circuit.name))
            for instance in circuit.instances.reversed() {
                let inner = path.isEmpty ? instance.name : "\(path).\(instance.name)"
                open.append((inner, definition(of: instance, in: circuit)))
            }
        }
        return found
    }
}

extension Circuit {
    /// A clock domain that is used and clocked by a signal of the module.
    var clockMadeInside: ClockDomainDeclaration? {
        domains.first { domain in
            if case .signals = domain.source { domain.isClockUsed } else { false }
        }
    }

    /// Whether a clock is an operand, or the value of a wire, and not only what registers go by.
    fileprivate var readsClockAsSignal: Bool {
        for node in nodes {
            var isRead = false
            forEachOperand(of: node) { isRead = isRead || nodes[Int($0)].operation == .clock }
            if isRead { return true }
        }
        var open = statements
        while let statement = open.popLast() {
            switch statement {
            case .assign(_, let value, _), .assignSlice(_, _, let value, _):
                if nodes[Int(value)].operation == .clock { return true }
            case .write:
                break
            case .when(let chain):
                open += whenChains[chain].arms.flatMap(\.body)
            case .choose(let index):
                open += switches[index].arms.flatMap(\.body) + (switches[index].otherwise ?? [])
            }
        }
        return false
    }
}
