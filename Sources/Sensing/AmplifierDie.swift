import Foundation
import Randomness

/// The threshold shifts of the four latch transistors of one amplifier, in volt, of SPICE's sign (`delvto`).
public struct ThresholdShifts: Hashable, Sendable {
    public var nmosLeft: Double
    public var nmosRight: Double
    public var pmosLeft: Double
    public var pmosRight: Double

    public init(nmosLeft: Double = 0, nmosRight: Double = 0, pmosLeft: Double = 0, pmosRight: Double = 0) {
        self.nmosLeft = nmosLeft
        self.nmosRight = nmosRight
        self.pmosLeft = pmosLeft
        self.pmosRight = pmosRight
    }
}

/// One die: what its amplifiers and cells are like, drawn once by key, so a weak amplifier stays weak.
///
/// Keying, each of standard normals by `KeyedStream.nextNormal`: amplifier k takes four from the
/// `KeyedStream` with stream `thresholdStream` and block0 = k, in the order of `ThresholdShifts`; the cells of an
/// amplifier's column take two, left and right, from stream `junctionStream`, block0 = row, block1 = column.
public struct AmplifierDie: Hashable, Sendable {
    public static let thresholdStream: UInt32 = 0x5654_4831
    public static let junctionStream: UInt32 = 0x4D54_4A31
    /// Stream of the events, thermal noise and coins; block0 = row, block1 = column.
    public static let eventStream: UInt32 = 0x4556_5431

    public let seed: UInt64

    public init(seed: UInt64) { self.seed = seed }

    /// Throws `SensingError.outOfRange` for a number of amplifiers that has no keys.
    static func check(amplifiers: Int) throws(SensingError) {
        try require("number of amplifiers", Double(amplifiers), in: 0...0x1p32)
    }

    /// The threshold shifts of amplifier `k` for a standard deviation in volt.
    public func thresholds(amplifier k: UInt32, sigmaVolts: Double) -> ThresholdShifts {
        var stream = KeyedStream(seed: seed, stream: Self.thresholdStream, block0: k)
        return ThresholdShifts(
            nmosLeft: sigmaVolts * stream.nextNormal(),
            nmosRight: sigmaVolts * stream.nextNormal(),
            pmosLeft: sigmaVolts * stream.nextNormal(),
            pmosRight: sigmaVolts * stream.nextNormal())
    }

    /// The two cells of a column as standard normals: multiples of the branches' own sigma of ln R.
    public func junctions(row: UInt32, column: UInt32) -> (left: Double, right: Double) {
        var stream = KeyedStream(seed: seed, stream: Self.junctionStream, block0: row, block1: column)
        return (stream.nextNormal(), stream.nextNormal())
    }
}

/// What varies in a population of amplifiers.
public enum SensingMode: String, CaseIterable, Sendable {
    /// Mismatch and junction spread, drawn once per die: the same senses fail each time.
    case fixed = "static"
    /// Thermal noise alone, drawn per event, on nominal amplifiers and cells.
    case dynamic
    /// Both: noise on the margin that the die left.
    case combined
}

/// Amplifier k of a die at one sense: its margin, and how much slower or faster than nominal it is.
struct AmplifierState {
    /// ln(R_right / R_left) less the amplifier's offset; positive when left wins.
    var margin: Double
    /// Factor of the delay when left wins, and when right wins.
    var leftFactor: Double
    var rightFactor: Double
}

extension PrechargeSenseAmplifier {
    /// The margin at which an amplifier with these shifts flips: it decides for left above it.
    ///
    /// See `BoundaryCoefficients`; the same bits on every CPU.
    public func offset(_ shifts: ThresholdShifts, geometricMeanOhms: Double) -> Double {
        let boundary = technology.boundary
        return boundary.nmosSlope(geometricMeanOhms: geometricMeanOhms) * (shifts.nmosLeft - shifts.nmosRight)
            + boundary.pmosPerVolt * (shifts.pmosLeft - shifts.pmosRight)
    }

    /// ln(R_right / R_left), the same bits on every CPU.
    func logRatio(_ branches: SenseBranches) -> Double { portableLog(branches.right.ohms / branches.left.ohms) }

    /// Delay of one amplifier: that of its effective margin and winner, times exp of the threshold shifts' effect.
    public func delaySeconds(_ branches: SenseBranches, shifts: ThresholdShifts) throws(SensingError) -> Double {
        try check(branches)
        let margin = logRatio(branches) - offset(shifts, geometricMeanOhms: branches.geometricMeanOhms)
        let winner = margin > 0 ? branches.left : branches.right
        return delaySeconds(winnerOhms: winner.ohms, margin: margin.magnitude)
            * delayFactor(shifts, leftWins: margin > 0)
    }

    func delayFactor(_ shifts: ThresholdShifts, leftWins: Bool) -> Double {
        let delay = technology.delay
        let nmos = leftWins ? shifts.nmosLeft : shifts.nmosRight
        return exp(delay.nmosPerVolt * nmos + delay.pmosPerVolt * 0.5 * (shifts.pmosLeft + shifts.pmosRight))
    }

    /// The senses of a die's amplifiers without time limit: bit k mod 64 of word k / 64 is set where left wins.
    ///
    /// Amplifier k senses its own pair of cells of one row, `branches` moved by the die's junctions. This is the Monte
    /// Carlo of `errorProbability`: each amplifier is one sample, and the same seed gives the same bits on every CPU.
    /// Complexity: six normal draws an amplifier, four when no junction spreads. Throws `SensingError.outsideDomain`, and
    /// `.outOfRange` for more than 2³² amplifiers.
    public func staticDecisions(
        _ branches: SenseBranches, die: AmplifierDie, row: UInt32 = 0, amplifiers: Int, spread: SenseSpread
    ) throws(SensingError) -> [UInt64] {
        try check(branches)
        try check(spread, branches)
        try AmplifierDie.check(amplifiers: amplifiers)
        let nominal = logRatio(branches)
        let geometricMean = branches.geometricMeanOhms
        let (left, right) = (branches.left.sigmaLogResistance, branches.right.sigmaLogResistance)
        let drawsJunctions = spread.junctions && left + right > 0
        var words = [UInt64](repeating: 0, count: (amplifiers + 63) / 64)
        for k in 0..<amplifiers {
            let key = UInt32(truncatingIfNeeded: k)
            let shifts = die.thresholds(amplifier: key, sigmaVolts: spread.sigmaThresholdVolts)
            var margin = nominal - offset(shifts, geometricMeanOhms: geometricMean)
            if drawsJunctions {
                let cells = die.junctions(row: row, column: key)
                margin += right * cells.right - left * cells.left
            }
            if margin > 0 { words[k / 64] |= 1 << UInt64(k % 64) }
        }
        return words
    }
}
