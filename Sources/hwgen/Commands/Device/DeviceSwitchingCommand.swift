import Foundation
import Spintronics

/// `hwgen device switching`: the probability that a pulse switches a device.
enum DeviceSwitchingCommand {
    static let specification = CommandSpecification(
        name: "device switching", summary: "find the probability that a pulse switches a device",
        details: "Every overdrive is asked with every pulse. The overdrive is the current over the critical current of "
            + "the direction; for a device of kind 'sot' it is the damping-like field over the anisotropy field. A closed "
            + "form is refused where it does not hold.",
        options: DeviceArguments.options + [
            OptionSpecification(
                "method", .choice(SwitchingMethod.allCases.map(\.rawValue)), default: "fp",
                help: "fp: Fokker-Planck equation; llg: Monte Carlo of the stochastic LLG equation; closed: formulas"),
            OptionSpecification(
                "overdrive", .real(0...1000), placeholder: "I", occurrence: .list, isRequired: true,
                help: "current over the critical current"),
            OptionSpecification(
                "pulse", .real(0...1e-3), placeholder: "SECONDS", occurrence: .list, isRequired: true,
                help: "width of the pulse at half its amplitude"),
            OptionSpecification(
                "rise", .real(0...1e-3), placeholder: "SECONDS", default: "0", help: "time of the linear rise"),
            OptionSpecification(
                "fall", .real(0...1e-3), placeholder: "SECONDS", default: "0", help: "time of the linear fall"),
            OptionSpecification(
                "relax", .real(0...1e-3), placeholder: "SECONDS", default: "0",
                help: "time between the pulse and the look at the device"),
            OptionSpecification(
                "direction", .choice(Junction.Direction.allCases.map(\.rawValue)), default: "p-to-ap",
                help: "which state is left; they differ by slonczewski_lambda alone"),
            OptionSpecification(
                "assist", .real(0...100), default: "0",
                help: "llg: torque of the strip during a current through the junction, as a field over Hk"),
            OptionSpecification("trials", .integer(1...1 << 30), default: "100000", help: "llg: trials of each row"),
            OptionSpecification(
                "precision", .choice(SwitchingMonteCarlo.Precision.allCases.map(\.rawValue)), default: "single",
                help: "llg: arithmetic"),
            OptionSpecification(
                "noise", .choice(ThermalNoise.allCases.map(\.rawValue)), default: ThermalNoise.threePoint.rawValue,
                help: "llg: numbers of the thermal field"),
            OptionSpecification(
                "step", .real(1e-15...1e-9), placeholder: "SECONDS", defaultNote: "what suits the device",
                help: "llg: largest time step"),
            .seed(), .jobs,
        ],
        examples: [
            "hwgen device switching --device reference-stt --overdrive 1.5 2 3 --pulse 2e-9 5e-9",
            "hwgen device switching --device reference-stt --set delta=60 --method closed --overdrive 3 --pulse 3e-9",
        ])

