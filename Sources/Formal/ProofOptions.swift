/// How far and how long to search, and what the surroundings do.
public struct ProofOptions: Sendable, Equatable {
    /// When the resets of the top module are active.
    public enum ResetAssumption: Sendable, Equatable {
        /// Each domain's reset is active until its clock has had so many active edges, and never again.
        case first(edges: Int)
        /// A reset is an input like others: active at any time, or never.
        case anyTime
    }

    /// Steps of the bounded search, at least one. A step is a clock cycle, or with several clocks a moment at which any
    /// of the clocks may change.
    public var depth: Int
    /// Steps of the search for covers; a search for violations that is the base of an induction may be shorter.
    public var coverDepth: Int
    /// Steps in which an induction takes the properties for granted before it shows them; 0 for no induction, at most
    /// one less than `depth`, so that the bounded search is its base.
    public var inductionDepth: Int
    /// Limit for each run of the solver.
    public var secondsPerRun: Int
    /// Registers begin with their power-up values whatever is assumed here.
    public var reset: ResetAssumption
    /// Whether to search for the covers.
    public var includesCovers: Bool

    public init(
        depth: Int = 20, coverDepth: Int? = nil, inductionDepth: Int? = nil, secondsPerRun: Int = 300,
        reset: ResetAssumption = .first(edges: 1), includesCovers: Bool = true
    ) {
        self.depth = depth
        self.coverDepth = coverDepth ?? depth
        self.inductionDepth = inductionDepth ?? depth - 1
        self.secondsPerRun = secondsPerRun
        self.reset = reset
        self.includesCovers = includesCovers
    }

    func validate() throws(ProofError) {
        if coverDepth < 1 { throw .badOption("coverDepth", found: coverDepth, allowed: "1 or more") }
        if depth < 1 { throw .badOption("depth", found: depth, allowed: "1 or more") }
        if !(0..<depth).contains(inductionDepth) {
            throw .badOption(
                "inductionDepth", found: inductionDepth, allowed: "0 to \(depth - 1), one less than the depth")
        }
        if secondsPerRun < 1 { throw .badOption("secondsPerRun", found: secondsPerRun, allowed: "1 or more") }
        if case .first(let edges) = reset, !(1...64).contains(edges) {
            throw .badOption("reset edges", found: edges, allowed: "1 to 64")
        }
    }
}
