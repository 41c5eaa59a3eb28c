import Figures
import Foundation
import Spintronics

/// The figures of `hwgen device plot`, each from the models alone.
struct DeviceFigures {
    let device: JunctionDevice
    let junction: Junction

    init(_ device: JunctionDevice) throws {
        self.device = device
        junction = try device.junction()
    }

    private static let overdrives = [1.25, 1.5, 2, 3]

    /// Probability of switching against the pulse: the equation as lines, closed forms dashed where they hold, trials of
    /// the stochastic equation as points with their standard errors.
    func switching(_ plan: TrialPlan) throws -> Figure {
        let widths = (1...150).map { Double($0) * 0.1e-9 }
        let exact = try junction.fokkerPlanckSwitching(
            overdrives: Self.overdrives, pulses: PulseTrain(widthsSeconds: widths))
        var series: [Figure.Series] = []
        for (index, (overdrive, row)) in zip(Self.overdrives, exact).enumerated() {
            series.append(
                .init(
                    "Fokker-Planck, I/Ic0 = \(overdrive)", .line, color: index,
                    zip(widths, row).map { .init($0 * 1e9, $1.probability) }))
            if ClosedForm.ballistic.contains(overdrive),
                ClosedForm.thermalStabilities.contains(junction.layer.thermalStability)
            {
                let closed = try junction.closedFormSwitching(
                    overdrives: [overdrive], pulses: PulseTrain(widthsSeconds: widths))[0]
                series.append(
                    .init(
                        "closed form, where it holds", .dashedLine, color: 6,
                        zip(widths, closed).map { .init($0 * 1e9, $1.probability) }))
            }
        }
        let counted = [1.0, 2, 3, 4, 5, 6, 8, 10, 12, 14].map { $0 * 1e-9 }
        let trials = try junction.monteCarloSwitching(
            overdrives: Self.overdrives, pulses: PulseTrain(widthsSeconds: counted),
            torque: .throughJunction(assist: 0),
            plan)
        for (index, row) in trials.enumerated() {
            series.append(
                .init(
                    "Monte Carlo, \(plan.trials) trials each", .points, color: index,
                    zip(counted, row).map { .init($0 * 1e9, $1.probability, error: $1.standardError) }))
        }
        return Figure(
            "\(device.name): switching by a rectangular pulse", x: .init("pulse width / ns", range: 0...15),
            y: .init("probability of switching", range: 0...1), legend: .bottomRight, series)
    }

    /// Write-error rate against the pulse, deep into the tail.
    func writeErrors() throws -> Figure {
        let widths = (1...120).map { Double($0) * 0.25e-9 }
        let exact = try junction.fokkerPlanckSwitching(
            overdrives: Self.overdrives, pulses: PulseTrain(widthsSeconds: widths))
        let series = zip(Self.overdrives, exact).enumerated().map { index, pair in
            Figure.Series(
                "I/Ic0 = \(pair.0)", .line, color: index,
                zip(widths, pair.1).map { .init($0 * 1e9, $1.writeErrorRate) })
        }
        return Figure(
            "\(device.name): write errors", x: .init("pulse width / ns", range: 0...30),
            y: .init("write-error rate", isLogarithmic: true, range: 1e-12...1), legend: .topRight, series)
    }

    /// Energy against write-error rate: along each curve the pulse grows longer. Nil for a device without resistance.
    func energy() throws -> Figure? {
        guard let resistance = junction.resistance, let critical = junction.criticalCurrentAmperes else { return nil }
        let accessOhms = device[.accessResistance] ?? 0
        let rate = junction.layer.relaxationPerSecond
        let widths = (1...100).map { Double($0) * 0.25e-9 }
        let direction = Junction.Direction.parallelToAntiparallel
        let series = try [1.5, 2, 2.5, 3].enumerated().map { index, overdrive in
            // The supply that gives the overdrive in the state that is left.
            let amperes = overdrive * critical
            let volts = resistance.volts(amperes: amperes, cosine: 1) + amperes * accessOhms
            let drive = try junction.drive(.voltage(supplyVolts: volts, accessOhms: accessOhms), direction)
            let outcomes = FokkerPlanck(thermalStability: junction.layer.thermalStability, cells: 600).outcomes(
                drives: [drive], plateaus: widths.map { $0 * rate })[0]
            return Figure.Series(
                String(format: "%.2f V (starts at %.1f Ic0)", volts, overdrive), .line, color: index,
                outcomes.map { .init($0.remaining, $0.work / rate * 1e12) })
        }
        return Figure(
            "\(device.name): energy of a write, parallel to antiparallel",
            x: .init("write-error rate", isLogarithmic: true, range: 1e-12...1), y: .init("energy / pJ"),
            legend: .topRight, series)
    }
}