    struct Report: Encodable {
        struct Row: Encodable {
            let i_over_ic0, pulse_s, p_switch, write_error_rate, sigma: Double
            let method: String
            /// Of devices that the strip's torque writes: the same number by its own name.
            let h_dl_over_hk: Double?
            /// Mean energy of the pulse, where a resistance is known.
            let energy_j: Double?
        }
        let device: String
        let criterion: String
        let rows: [Row]
        let warnings: [String]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let device = try DeviceArguments(command).device
        let junction = try device.junction()
        let method = SwitchingMethod(rawValue: try command.text("method")) ?? .fokkerPlanck
        for option in ["assist", "trials", "precision", "noise", "step"] {
            try OptionConflict.refuse(
                option, in: command, if: method != .monteCarlo, "with --method \(method.rawValue)")
        }
        try OptionConflict.refuse(
            "assist", in: command, if: !device.kind.hasStrip || device.kind == .sot,
            "with devices of kind '\(device.kind.rawValue)'")
        let warnings = DeviceArguments.warnings(junction, name: device.name)
        warnings.forEach(output.warning)
        let relaxation = try command.real("relax")
        let pulses = PulseTrain(
            widthsSeconds: command.reals("pulse"), riseSeconds: try command.real("rise"),
            fallSeconds: try command.real("fall"),
            criterion: relaxation > 0 ? .relaxed(seconds: relaxation) : .pulseEnd)
        let overdrives = command.reals("overdrive")
        let direction = Junction.Direction(rawValue: try command.text("direction")) ?? .parallelToAntiparallel
        let estimates =
            method == .monteCarlo
            ? try followTrials(command, device, junction, overdrives, pulses, output)
            : try estimates(device, junction, method, overdrives, pulses, direction)
        let rows = zip(overdrives, estimates).flatMap { overdrive, row in
            zip(pulses.widthsSeconds, row).map { width, estimate in
                Report.Row(
                    i_over_ic0: overdrive, pulse_s: width, p_switch: estimate.probability,
                    write_error_rate: estimate.writeErrorRate, sigma: estimate.standardError,
                    method: method.rawValue, h_dl_over_hk: device.kind == .sot ? overdrive : nil,
                    energy_j: estimate.energyJoules)
            }
        }
        let report = Report(
            device: device.name,
            criterion: relaxation > 0 ? "\(relaxation) s after the pulse" : "at the end of the pulse", rows: rows,
            warnings: warnings)
        try output.result(report, text: text(report))
        return .done
    }

    private static func followTrials(
        _ command: ParsedCommand, _ device: JunctionDevice, _ junction: Junction, _ overdrives: [Double],
        _ pulses: PulseTrain, _ output: Output
    ) throws -> [[SwitchingEstimate]] {
        let plan = try trials(command)
        let progress = output.progress("Trials", total: plan.trials * overdrives.count, unit: "trials")
        let estimates = try junction.monteCarloSwitching(
            overdrives: overdrives, pulses: pulses,
            torque: device.kind == .sot ? .inStrip : .throughJunction(assist: try command.real("assist")), plan,
            progress: { progress.advance(by: $0) })
        progress.finish()
        return estimates
    }

    private static func trials(_ command: ParsedCommand) throws -> TrialPlan {
        TrialPlan(
            trials: try command.integer("trials"), seed: try command.unsigned("seed"), threads: command.jobs,
            precision: SwitchingMonteCarlo.Precision(rawValue: try command.text("precision")) ?? .single,
            noise: ThermalNoise(rawValue: try command.text("noise")) ?? .threePoint,
            stepSeconds: command.optionalReal("step"))
    }

    private static func estimates(
        _ device: JunctionDevice, _ junction: Junction, _ method: SwitchingMethod, _ overdrives: [Double],
        _ pulses: PulseTrain, _ direction: Junction.Direction
    ) throws -> [[SwitchingEstimate]] {
        if device.kind == .sot {
            throw DeviceError.method(method, device: device.name, kind: device.kind)
        }
        switch method {
        case .fokkerPlanck:
            return try junction.fokkerPlanckSwitching(overdrives: overdrives, pulses: pulses, direction: direction)
        case .closedForm: return try junction.closedFormSwitching(overdrives: overdrives, pulses: pulses)
        case .monteCarlo: preconditionFailure("asked of Monte Carlo itself")
        }
    }

    private static func text(_ report: Report) -> String {
        let head =
            "\(report.device), \(report.criterion)\noverdrive   pulse / s    P(switch)     write error   sigma    method  energy / pJ"
        return
            ([head]
            + report.rows.map {
                String(
                    format: "%9.4g   %9.3e   %.8f    %.4e    %.1e  ", $0.i_over_ic0, $0.pulse_s, $0.p_switch,
                    $0.write_error_rate, $0.sigma) + $0.method.padding(to: 8)
                    + ($0.energy_j.map { String(format: "%.4g", $0 * 1e12) } ?? "-")
            }).joined(separator: "\n")
    }
}
