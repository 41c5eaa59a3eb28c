extension Circuit {
    /// No assignment is made void by a later one that always comes after it and takes the whole signal.
    ///
    /// A default before conditional drives is none of these. Assignments are numbered as the description makes them: one
    /// of a block is void when a later one of the same block has the same target, however deep the earlier one stands.
    /// Linear in the number of statements.
    func checkOverrides() {
        var latest: [Int32: (number: Int, location: SourceLocation)] = [:]
        var count = 0
        func walk(_ block: [Statement]) {
            let start = count
            for statement in block {
                switch statement {
                case .assign(let target, _, let location):
                    if let earlier = latest[target], earlier.number >= start {
                        reportVoid(target, earlier.location, at: location)
                    }
                    latest[target] = (count, location)
                    count += 1
                case .assignSlice(let target, _, _, let location):
                    latest[target] = (count, location)
                    count += 1
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

    private func reportVoid(_ target: Int32, _ earlier: SourceLocation, at location: SourceLocation) {
        let isRegister = nodes[Int(target)].operation == .register
        let (again, what) = isRegister ? ("given 'next'", "'next'") : ("driven", "drive")
        report(
            at: location, "\(describe(target)) is \(again) again; the \(what) at \(earlier) never takes effect",
            notes: [Diagnostic.Note(at: earlier, "the \(what) that never takes effect")])
    }
}
