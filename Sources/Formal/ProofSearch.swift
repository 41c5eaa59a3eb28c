import HDL

/// One search for the verdicts on all properties of a model: bounded search, induction, covers.
struct ProofSearch {
    private let problem: ProofProblem
    private let options: ProofOptions
    private let tools: ProofTools
    private let model: ProofModel
    private let folder: ProofFolder
    private var found: [ProofModel.Property: (verdict: Verdict, depth: Int, seconds: Double, trace: ProofTrace?)] = [:]

    init(
        _ problem: ProofProblem, _ options: ProofOptions, _ tools: ProofTools, _ model: ProofModel,
        _ folder: ProofFolder
    ) {
        self.problem = problem
        self.options = options
        self.tools = tools
        self.model = model
        self.folder = folder
    }

    /// Verdicts on everything but the top's assumptions, in order.
    var results: [PropertyResult] {
        problem.properties.compactMap { property in
            guard let outcome = found[property] else { return nil }
            let check = problem.checks[property.check]
            return PropertyResult(
                name: problem.name(of: property), kind: check.kind, file: check.file, line: check.line,
                verdict: outcome.verdict, depth: outcome.depth, seconds: outcome.seconds, trace: outcome.trace)
        }
    }

    mutating func run() throws(ProofError) {
        try folder.write(ProofModel.file, model.text(without: []))
        let claimed = claims(.assert)
        if !claimed.isEmpty {
            let holding = try searchViolations(of: claimed)
            if options.inductionDepth > 0 { try induce(holding) }
        }
        let covers = claims(.cover)
        if options.includesCovers, !covers.isEmpty { try searchCovers(covers) }
    }

    /// Properties by what their cells do in the model.
    private func claims(_ role: CheckDeclaration.Kind) -> Set<ProofModel.Property> {
        Set(model.cells.values.filter { $0.role == role }.map(\.property))
    }

    // MARK: Runs of the solver

    /// Looks for runs that violate assertions, and returns those that hold to the whole depth.
    private mutating func searchViolations(
        of claims: Set<ProofModel.Property>
    ) throws(ProofError) -> Set<ProofModel.Property> {
        let hasAssumptions = model.cells.values.contains { $0.role == .assume }
        let outcome = try solve(
            ["-t", "\(options.depth)", "--keep-going", "--dump-vcd", "violation%.vcd"]
                + (hasAssumptions ? ["--presat"] : []))
        let log = SolverLog(outcome.text)
        try record(log, .failed, traces: "violation", outcome.seconds)
        var open = claims.filter { found[$0] == nil }
        let verdict: Verdict
        switch log.status {
        case .none: verdict = .unknown
        case .unsatisfiableAssumptions: verdict = .vacuous
        case .passed, .failed: verdict = .holdsToDepth
        }
        let depth = verdict == .holdsToDepth ? options.depth : log.step
        for property in open { found[property] = (verdict, depth, outcome.seconds, nil) }
        if verdict != .holdsToDepth { open = [] }
        return open
    }

    /// Finds the largest set of assertions that together are inductive: those that a step of the induction violates are
    /// left out, both as a claim and as a ground, until the rest stands.
    private mutating func induce(_ holding: Set<ProofModel.Property>) throws(ProofError) {
        var open = holding
        let all = claims(.assert)
        var seconds = 0.0
        while !open.isEmpty {
            try folder.write(ProofModel.file, model.text(without: all.subtracting(open)))
            let outcome = try solve(["-i", "-t", "\(options.inductionDepth)"])
            seconds += outcome.seconds
            let log = SolverLog(outcome.text)
            if let steps = log.inductionSteps, log.status == .passed {
                for property in open {
                    let earlier = found[property]?.seconds ?? 0
                    found[property] = (.proved, steps, earlier + seconds, nil)
                }
                break
            }
            let violated = Set(log.findings.flatMap(\.cells).compactMap { model.cells[$0]?.property })
            // The solver ran out of time: what is left holds to the depth, as it did before.
            if violated.isDisjoint(with: open) { break }
            for property in violated { found[property]?.seconds += seconds }
            open.subtract(violated)
        }
        try folder.write(ProofModel.file, model.text(without: []))
    }

    private mutating func searchCovers(_ covers: Set<ProofModel.Property>) throws(ProofError) {
        // The search would end at the first trace that violates an assertion.
        try folder.write(ProofModel.file, model.text(without: claims(.assert)))
        let outcome = try solve(["-c", "-t", "\(options.coverDepth)", "--dump-vcd", "cover%.vcd"])
        let log = SolverLog(outcome.text)
        try record(log, .reached, traces: "cover", outcome.seconds)
        let isDecided = log.status != .none
        for property in covers where found[property] == nil {
            found[property] = (
                isDecided ? .unreached : .unknown, isDecided ? options.coverDepth : log.step, outcome.seconds, nil
            )
        }
    }

    private func solve(_ arguments: [String]) throws(ProofError) -> ProofFolder.Outcome {
        // Without unrolling, z3 does not come to an end on functions of states that hold memories.
        let common = ["-s", "z3", "--unroll", "--noprogress", "--timeout", "\(options.secondsPerRun)"]
        // The solver keeps the limit itself; the driver gets a while to say so.
        let outcome = try folder.run(
            tools.smtbmc, common + arguments + [ProofModel.file], limitSeconds: options.secondsPerRun + 5)
        let isAnswer = outcome.text.contains("Solver: z3")
        if !isAnswer {
            let message = outcome.text.split(separator: "\n").last.map(String.init) ?? "no message"
            throw .toolFailed("yosys-smtbmc", status: outcome.status, message: message)
        }
        return outcome
    }

    /// Notes what the traces of a run show.
    private mutating func record(
        _ log: SolverLog, _ verdict: Verdict, traces: String, _ seconds: Double
    ) throws(ProofError) {
        for (number, finding) in log.findings.enumerated() {
            let file = "\(traces)\(number).vcd"
            guard let waves = folder.read(file) else { throw .unreadableTrace(file, reason: "it is not there") }
            let top = ProofTop(problem, reset: options.reset)
            let steps = SolverTrace(waves, scope: top.name, widths: problem.tracedWidths)
            guard steps.stepCount == finding.step + 1 else {
                throw .unreadableTrace(file, reason: "\(steps.stepCount) steps, \(finding.step + 1) expected")
            }
            for cell in finding.cells {
                guard let property = model.cells[cell]?.property else { continue }
                let isClocked = problem.checks[property.check].isClocked
                let stimulus = ProofStimulus(steps, problem, reset: options.reset, isClocked: isClocked)
                let trace = ProofTrace(waves: waves, stimulus: stimulus)
                found[property] = (verdict, stimulus.cycles.count - 1, seconds, trace)
            }
        }
    }
}
