import Configuration
import Foundation
import Verification

/// The file of a supply that fails, `--power-trace F.toml`: what it is like, and when the engine saves its state.
///
///     kind = "periodic"           # or random, bursty, adversarial, rf, solar, measured
///     on-cycles = 20000
///     backup = "both"             # or interval, warning, none
///     interval-cycles = 5000
///     hold-up-cycles = 200
struct PowerTraceFile {
    /// What the supply is like.
    enum Kind: String, CaseIterable {
        case periodic, random, bursty, adversarial, rf, solar, measured
        var isHarvest: Bool { self == .rf || self == .solar || self == .measured }
    }
    enum Backup: String, CaseIterable { case warning, interval, both, none }

    private(set) var kind = Kind.periodic
    private var backup = Backup.both
    private var texts: [String: String] = [:]
    private var numbers: [String: Double] = [:]
    private let path: String

    private static let words = ["kind", "backup", "samples"]
    /// Numbers of the file with their defaults and least values.
    private static let limits: [(name: String, value: Double, least: Double)] = [
        ("on-cycles", 20_000, 1), ("hold-up-cycles", 200, 0), ("interval-cycles", 5000, 1), ("failures", 100, 1),
        ("shadow-error", 0, 0), ("mean-watts", 1e-3, 1e-12), ("capacitance-farads", 1e-7, 1e-15), ("on-volts", 3, 0),
        ("off-volts", 1.8, 0), ("warning-volts", 0, 0), ("clock-hertz", 1e8, 1), ("cycle-joules", 20e-12, 0),
        ("sense-joules", 5e-12, 0), ("shadow-write-joules", 32e-12, 0),
    ]

    /// Throws `ConfigurationError` for the first thing that is wrong.
    init(_ path: String) throws {
        self.path = path
        let names = Self.words + Self.limits.map(\.name)
        for entry in try ConfigurationFile.document(path, isInterrupted: { Interrupt.isRequested }).entries {
            guard let key = entry.keys.first else { continue }
            func place(_ position: TOMLDocument.Position) -> ConfigurationError.Place {
                .init(file: path, position: position)
            }
            guard entry.keys.count == 1, names.contains(key.name) else {
                throw ConfigurationError.unknownKey(
                    place(key.position), found: entry.keyPath, allowed: names.joined(separator: ", "),
                    nearest: nearestName(to: key.name, among: names))
            }
            func refused(_ allowed: String) -> ConfigurationError {
                .value(place(entry.position), key: key.name, found: entry.value.description, allowed: allowed)
            }
            switch (key.name, entry.value) {
            case ("kind", .string(let text)):
                guard let kind = Kind(rawValue: text) else { throw refused(Self.list(Kind.allCases.map(\.rawValue))) }
                self.kind = kind
            case ("backup", .string(let text)):
                guard let backup = Backup(rawValue: text) else {
                    throw refused(Self.list(Backup.allCases.map(\.rawValue)))
                }
                self.backup = backup
            case ("samples", .string(let text)): texts["samples"] = text
            case (let name, .integer(let number)) where !Self.words.contains(name):
                try set(name, Double(number), refused)
            case (let name, .real(let number)) where !Self.words.contains(name) && number.isFinite:
                try set(name, number, refused)
            default: throw refused(Self.words.contains(key.name) ? "a text" : "a number")
            }
        }
        if kind == .measured, texts["samples"] == nil {
            throw PowerTraceError.noSamples(file: path)
        }
        if number("off-volts") >= number("on-volts") { throw PowerTraceError.volts(file: path) }
    }

    private static func list(_ words: [String]) -> String { words.joined(separator: ", ") }

    private mutating func set(
        _ name: String, _ number: Double, _ refused: (String) -> ConfigurationError
    ) throws(ConfigurationError) {
        let least = Self.limits.first { $0.name == name }?.least ?? 0
        if number < least { throw refused("\(least) or more") }
        numbers[name] = number
    }

    private func number(_ name: String) -> Double {
        numbers[name] ?? Self.limits.first { $0.name == name }?.value ?? 0
    }

    var policy: PowerPolicy {
        PowerPolicy(
            makesCheckpoints: backup != .none, heedsWarnings: backup == .warning || backup == .both,
            interval: backup == .interval || backup == .both ? Int(number("interval-cycles")) : 0)
    }
    var shadowFailRate: Double { number("shadow-error") }

    /// - Parameter reserveCycles, reserveWrites: what a checkpoint takes, for the warning that just leaves room for one.
    func supply(seed: UInt64, reserveCycles: Int, reserveWrites: Int) throws -> any PowerSupply {
        let holdUp = Int(number("hold-up-cycles"))
        let on = Int(number("on-cycles"))
        var random = StimulusRandom(seed: seed, purpose: 0x93)
        switch kind {
        case .periodic: return PowerTrace(periods: [on], holdUpCycles: holdUp)
        case .random:
            return PowerTrace(periods: (0..<1000).map { _ in 1 + random.below(2 * on) }, holdUpCycles: holdUp)
        case .bursty:
            // A long time with power, then a burst of short ones.
            let periods = (0..<100).flatMap { _ in
                [on + random.below(on)] + (0..<1 + random.below(8)).map { _ in 1 + random.below(max(2, on / 50)) }
            }
            return PowerTrace(periods: periods, holdUpCycles: holdUp)
        case .adversarial: return AdversarialSupply(seed: seed, failures: Int(number("failures")))
        case .rf, .solar, .measured:
            return try harvest(seed, reserveCycles: reserveCycles, reserveWrites: reserveWrites)
        }
    }

    private func harvest(_ seed: UInt64, reserveCycles: Int, reserveWrites: Int) throws -> HarvestingSupply {
        var parameters = HarvestingSupply.Parameters()
        parameters.capacitanceFarads = number("capacitance-farads")
        (parameters.onVolts, parameters.offVolts) = (number("on-volts"), number("off-volts"))
        if numbers["warning-volts"] != nil { parameters.warningVolts = number("warning-volts") }
        parameters.clockHertz = number("clock-hertz")
        parameters.cycleJoules = number("cycle-joules")
        parameters.senseJoules = number("sense-joules")
        parameters.shadowWriteJoules = number("shadow-write-joules")
        parameters.reserveJoules =
            Double(reserveCycles) * parameters.cycleJoules + Double(reserveWrites) * parameters.shadowWriteJoules
        let trace: HarvestTrace
        switch kind {
        case .solar: trace = HarvestTrace(.solar, meanWatts: number("mean-watts"), seed: seed)
        case .measured: trace = try HarvestTrace(contentsOf: texts["samples"] ?? "")
        default: trace = HarvestTrace(.rf, meanWatts: number("mean-watts"), seed: seed)
        }
        return HarvestingSupply(parameters, trace)
    }
}

/// What does not fit together in the file of a supply.
enum PowerTraceError: Error, Equatable, CustomStringConvertible {
    case noSamples(file: String)
    case volts(file: String)
    case onGolden

    var description: String {
        switch self {
        case .noSamples(let file): "\(file): a measured supply needs samples = \"FILE.csv\""
        case .volts(let file): "\(file): off-volts must lie below on-volts"
        case .onGolden: "--power-trace needs --on rtl: the functional model knows no cycles in which power could fail"
        }
    }
}
