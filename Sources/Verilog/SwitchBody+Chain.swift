import HDL

extension SwitchBody {
    /// Whether a `casez` would have arms that overlap, which linters take for a slip: it is written as `if` instead.
    var needsChain: Bool {
        var exact: [Pattern] = []
        var open: [Pattern] = []
        for pattern in arms.flatMap(\.patterns) {
            if open.contains(where: { $0.overlaps(pattern) }) { return true }
            if !pattern.isExact, exact.contains(where: { $0.overlaps(pattern) }) { return true }
            if pattern.isExact { exact.append(pattern) } else { open.append(pattern) }
        }
        return false
    }
}
