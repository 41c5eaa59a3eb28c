public import HDL

extension Emission {
    /// A SymbiYosys description of the design's checks: `sby -f TOP.sby`; nil when there is none.
    ///
    /// Assertions are searched to a depth (`bmc`) and proved by induction (`prove`), covers are searched (`cover`).
    /// - Parameter models: Paths of the black boxes' models; SymbiYosys stops at a module that it has no text of.
    public func symbiYosysFile(_ design: Design, models: [String] = []) -> File? {
        var tasks: [String] = []
        if checks.contains(where: { $0.kind == .assert }) { tasks += ["bmc", "prove"] }
        if checks.contains(where: { $0.kind == .cover }) { tasks.append("cover") }
        if tasks.isEmpty { return nil }
        let files = modules.map(\.name) + models
        // Steps from edge to edge of one clock need no clock signal; anything else does.
        let isMulticlock = design.circuits.contains { circuit in
            let used = circuit.domains.filter(\.isClockUsed)
            return used.count > 1 || used.contains { $0.clocking.isAsynchronous || $0.clocking.edge == .falling }
        }
        let text = """
            [tasks]
            \(tasks.joined(separator: "\n"))

            [options]
            \(tasks.map { "\($0): mode \($0)" }.joined(separator: "\n"))
            depth 20\(isMulticlock ? "\nmulticlock on" : "")

            [engines]
            smtbmc z3

            [script]
            read -formal \(files.map(lastComponent).joined(separator: " "))
            prep -top \(top)

            [files]
            \(files.joined(separator: "\n"))

            """
        return File(name: "\(top).sby", bytes: Array(text.utf8))
    }
}

private func lastComponent(_ path: String) -> String { String(path.split(separator: "/").last ?? "") }
