public import HDL
import Verilog

/// Proves the checks of a design by yosys, yosys-smtbmc and z3.
///
/// Law: `proved` holds in every state that the design can reach from its power-up values under the assumptions, `failed` and
/// `reached` come with a run that a simulation repeats, and what the solver did not decide is called `unknown`.
///
/// What an instance assumes is a claim on its surroundings, so it is proved like an assertion; only the top's
/// assumptions are taken for granted.
public struct ProofRunner: Sendable {
    let options: ProofOptions
    let tools: ProofTools

    /// - Throws: `ProofError.badOption`, `ProofError.missingTool`.
    public init(_ options: ProofOptions = ProofOptions()) throws(ProofError) {
        try self.init(options, ProofTools())
    }

    /// A runner with programs of another search path.
    /// - Throws: `ProofError.badOption`.
    public init(_ options: ProofOptions, _ tools: ProofTools) throws(ProofError) {
        try options.validate()
        self.options = options
        self.tools = tools
    }

    /// Proves the checks of a design.
    /// - Throws: `ProofError`, and `EmissionError` when the design cannot be written as Verilog.
    public func prove(_ design: Design) throws -> ProofReport {
        try prove(ProofProblem(design, emit(design)))
    }

    /// Proves the checks of Verilog text.
    public func prove(_ problem: ProofProblem) throws(ProofError) -> ProofReport {
        guard problem.properties.contains(where: { !problem.isAssumed($0) }) else {
            throw .noProperties(problem.top)
        }
        let folder = try ProofFolder()
        defer { folder.remove() }
        let model = try ProofModel.make(problem, options, tools, in: folder)
        var search = ProofSearch(problem, options, tools, model, folder)
        try search.run()
        return ProofReport(design: problem.top, properties: search.results)
    }
}
