import Dispatch
import Foundation

/// Switching probabilities by overdrive, time and thermal stability, interpolated from Fokker-Planck solutions: what a
/// model asks once for each cell and pulse.
///
/// Law: ln(−ln P), which is nearly linear in overdrive and time both where writes rarely fail and where they rarely
/// succeed, is interpolated monotonically in each of the three. Measured against the equation itself on random points
/// the probability is right within 1e-3, a write-error rate from 1e-12 on within 1 % and a probability from 1e-6 on
/// within 10 %; a test holds it to that.
/// Times are in units of τD. Asked beyond its ranges it throws. Where current or torque follow the angle the overdrive is
/// that at x = 1, and the table holds for the shape that it was made with.
public struct SwitchingTable: Sendable {
    public let overdrives: ClosedRange<Double>
    public let times: ClosedRange<Double>
    public let thermalStabilities: ClosedRange<Double>

    private let overdriveNodes: [Double]
    private let timeNodes: [Double]
    private let stabilityNodes: [Double]
    /// ln(−ln P), stability outermost, time innermost.
    private let transformed: [Double]

    /// A table about a thermal stability, 30 % to either side, up to an overdrive and a time in τD.
    ///
    /// - Parameter shape: the overdrive at x = cos θ over that at x = 1, the initial state.
    ///
    /// Complexity: a quarter of a second for each unit of 8 overdrives times 40 τD, about; the five stabilities are solved side by side.
    public init(
        thermalStability: Double, largestOverdrive: Double = 6, longestTime: Double = 16,
        shape: @escaping @Sendable (_ x: Double) -> Double = { _ in 1 }
    ) {
        let overdriveNodes = Self.overdriveNodes(to: largestOverdrive)
        let timeNodes = Self.timeNodes(to: longestTime)
        let stabilityNodes = [0.7, 0.85, 1, 1.15, 1.3].map { $0 * thermalStability }
        let drives = overdriveNodes.map { node in
            AxialDrive(overdrive: { x, share in node * share * shape(x) })
        }
        let slab = drives.count * timeNodes.count
        var transformed = [Double](repeating: 0, count: stabilityNodes.count * slab)
        transformed.withUnsafeMutableBufferPointer { buffer in
            // Each thermal stability has its own part.
            nonisolated(unsafe) let buffer = buffer
            DispatchQueue.concurrentPerform(iterations: stabilityNodes.count) { index in
                let solver = FokkerPlanck(thermalStability: stabilityNodes[index], cells: 800)
                var place = index * slab
                for row in solver.outcomes(drives: drives, plateaus: Array(timeNodes.dropFirst())) {
                    // At no time nothing has switched: as good as impossible.
                    for value in [log(Self.impossible)] + row.map({ Self.transform($0) }) {
                        buffer[place] = value
                        place += 1
                    }
                }
            }
        }
        overdrives = 0...largestOverdrive
        times = 0...longestTime
        thermalStabilities = stabilityNodes[0]...stabilityNodes[4]
        self.overdriveNodes = overdriveNodes
        self.timeNodes = timeNodes
        self.stabilityNodes = stabilityNodes
        self.transformed = transformed
    }

    /// −ln of the smallest probability that is told from none.
    private static let impossible = 80.0

    private static func transform(_ outcome: FokkerPlanck.Outcome) -> Double {
        // −ln P as −ln(1 − W) where W is the smaller.
        let exponent = outcome.remaining < 0.5 ? -log1p(-outcome.remaining) : -log(outcome.switched)
        return log(min(max(exponent, 1e-18), impossible))
    }

    private static func overdriveNodes(to largest: Double) -> [Double] {
        var nodes: [Double] = []
        var next = 0.0
        while next < largest {
            nodes.append(next)
            next = ((next + (next > 0.55 && next < 1.95 ? 0.05 : 0.1)) * 100).rounded() / 100
        }
        return nodes + [largest]
    }

    private static func timeNodes(to longest: Double) -> [Double] {
        var nodes = [0, 0.02]
        while let last = nodes.last, last < longest {
            nodes.append(min(longest, last + min(max(last < 0.6 ? 0.02 : 0.05, 0.08 * last), 0.5)))
        }
        return nodes
    }

    /// The probability of having switched, and of not having, after a time in τD.
    ///
    /// Throws `DeviceError.outsideTable` beyond the ranges. Complexity: 64 nodes, about a microsecond.
    public func switching(
        overdrive: Double, time: Double, thermalStability: Double
    ) throws(DeviceError) -> SwitchingEstimate {
        guard overdrives.contains(overdrive) else {
            throw .outsideTable(name: "overdrive", found: overdrive, allowed: overdrives)
        }
        guard times.contains(time) else {
            throw .outsideTable(name: "pulse over the relaxation time", found: time, allowed: times)
        }
        guard thermalStabilities.contains(thermalStability) else {
            throw .outsideTable(name: "thermal stability", found: thermalStability, allowed: thermalStabilities)
        }
        let i = MonotoneCubic.interval(overdrive, in: overdriveNodes)
        let t = MonotoneCubic.interval(time, in: timeNodes)
        let s = MonotoneCubic.interval(thermalStability, in: stabilityNodes)
        let exponent = exp(
            MonotoneCubic.value(at: thermalStability, interval: s, nodes: stabilityNodes) { stability in
                MonotoneCubic.value(at: overdrive, interval: i, nodes: overdriveNodes) { overdrive in
                    let row = (stability * overdriveNodes.count + overdrive) * timeNodes.count
                    return MonotoneCubic.value(at: time, interval: t, nodes: timeNodes) { transformed[row + $0] }
                }
            })
        return SwitchingEstimate(probability: exp(-exponent), writeErrorRate: -expm1(-exponent))
    }
}
