import Foundation
import Sensing
import Spintronics

/// `hwgen device corners`: what a device keeps, how it is written and read, by temperature.
enum DeviceCornersCommand {
    static let specification = CommandSpecification(
        name: "device corners", summary: "carry a device through temperatures: barrier, writes, reads, retention, life",
        details:
            "The write current is fixed at the overdrive that it has at the device's own temperature, so hot cells are "
            + "written more easily and kept less long. The amplifier's own coefficients are those of its temperature. "
            + "Life is that of the cell that is written most.",
        options: DeviceArguments.options + [
            OptionSpecification(
                "temperature-c", .real(-270...700), placeholder: "C", defaultNote: "-40 25 85 125", occurrence: .list,
                help: "temperatures in degrees Celsius"),
            OptionSpecification(
                "overdrive", .real(0.01...100), placeholder: "I", default: "2",
                help: "write current over the critical one at the device's temperature"),
            OptionSpecification(
                "pulse", .real(1e-12...1e-6), placeholder: "SECONDS", default: "1e-8", help: "width of a write"),
            OptionSpecification(
                "amplifier", .text, placeholder: "NAME|F.toml", help: "adds the error and the disturb of a read"),
            OptionSpecification(
                "sigma-vth", .real(0...1), placeholder: "V", default: "0.03",
                help: "standard deviation of each latch transistor's threshold"),
            OptionSpecification(
                "years", .real(0...1000), default: "10", help: "time for which bits are to be kept"),
            OptionSpecification(
                "writes-per-second", .real(0...1e12), default: "1000", help: "writes of the cell that is written most"),
        ],
        examples: ["hwgen device corners --device retention-stt --amplifier ptm45-pcsa"])

    struct Report: Encodable {
        struct Row: Encodable {
            let temperature_k, delta: Double
            let critical_current_a, tmr, overdrive, write_error_rate: Double?
            /// Nil where the barrier is so low that the well has no rate.
            let retention_loss: Double?
            let sense_error, read_disturb: Double?
        }
        struct Life: Encodable {
            let cycles, lifetime_s: Double
        }
        let device: String
        let years: Double
        let rows: [Row]
        let endurance: [Life]
        let warnings: [String]
    }

    private static let secondsPerYear = 365.25 * 86_400

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let device = try DeviceArguments(command).device
        try OptionConflict.refuse("sigma-vth", in: command, if: !command.isGiven("amplifier"), "without --amplifier")
        let nominal = try device.junction()
        let current = try nominal.criticalCurrentAmperes.map { $0 * (try command.real("overdrive")) }
        var warnings: [String] = []
        let rows = try temperatures(command).map { celsius in
            let corner = try DeviceCorner(device: device, temperatureKelvin: celsius + 273.15)
            warnings += DeviceArguments.warnings(corner.junction, name: "\(device.name) at \(decimal(celsius, 0)) C")
            return try row(command, corner, current)
        }
        warnings.forEach(output.warning)
        let rate = try command.real("writes-per-second")
        let life = [1e12, 1e15].map {
            Report.Life(
                cycles: $0,
                lifetime_s: rate == 0
                    ? .infinity : Endurance.lifetimeSeconds(cycles: $0, writes: 1, inSeconds: 1 / rate))
        }
        let report = Report(
            device: device.name, years: try command.real("years"), rows: rows, endurance: life, warnings: warnings)
        try output.result(report, text: text(report))
        return .done
    }

    private static func temperatures(_ command: ParsedCommand) -> [Double] {
        command.isGiven("temperature-c") ? command.reals("temperature-c") : [-40, 25, 85, 125]
    }

    private static func row(
        _ command: ParsedCommand, _ corner: DeviceCorner, _ current: Double?
    ) throws -> Report.Row {
        let junction = corner.junction
        let pulse = try command.real("pulse")
        var (senseError, disturb): (Double?, Double?)
        if command.isGiven("amplifier"), let resistance = junction.resistance {
            let amplifier = PrechargeSenseAmplifier(try AmplifierArguments.amplifier(command))
            let cells = try SenseCells(
                lowOhms: resistance.parallelOhms, highOhms: resistance.antiparallelOhms)
            let branches = cells.complementary(storing: true)
            senseError = try amplifier.errorProbability(
                branches, spread: SenseSpread(sigmaThresholdVolts: try command.real("sigma-vth"), noise: true))
            let read = try amplifier.read(branches)
            disturb = try corner.readDisturb(amperes: read.peakAmperes, seconds: read.durationSeconds)
        }
        let seconds = try command.real("years") * secondsPerYear
        return Report.Row(
            temperature_k: corner.temperatureKelvin, delta: junction.layer.thermalStability,
            critical_current_a: junction.criticalCurrentAmperes, tmr: junction.resistance?.magnetoresistance,
            overdrive: junction.criticalCurrentAmperes.flatMap { critical in current.map { $0 / critical } },
            write_error_rate: try current.map { try corner.writeErrorRate(amperes: $0, seconds: pulse) },
            retention_loss: try? corner.retentionLoss(seconds: seconds), sense_error: senseError, read_disturb: disturb)
    }

    private static func text(_ report: Report) -> String {
        func number(_ value: Double?, _ format: String, _ scale: Double = 1) -> String {
            value.map { String(format: format, $0 * scale) } ?? "-"
        }
        let head = [
            "T / C", "delta", "Ic0 / uA", "TMR", "I/Ic0", "write error", "lost in \(decimal(report.years, 0)) a",
            "read error",
            "read disturb",
        ]
        let lines = report.rows.map { row in
            [
                decimal(row.temperature_k - 273.15, 0), decimal(row.delta, 1),
                number(row.critical_current_a, "%.1f", 1e6), number(row.tmr, "%.2f"), number(row.overdrive, "%.2f"),
                number(row.write_error_rate, "%.2e"), number(row.retention_loss, "%.2e"),
                number(row.sense_error, "%.2e"),
                number(row.read_disturb, "%.2e"),
            ]
        }
        let table = ([head] + lines).map { $0.map { $0.padding(to: 13) }.joined() }
        let life = report.endurance.map {
            String(format: "%.0e cycles: %.3g years", $0.cycles, $0.lifetime_s / secondsPerYear)
        }
        return (["\(report.device)"] + table + ["life of the cell written most: " + life.joined(separator: ", ")])
            .joined(separator: "\n")
    }
}
