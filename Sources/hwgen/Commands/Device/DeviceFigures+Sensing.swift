import Figures
import Foundation
import Sensing
import Spintronics

/// The figures of sensing: error against magnetoresistance and mismatch, and the amplifier's waves by ngspice.
struct SensingFigures {
    let amplifier: PrechargeSenseAmplifier
    let resistance: JunctionResistance
    let title: String

    /// Error of a complementary and of a mid-reference sense against TMR at the device's parallel resistance.
    func errors() throws -> Figure {
        let domain = amplifier.technology.domain
        let low = min(max(resistance.parallelOhms, domain.lowOhms.lowerBound), domain.lowOhms.upperBound)
        var series: [Figure.Series] = []
        for (index, millivolts) in [15.0, 30, 45].enumerated() {
            let spread = SenseSpread(sigmaThresholdVolts: millivolts / 1000)
            for isComplementary in [true, false] {
                let points = try (1...75).compactMap { step -> Figure.Point? in
                    let magnetoresistance = Double(step) * 0.04
                    let cells = try SenseCells(lowOhms: low, highOhms: low * (1 + magnetoresistance))
                    let branches =
                        isComplementary ? cells.complementary(storing: true) : cells.midReference(storing: false)
                    let error = try? amplifier.errorProbability(branches, spread: spread)
                    return error.map { .init(100 * magnetoresistance, $0) }
                }
                series.append(
                    .init(
                        "\(Int(millivolts)) mV, \(isComplementary ? "two cells" : "cell and reference")",
                        isComplementary ? .line : .dashedLine, color: index, points))
            }
        }
        return Figure(
            "\(amplifier.technology.name): errors by threshold mismatch, Rp = \(String(format: "%.1f", low / 1000)) kohm",
            x: .init("magnetoresistance / %", range: 0...300),
            y: .init("probability of a wrong bit", isLogarithmic: true, range: 1e-9...1), legend: .outside, series)
    }

    /// The two outputs and the sense signal while the device's states are compared.
    func waves(_ models: TransistorModels) throws -> Figure {
        let deck = SpiceDeck(
            circuit: amplifier.technology.circuit, models: models,
            sense: SpiceSense(leftOhms: resistance.parallelOhms, rightOhms: resistance.antiparallelOhms))
        let waves = try deck.waves()
        func series(_ name: String, _ style: Figure.Style, _ color: Int, _ volts: [Double]) -> Figure.Series {
            .init(name, style, color: color, zip(waves.timesSeconds, volts).map { .init($0 * 1e12, $1) })
        }
        return Figure(
            "\(amplifier.technology.name) by ngspice, \(title)", x: .init("time / ps", range: 0...300),
            y: .init("voltage / V"),
            legend: .topRight,
            [
                series("output, parallel side", .line, 0, waves.leftVolts),
                series("output, antiparallel side", .line, 1, waves.rightVolts),
                series("sense signal", .dashedLine, 6, waves.senseVolts),
            ])
    }
}
