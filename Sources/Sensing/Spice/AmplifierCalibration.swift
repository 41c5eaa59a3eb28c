import Foundation

/// Fits the coefficients of an amplifier to ngspice runs of its circuit.
public struct AmplifierCalibration: Sendable {
    public var circuit: AmplifierCircuit
    public var models: TransistorModels
    /// Low resistances and ratios of the grid on which delay, energy and read current are measured.
    public var lowOhms: [Double] = [2000, 3000, 4500, 6500, 10000, 15000]
    public var ratios: [Double] = [1.02, 1.05, 1.15, 1.4, 2, 4]
    /// Geometric means at which the boundary is measured.
    public var geometricMeansOhms: [Double] = [2000, 3000, 4500, 8000, 14000, 30000]
    /// Threshold shift of those measurements, half on either side.
    public var shiftVolts = 0.05
    public var stepSeconds = 0.5e-12
    /// End of each sense: well beyond the longest delay.
    public var stopSeconds = 0.6e-9
    public var runner = SpiceRunner()

    public init(circuit: AmplifierCircuit, models: TransistorModels) {
        self.circuit = circuit
        self.models = models
    }

    /// A calibrated amplifier, and what each law leaves.
    public struct Result: Sendable {
        public let technology: AmplifierTechnology
        public let residuals: [FitResidual]
    }

    /// Runs all measurements, about 250 senses, and fits.
    ///
    /// Thermal noise cannot be had from these runs: it is a given, one sigma in volt between the N thresholds.
    /// Throws `SensingError.noModels`, `.missingProgram`, `.program`, `.noMeasurement`, `.tooFewPoints`.
    public func calibrate(name: String, source: String, noiseVolts: Double) throws(SensingError) -> Result {
        var technology = AmplifierTechnology.ptm45
        (technology.name, technology.source) = (name, source)
        (technology.circuit, technology.noiseVolts) = (circuit, noiseVolts)
        let ends = (
            low: lowOhms.min() ?? 0, high: lowOhms.max() ?? 0, most: ratios.max() ?? 1, least: ratios.min() ?? 1
        )
        technology.domain = AmplifierDomain(lowOhms: ends.low...ends.high, ratio: ends.least...ends.most)
        var residuals = try fitGrid(&technology)
        residuals += try fitBoundary(&technology)
        try fitThresholds(&technology)
        residuals.append(try fitPrecharge(&technology))
        return Result(technology: technology, residuals: residuals)
    }

    private var deck: SpiceDeck {
        SpiceDeck(circuit: circuit, models: models, sense: SpiceSense(leftOhms: 6000, rightOhms: 12000))
    }

    private func fitGrid(_ technology: inout AmplifierTechnology) throws(SensingError) -> [FitResidual] {
        let pairs = lowOhms.flatMap { low in ratios.map { (low, low * $0) } }
        let results = try deck.simulate(
            pairs.map { SpiceSample(leftOhms: [$0.0], rightOhms: [$0.1]) }, runner: runner, stepSeconds: stepSeconds,
            stopSeconds: stopSeconds)
        func points(_ value: (SpiceResult) -> Double) -> [SensePoint] {
            zip(pairs, results).map { SensePoint(lowOhms: $0.0, highOhms: $0.1, value: value($1)) }
        }
        guard results.allSatisfy({ $0.delaySeconds != nil }) else { throw .noMeasurement("zt of the grid") }
        let delay = try technology.delay.fit(points { $0.delaySeconds ?? 0 })
        let energy = try technology.energy.fit(points(\.evaluationJoules))
        let read = try technology.read.fit(peaks: points(\.leftPeakAmperes), charges: points(\.leftCoulombs))
        return [delay, energy, read.peak, read.charge]
    }

    private func fitBoundary(_ technology: inout AmplifierTechnology) throws(SensingError) -> [FitResidual] {
        let half = 0.5 * shiftVolts
        let shifts = [
            ThresholdShifts(nmosLeft: half, nmosRight: -half), ThresholdShifts(pmosLeft: half, pmosRight: -half),
        ]
        let searches = shifts.flatMap { shift in
            geometricMeansOhms.map { BoundarySearch(geometricMeanOhms: $0, shifts: shift) }
        }
        let slopes = try deck.flips(searches, runner: runner, stopSeconds: stopSeconds).map { $0 / shiftVolts }
        let points = zip(searches, slopes).map {
            BoundaryPoint(geometricMeanOhms: $0.geometricMeanOhms, slopePerVolt: $1)
        }
        let count = geometricMeansOhms.count
        return [
            try technology.boundary.fitNMOS(Array(points[..<count])),
            try technology.boundary.fitPMOS(Array(points[count...])),
        ]
    }

    /// Shifts both thresholds of a kind, which leaves the margin alone, and takes the slope of ln(delay).
    private func fitThresholds(_ technology: inout AmplifierTechnology) throws(SensingError) {
        let v = shiftVolts
        let pairs = [(3000.0, 1.5), (6000, 1.2), (6000, 2), (10000, 1.5)]
        let shifts = [
            ThresholdShifts(nmosLeft: v, nmosRight: v), ThresholdShifts(nmosLeft: -v, nmosRight: -v),
            ThresholdShifts(pmosLeft: v, pmosRight: v), ThresholdShifts(pmosLeft: -v, pmosRight: -v),
        ]
        let samples = pairs.flatMap { pair in
            shifts.map { SpiceSample(leftOhms: [pair.0], rightOhms: [pair.0 * pair.1], shifts: $0) }
        }
        let delays = try deck.simulate(
            samples, runner: runner, stepSeconds: stepSeconds, stopSeconds: stopSeconds
        ).compactMap(\.delaySeconds)
        guard delays.count == samples.count else { throw .noMeasurement("zt with shifted thresholds") }
        func slope(_ first: Int) -> Double {
            let slopes = pairs.indices.map { log(delays[4 * $0 + first] / delays[4 * $0 + first + 1]) / (2 * v) }
            return slopes.reduce(0, +) / Double(slopes.count)
        }
        (technology.delay.nmosPerVolt, technology.delay.pmosPerVolt) = (slope(0), slope(2))
    }

    private func fitPrecharge(_ technology: inout AmplifierTechnology) throws(SensingError) -> FitResidual {
        let parts = [0.5, 0.1, 0.01, 0.001]
        let (seconds, joules) = try deck.precharge(
            parts: parts, runner: runner, stepSeconds: stepSeconds, evaluationSeconds: stopSeconds)
        technology.energy.prechargeJoules = joules
        // Through the two ends, so that the time to a small residue is right.
        let constant = (seconds[3] - seconds[0]) / log(parts[0] / parts[3])
        let start = seconds[0] + constant * log(parts[0])
        let start0 = 0.02 * circuit.supplyVolts
        var shifted = deck
        shifted.startVolts = start0
        let geometricMean = 6000.0
        let flip = try shifted.flips(
            [BoundarySearch(geometricMeanOhms: geometricMean, shifts: ThresholdShifts())], runner: runner,
            stopSeconds: stopSeconds)[0]
        let gain = abs(flip) / start0 / technology.boundary.nmosSlope(geometricMeanOhms: geometricMean)
        technology.precharge = PrechargeCoefficients(
            startSeconds: start, timeConstantSeconds: constant, historyGain: gain)
        let law = zip(parts, seconds).map { (start - constant * log($0)) / $1 - 1 }
        return FitResidual(law: "pre-charge time", differences: law)
    }
}
