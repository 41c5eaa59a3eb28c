import Foundation
import Spintronics

/// `hwgen device string`: erase and program a NAND-SPIN string.
enum DeviceStringCommand {
    static let specification = CommandSpecification(
        name: "device string",
        summary: "find how often a NAND-SPIN string is erased and programmed rightly, and at what energy",
        details:
            "All junctions are erased to the antiparallel state by a current in the strip with a current through the "
            + "junctions that outlasts it; then each one is programmed to the parallel state by itself. Erasing is found "
            + "by trials of the stochastic equation, from either state; programming by the Fokker-Planck equation. Currents "
            + "through junctions count I^2 R of each angle, the strip I^2 R.",
        options: DeviceArguments.options + [
            OptionSpecification(
                "erase-field", .real(0...10), default: "0.7", help: "damping-like field of the strip over Hk"),
            OptionSpecification(
                "erase-overdrive", .real(0...10), default: "1", help: "current through a junction meanwhile, over Ic0"),
            OptionSpecification(
                "erase-pulse", .real(1e-12...1e-6), placeholder: "SECONDS", default: "1e-9",
                help: "width of the strip's pulse"),
            OptionSpecification(
                "erase-edge", .real(0...1e-6), placeholder: "SECONDS", default: "2e-10", help: "its rise and its fall"),
            OptionSpecification(
                "hold", .real(0...1e-6), placeholder: "SECONDS", default: "1e-9",
                help: "time for which the current through the junctions goes on"),
            OptionSpecification(
                "overdrive", .real(0...100), placeholder: "I", occurrence: .list, isRequired: true,
                help: "programming currents over the critical one"),
            OptionSpecification(
                "pulse", .real(1e-12...1e-6), placeholder: "SECONDS", occurrence: .list, isRequired: true,
                help: "programming pulses"),
            OptionSpecification("trials", .integer(1...1 << 30), default: "100000", help: "trials of the erasure"),
            .seed(), .jobs,
        ],
        examples: ["hwgen device string --device nand-spin-8 --overdrive 3 4 --pulse 1e-9 3e-9"])

    struct Report: Encodable {
        struct Erase: Encodable {
            let error_from_parallel, error_from_antiparallel, sigma: Double
            let strip_current_a, strip_energy_j: Double
        }
        struct Row: Encodable {
            let i_over_ic0, pulse_s, p_switch, write_error_rate, current_a: Double
            let energy_j: Double?
        }
        let device: String
        let junctions: Int
        let erase: Erase
        let rows: [Row]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let device = try DeviceArguments(command).device
        guard device.kind == .nandSpin, let strip = try device.junction().strip else {
            throw DeviceStringError.kind(device.name, device.kind)
        }
        let junction = try device.junction()
        let erase = try erasure(command, junction, strip)
        let pulses = PulseTrain(widthsSeconds: command.reals("pulse"))
        let overdrives = command.reals("overdrive")
        let estimates = try junction.fokkerPlanckSwitching(
            overdrives: overdrives, pulses: pulses, direction: .antiparallelToParallel)
        let critical = (junction.criticalCurrentAmperes ?? 0) / junction.torqueShare(cosine: -1)
        let rows = zip(overdrives, estimates).flatMap { overdrive, row in
            zip(pulses.widthsSeconds, row).map { width, estimate in
                Report.Row(
                    i_over_ic0: overdrive, pulse_s: width, p_switch: estimate.probability,
                    write_error_rate: estimate.writeErrorRate, current_a: overdrive * critical,
                    energy_j: estimate.energyJoules)
            }
        }
        let report = Report(
            device: device.name, junctions: Int(device[.junctionsPerString] ?? 1), erase: erase, rows: rows)
        try output.result(report, text: text(report))
        return .done
    }

    private static func erasure(
        _ command: ParsedCommand, _ junction: Junction, _ strip: HeavyMetalStrip
    ) throws -> Report.Erase {
        let field = try command.real("erase-field")
        let edge = try command.real("erase-edge")
        let pulse = Pulse(
            widthSeconds: try command.real("erase-pulse"), riseSeconds: edge, fallSeconds: edge)
        let dynamics = MacrospinDynamics(
            layer: junction.layer, biasField: SIMD3(strip.inPlaneFieldOverAnisotropy, 0, 0))
        let string = NandSpinString(
            dynamics: dynamics, junctions: 2, erase: pulse,
            eraseDrive: TorqueDrive(
                overdrive: try command.real("erase-overdrive"), dampingLike: field,
                fieldLike: field * strip.fieldLikeRatio),
            eraseHoldSeconds: try command.real("hold"), settleSeconds: 1e-9, program: Pulse(widthSeconds: 0),
            programOverdrive: 0)
        // Two junctions, one in each state, tell all: the others are like them.
        let estimate = try string.estimate(
            storing: [false, false], over: [true, false],
            like: SwitchingMonteCarlo(dynamics, seed: try command.unsigned("seed")),
            trials: try command.integer("trials"), threads: command.jobs)
        let amperes = strip.currentAmperes(fieldOverAnisotropy: field, layer: junction.layer) ?? 0
        return Report.Erase(
            error_from_parallel: estimate.erased[0].writeErrorRate,
            error_from_antiparallel: estimate.erased[1].writeErrorRate,
            sigma: max(estimate.erased[0].standardError, estimate.erased[1].standardError),
            strip_current_a: amperes, strip_energy_j: strip.energyJoules(amperes: amperes, pulse: pulse) ?? 0)
    }

    private static func text(_ report: Report) -> String {
        let erase = report.erase
        let head = String(
            format: "%@: erasing fails with %.1e (parallel before) and %.1e (antiparallel before), sigma %.0e;\n"
                + "the strip carries %.0f uA and takes %.3f pJ for all %d junctions\n"
                + "I/Ic0   current/uA   pulse / s   P(switch)    write error   energy / pJ",
            report.device, erase.error_from_parallel, erase.error_from_antiparallel, erase.sigma,
            erase.strip_current_a * 1e6, erase.strip_energy_j * 1e12, report.junctions)
        return
            ([head]
            + report.rows.map {
                String(
                    format: "%5.3g   %10.1f   %.2e   %.8f   %.4e   ", $0.i_over_ic0, $0.current_a * 1e6, $0.pulse_s,
                    $0.p_switch, $0.write_error_rate) + ($0.energy_j.map { String(format: "%11.4g", $0 * 1e12) } ?? "-")
            }).joined(separator: "\n")
    }
}

/// A device that is no string.
enum DeviceStringError: Error, Equatable, CustomStringConvertible {
    case kind(String, DeviceKind)

    var description: String {
        switch self {
        case .kind(let name, let kind):
            "--device: found '\(name)' of kind '\(kind.rawValue)', allowed a device of kind 'nand-spin'"
        }
    }
}
