import Foundation

/// A measured sense without mismatch: the lower and the higher branch resistance, and a value.
public struct SensePoint: Hashable, Sendable {
    public var lowOhms: Double
    public var highOhms: Double
    public var value: Double

    public init(lowOhms: Double, highOhms: Double, value: Double) {
        self.lowOhms = lowOhms
        self.highOhms = highOhms
        self.value = value
    }

    var margin: Double { log(highOhms / lowOhms) }
}

/// A measured boundary: 1 V between the N thresholds, or the P thresholds, moves ln(R_right / R_left) by the slope.
public struct BoundaryPoint: Hashable, Sendable {
    public var geometricMeanOhms: Double
    public var slopePerVolt: Double

    public init(geometricMeanOhms: Double, slopePerVolt: Double) {
        self.geometricMeanOhms = geometricMeanOhms
        self.slopePerVolt = slopePerVolt
    }
}

extension DelayCoefficients {
    /// Fits the five coefficients of the delay without mismatch and keeps the threshold factors.
    public mutating func fit(_ points: [SensePoint]) throws(SensingError) -> FitResidual {
        let growth = points.map { decades(ofMargin: $0.margin) }
        let (c, residual) = try LeastSquares.fit(
            law: "delay",
            basis: [
                points.map { _ in 1 }, points.map(\.lowOhms), growth, zip(points, growth).map { $0.lowOhms * $1 },
                points.map(\.margin),
            ], values: points.map(\.value))
        (constantSeconds, secondsPerOhm, growthSeconds) = (c[0], c[1], c[2])
        (growthSecondsPerOhm, marginSeconds) = (c[3], c[4])
        return residual
    }
}

extension EnergyCoefficients {
    /// Fits the four coefficients of the evaluation's energy and keeps the pre-charge's.
    public mutating func fit(_ points: [SensePoint]) throws(SensingError) -> FitResidual {
        let (c, residual) = try LeastSquares.fit(
            law: "evaluation energy",
            basis: [
                points.map { _ in 1 }, points.map { 1 / $0.lowOhms }, points.map { decades(ofMargin: $0.margin) },
                points.map(\.margin),
            ], values: points.map(\.value))
        (constantJoules, jouleOhms, growthJoules, marginJoules) = (c[0], c[1], c[2], c[3])
        return residual
    }
}

extension BoundaryCoefficients {
    /// Fits the three coefficients of the N slope and keeps the P slope.
    public mutating func fitNMOS(_ points: [BoundaryPoint]) throws(SensingError) -> FitResidual {
        let (c, residual) = try LeastSquares.fit(
            law: "N slope of the boundary",
            basis: [
                points.map { _ in 1 }, points.map { 1 / $0.geometricMeanOhms.squareRoot() },
                points.map { 1 / $0.geometricMeanOhms },
            ], values: points.map(\.slopePerVolt))
        (nmosPerVolt, nmosRootOhmsPerVolt, nmosOhmsPerVolt) = (c[0], c[1], c[2])
        return residual
    }

    /// Fits the P slope and keeps the N slope.
    public mutating func fitPMOS(_ points: [BoundaryPoint]) throws(SensingError) -> FitResidual {
        let (c, residual) = try LeastSquares.fit(
            law: "P slope of the boundary", basis: [points.map { _ in 1 }], values: points.map(\.slopePerVolt))
        pmosPerVolt = c[0]
        return residual
    }
}

extension ReadCoefficients {
    /// Fits the current's two coefficients to peak currents, and the charge to charges, of the branch that discharges.
    public mutating func fit(
        peaks: [SensePoint], charges: [SensePoint]
    ) throws(SensingError) -> (peak: FitResidual, charge: FitResidual) {
        // 1 / I is linear in R, so its relative differences are those of I to first order.
        let (c, peak) = try LeastSquares.fit(
            law: "peak read current", basis: [peaks.map(\.lowOhms), peaks.map { _ in 1 }],
            values: peaks.map { 1 / $0.value })
        let (q, charge) = try LeastSquares.fit(
            law: "read charge", basis: [charges.map { _ in 1 }], values: charges.map(\.value))
        (driveVolts, driveOhms, chargeCoulombs) = (1 / c[0], c[1] / c[0], q[0])
        return (peak, charge)
    }
}
