public import HDL

/// What a proof found out about a property.
public enum Verdict: String, Sendable, Codable {
    /// An assertion that holds in every reachable state: shown by induction.
    case proved
    /// An assertion that no run of so many steps violates; longer ones were not excluded.
    case holdsToDepth = "holds to depth"
    /// An assertion that a run violates.
    case failed
    /// A cover that a run reaches.
    case reached
    /// A cover that no run of so many steps reaches.
    case unreached
    /// The assumptions exclude every run of so many steps, so nothing was shown.
    case vacuous
    /// The solver gave up or ran out of time.
    case unknown
}

/// A property, by the path of the instance in which it stands, and its verdict.
public struct PropertyResult: Sendable, Equatable, Encodable {
    /// `fifo.never_overflows`: instances from the top down, then the check's name.
    public let name: String
    public let kind: CheckDeclaration.Kind
    /// Place of the check in the Swift source.
    public let file: String
    public let line: Int
    public let verdict: Verdict
    /// Steps: of the induction when proved, of the search when it holds, is unreached or unknown; the cycle, from zero, in
    /// which it failed or was reached.
    public let depth: Int
    /// Wall time until the verdict was known, of the runs that gave it.
    public let seconds: Double
    /// The run that violates the assertion, or reaches the cover.
    public let trace: ProofTrace?

    enum CodingKeys: String, CodingKey { case name, kind, file, line, verdict, depth, seconds }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(kind.rawValue, forKey: .kind)
        try container.encode(file, forKey: .file)
        try container.encode(line, forKey: .line)
        try container.encode(verdict, forKey: .verdict)
        try container.encode(depth, forKey: .depth)
        try container.encode(seconds, forKey: .seconds)
    }
}

/// A run of the design that a solver found.
public struct ProofTrace: Sendable, Equatable {
    /// The waves as a value change dump.
    public let waves: String
    /// What a simulation has to do to see the same.
    public let stimulus: ProofStimulus
}

/// The verdicts on all properties of a design.
public struct ProofReport: Sendable, Equatable, Encodable {
    public let design: String
    /// In the order of the instances, the top first, and of the description.
    public let properties: [PropertyResult]

    enum CodingKeys: String, CodingKey { case design, properties }

    /// Whether every assertion is proved, and every cover reached.
    public var isComplete: Bool { properties.allSatisfy { $0.verdict == .proved || $0.verdict == .reached } }

    /// Whether something was found that must not be.
    public var hasFailures: Bool { properties.contains { $0.verdict == .failed || $0.verdict == .vacuous } }

    public subscript(name: String) -> PropertyResult? { properties.first { $0.name == name } }
}
