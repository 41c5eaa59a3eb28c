import Engine
import Golden
import Sensing
import Spintronics

/// A die of an array as the demo's options describe it, and the phases of a sense that its clock leads to.
struct DieArguments {
    let die: ArrayDie
    let phases: Engine.SensePhases

    static let options = [
        OptionSpecification(
            "device", .text, placeholder: "NAME|F.toml",
            help: "take errors from the cells of this device instead of --upset-rate; needs --amplifier"),
        OptionSpecification(
            "amplifier", .text, placeholder: "NAME|F.toml", help: "the amplifiers that read them"),
        OptionSpecification(
            "set", .keyValue, occurrence: .repeated, help: "a parameter of the device, in SI units"),
        OptionSpecification("die", .unsigned(0...UInt64.max), default: "1", help: "seed of what the die is like"),
        OptionSpecification(
            "cells", .choice(ArrayDie.Arrangement.allCases.map(\.rawValue)), default: "complementary",
            help: "two junctions a bit, or one and a reference"),
        OptionSpecification(
            "sensing", .choice(SensingMode.allCases.map(\.rawValue)), default: "combined",
            help: "errors that the die fixes, those of each event, or both"),
        OptionSpecification(
            "sigma-vth", .real(0...1), placeholder: "V", default: "0.03",
            help: "standard deviation of each latch transistor's threshold"),
        OptionSpecification(
            "clock", .positive, placeholder: "SECONDS", default: "1e-9",
            help: "clock period, from which the cycles of a sense follow"),
        OptionSpecification(
            "quantile", .real(0.5...0.999999999), default: "0.999",
            help: "share of senses that are to be ready in these cycles"),
        OptionSpecification(
            "write-voltage", .real(0.01...10), placeholder: "V",
            help: "supply of the pulses that write the weights; without it writes never fail"),
        OptionSpecification(
            "write-pulse", .real(1e-12...1e-6), placeholder: "SECONDS", default: "1e-8", help: "width of these pulses"),
        OptionSpecification(
            "storage", .real(0...1e12), placeholder: "SECONDS",
            help:
                "time between writing and the first read: cells lose bits in it, and to reads; set temperature_k for it"
        ),
    ]

    private static let needingDevice = [
        "amplifier", "set", "die", "cells", "sensing", "sigma-vth", "clock", "quantile", "write-voltage", "write-pulse",
        "storage",
    ]

    /// Nil without --device.
    init?(_ command: ParsedCommand) throws {
        guard command.isGiven("device") else {
            for option in Self.needingDevice {
                try OptionConflict.refuse(option, in: command, if: true, "without --device")
            }
            return nil
        }
        try OptionConflict.refuse("upset-rate", in: command, if: true, "with --device")
        let device = try DeviceArguments(command).device
        let amplifier = PrechargeSenseAmplifier(try AmplifierArguments.amplifier(command))
        let cells = try CellPopulation(device: device, dieSeed: try command.unsigned("die"))
        let arrangement = ArrayDie.Arrangement(rawValue: try command.text("cells")) ?? .complementary
        let sigma = try command.real("sigma-vth")
        var die = ArrayDie(
            cells: cells, amplifier: amplifier, arrangement: arrangement,
            mode: SensingMode(rawValue: try command.text("sensing")) ?? .combined, sigmaThresholdVolts: sigma,
            banks: Engine.DotProductEngine().banks, write: try Self.write(command, cells),
            wear: Self.wear(command, cells))
        // The phases are those that the nominal cell needs, in the slower of its states.
        var nominal = die
        nominal.mode = .dynamic
        let clock = try command.real("clock")
        let spread = SenseSpread(sigmaThresholdVolts: sigma, noise: true)
        var cycles = SenseTiming.Cycles(precharge: 1, evaluate: 1, latch: 1)
        for bit in [false, true] {
            let timing = try SenseTiming(
                amplifier, try nominal.branches(row: 0, column: 0, storing: bit), spread: spread)
            let needed = try timing.cycles(clockSeconds: clock, quantile: try command.real("quantile"))
            cycles.precharge = max(cycles.precharge, needed.precharge)
            cycles.evaluate = max(cycles.evaluate, needed.evaluate)
        }
        for (name, count) in [("pre-charge", cycles.precharge), ("evaluation", cycles.evaluate)] where count > 15 {
            throw DieArgumentError.tooManyCycles(phase: name, cycles: count)
        }
        phases = Engine.SensePhases(precharge: cycles.precharge, evaluate: cycles.evaluate, latch: cycles.latch)
        let edge = amplifier.technology.circuit.edgeSeconds
        die.limitSeconds = Double(cycles.evaluate + cycles.latch) * clock - edge / 2
        self.die = die
    }

    /// Reads are short: a table of half a relaxation time holds all of them.
    private static func wear(_ command: ParsedCommand, _ cells: CellPopulation) -> ArrayDie.Wear? {
        command.optionalReal("storage").map { seconds in
            ArrayDie.Wear(
                storageSeconds: seconds, readDirection: .parallelToAntiparallel,
                table: SwitchingTable(thermalStability: cells.nominal.layer.thermalStability, longestTime: 0.5))
        }
    }

    private static func write(_ command: ParsedCommand, _ cells: CellPopulation) throws -> ArrayDie.Write? {
        guard let volts = command.optionalReal("write-voltage") else {
            try OptionConflict.refuse("write-pulse", in: command, if: true, "without --write-voltage")
            return nil
        }
        if let breakdown = cells.device[.breakdownVoltage], volts > breakdown {
            throw DeviceError.argument(
                name: "write-voltage", found: volts, allowed: "up to \(breakdown), breakdown_voltage_v")
        }
        let pulse = try command.real("write-pulse")
        let source = WriteSource.voltage(supplyVolts: volts, accessOhms: cells.device[.accessResistance] ?? 0)
        let tables = try WriteTables(
            nominal: cells.nominal, source: source,
            longestTime: max(4, 1.1 * pulse * cells.nominal.layer.relaxationPerSecond))
        return ArrayDie.Write(pulseSeconds: pulse, tables: tables)
    }
}

/// A die that the engine cannot serve.
enum DieArgumentError: Error, Equatable, CustomStringConvertible {
    case tooManyCycles(phase: String, cycles: Int)

    var description: String {
        switch self {
        case .tooManyCycles(let phase, let cycles):
            "--clock: the \(phase) of a sense takes \(cycles) cycles of it, allowed 15 at most"
        }
    }
}
