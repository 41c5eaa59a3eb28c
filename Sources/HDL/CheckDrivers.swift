extension Circuit {
    /// Every wire, output and instance input must be driven on every path, or it would be a latch; every register
    /// must get a value some time, or it would never be known.
    func checkDrivers() {
        var partly = Set<Int32>()
        let always = driven(by: statements, partly: &partly)
        for wire in wires where !always.contains(wire.node) {
            let reason = partly.contains(wire.node) ? "is not driven on every path" : "is not driven"
            report(at: wire.location, "\(kind(of: wire)) '\(wire.name)' \(reason)")
        }
        for register in registers where register.resetValue == nil && !partly.contains(register.node) {
            report(at: register.location, "register '\(register.name)' has neither a reset value nor a 'next'")
        }
    }

    private func kind(of wire: Wire) -> String {
        switch wire.purpose {
        case .declared: "wire"
        case .output: "output"
        case .instanceInput: "instance input"
        }
    }

    /// The wires that a block drives whichever arms are taken; those driven on some path join `partly`.
    private func driven(by block: [Statement], partly: inout Set<Int32>) -> Set<Int32> {
        var always = Set<Int32>()
        for statement in block {
            switch statement {
            case .assign(let target, _, _):
                always.insert(target)
                partly.insert(target)
            case .write:
                break
            case .when(let index):
                let chain = whenChains[index]
                var common: Set<Int32>?
                for arm in chain.arms {
                    let inArm = driven(by: arm.body, partly: &partly)
                    common = common.map { $0.intersection(inArm) } ?? inArm
                }
                if chain.isComplete, let common { always.formUnion(common) }
            }
        }
        return always
    }
}
