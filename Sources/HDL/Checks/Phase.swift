/// One step between a description and a design. Checks collect their findings in the circuits, so that a user sees
/// everything at once; the steps that change something run when nothing is wrong.
struct Phase: Sendable {
    let name: String
    /// Whether errors found so far end the elaboration after this phase.
    var stopsOnErrors = false
    let run: @Sendable (DesignBuilder) -> Void

    /// The order of the phases, in one place.
    static let all: [Phase] = [
        // Checks of what was described.
        Phase(name: "locations") { $0.circuits.forEach { $0.placePendingFindings() } },
        Phase(name: "names") { $0.circuits.forEach { $0.checkNames() } },
        Phase(name: "drivers") { $0.circuits.forEach { $0.checkDrivers() } },
        Phase(name: "hierarchy", stopsOnErrors: true) { $0.checkHierarchy() },
        Phase(name: "overrides") { $0.circuits.forEach { $0.checkOverrides() } },
        // The loop check makes the graphs that the next ones use.
        Phase(name: "loops") { $0.checkLoops() },
        Phase(name: "clock domains") { $0.checkDomains() },
        Phase(name: "unused", stopsOnErrors: true) { $0.checkUnused() },
        // Changes of the circuits, which keep their meaning.
        Phase(name: "constant folding") { $0.foldConstants() },
        Phase(name: "module sharing") { $0.shareModules() },
    ]
}

extension Circuit {
    /// Gives findings about nodes the place of the statement that used them.
    fileprivate func placePendingFindings() {
        for finding in pendingFindings { report(at: location(of: finding.node), finding.message) }
        pendingFindings.removeAll()
    }
}
