import Foundation

/// One branch of a sense: its resistance, and how far that spreads from cell to cell.
public struct SenseBranch: Hashable, Sendable {
    public var ohms: Double
    /// Standard deviation of ln(resistance), drawn once per die.
    public var sigmaLogResistance: Double

    public init(ohms: Double, sigmaLogResistance: Double = 0) {
        self.ohms = ohms
        self.sigmaLogResistance = sigmaLogResistance
    }

    /// A junction with its access transistor, which does not spread.
    ///
    /// ln(R_junction + R_access) moves by the junction's share of the sum times the move of ln(R_junction).
    public static func cell(
        junctionOhms: Double, accessOhms: Double = 0, sigmaLogResistance: Double = 0
    ) -> SenseBranch {
        let sum = junctionOhms + accessOhms
        return SenseBranch(ohms: sum, sigmaLogResistance: sigmaLogResistance * junctionOhms / sum)
    }

    /// Two branches at once, as when two rows are activated.
    ///
    /// ln(R1 ∥ R2) moves by each ln(R) times that cell's share of the conductance; the moves are independent.
    public static func parallel(_ first: SenseBranch, _ second: SenseBranch) -> SenseBranch {
        let share = second.ohms / (first.ohms + second.ohms)
        let sigmas = (share * first.sigmaLogResistance, (1 - share) * second.sigmaLogResistance)
        return SenseBranch(
            ohms: share * first.ohms, sigmaLogResistance: (sigmas.0 * sigmas.0 + sigmas.1 * sigmas.1).squareRoot())
    }
}

/// The two branches of one sense. The left output falls, "left wins", when the left resistance is the lower one.
public struct SenseBranches: Hashable, Sendable {
    public var left: SenseBranch
    public var right: SenseBranch

    public init(left: SenseBranch, right: SenseBranch) {
        self.left = left
        self.right = right
    }

    public var leftShouldWin: Bool { left.ohms < right.ohms }
    public var geometricMeanOhms: Double { (left.ohms * right.ohms).squareRoot() }
    public var mirrored: SenseBranches { SenseBranches(left: right, right: left) }
}

/// The cells of an array: two resistances, the access transistor's, and the spread of the junctions.
public struct SenseCells: Hashable, Sendable {
    /// Junction resistances of the parallel and of the antiparallel state; a stored 1 is the parallel, lower one.
    public var lowOhms: Double
    public var highOhms: Double
    public var accessOhms: Double
    public var sigmaLogResistance: Double

    /// Throws `SensingError` for resistances or a spread that make no sense.
    public init(
        lowOhms: Double, highOhms: Double, accessOhms: Double = 0, sigmaLogResistance: Double = 0
    ) throws(SensingError) {
        try requirePositive("low resistance in ohm", lowOhms)
        try requirePositive("high resistance in ohm", highOhms)
        try require("high resistance in ohm", highOhms, in: lowOhms...Double.greatestFiniteMagnitude)
        try require("access resistance in ohm", accessOhms, in: 0...Double.greatestFiniteMagnitude)
        try require("sigma of ln R", sigmaLogResistance, in: 0...1)
        self.lowOhms = lowOhms
        self.highOhms = highOhms
        self.accessOhms = accessOhms
        self.sigmaLogResistance = sigmaLogResistance
    }

    /// The branch of one cell that stores this bit.
    public func branch(storing bit: Bool) -> SenseBranch {
        .cell(
            junctionOhms: bit ? lowOhms : highOhms, accessOhms: accessOhms, sigmaLogResistance: sigmaLogResistance)
    }

    /// The branch of two activated rows that store these bits.
    public func branch(storing first: Bool, _ second: Bool) -> SenseBranch {
        .parallel(branch(storing: first), branch(storing: second))
    }

    /// Two complementary cells: the left one stores the bit, the right one its inverse; left wins for 1.
    public func complementary(storing bit: Bool) -> SenseBranches {
        SenseBranches(left: branch(storing: bit), right: branch(storing: !bit))
    }

    /// One cell against a reference between the two states, their geometric mean unless one is given; left wins for 1.
    public func midReference(storing bit: Bool, referenceOhms: Double? = nil) -> SenseBranches {
        let between = Self.between(branch(storing: true), branch(storing: false))
        return SenseBranches(left: branch(storing: bit), right: SenseBranch(ohms: referenceOhms ?? between))
    }

    /// Two rows against a reference between two of their three levels; left wins when the function is 1.
    public func dualRow(
        _ function: DualRowFunction, storing first: Bool, _ second: Bool, referenceOhms: Double? = nil
    ) -> SenseBranches {
        let mixed = branch(storing: true, false)
        let between =
            switch function {
            case .and: Self.between(branch(storing: true, true), mixed)
            case .or: Self.between(mixed, branch(storing: false, false))
            }
        return SenseBranches(
            left: branch(storing: first, second), right: SenseBranch(ohms: referenceOhms ?? between))
    }

    /// Geometric mean: equal margins ln(R) to both sides.
    private static func between(_ low: SenseBranch, _ high: SenseBranch) -> Double {
        (low.ohms * high.ohms).squareRoot()
    }
}

/// What two activated rows compute by the place of the reference; XOR is OR and not AND, two senses.
public enum DualRowFunction: String, CaseIterable, Sendable {
    /// Reference between the levels 11 and 10.
    case and
    /// Reference between the levels 10 and 00.
    case or

    public func callAsFunction(_ first: Bool, _ second: Bool) -> Bool {
        self == .and ? first && second : first || second
    }
}
