import HDL

extension BlockPlan.Block {
    /// Whether the block stands in the formal part.
    func isFormal(_ plan: BlockPlan) -> Bool { section(plan) == .formal }

    func section(_ plan: BlockPlan) -> Liveness.Section {
        switch kind {
        case .registers(_, _, let formal): formal ? .formal : .main
        case .memory(let index): plan.liveness.section(ofMemory: Int(index))
        case .wire(let node): plan.liveness.section(of: node)
        }
    }
}
