import Foundation
import Randomness

/// Thermal noise in a netlist: transient noise sources across the junctions and the latch's N channels.
///
/// Law: white current noise of density 4kT/R in a junction and 4kT·γ·gm in a channel (van der Ziel, γ = 1 as for short
/// channels), drawn anew in each time step of the sources. A sense of margin x then fails with Φ(−x / (a·v)), where a is
/// the boundary's N slope and v the noise as a difference of the N thresholds; v is read back from the failures.
public struct SpiceNoise: Hashable, Sendable {
    public var geometricMeanOhms = 6000.0
    /// Noise for which the margin is chosen: a sense then fails in about one case of twelve, the best to count.
    public var expectedVolts = 2e-3
    public var trials = 500
    /// Factor γ of the channel noise.
    public var channelFactor = 1.0
    /// Time step of the noise sources; well below all time constants.
    public var stepSeconds = 1e-12
    public var stopSeconds = 0.4e-9
    public var seed = 1

    public init() {}

    private static let boltzmann = 1.380_649e-23

    /// What the failures say about the noise: v in volt, and its counting error of one sigma.
    public struct Result: Hashable, Sendable {
        public let volts: Double
        public let sigmaVolts: Double
        public let failures: Int
        public let trials: Int
    }

    /// Simulates noisy senses of one margin. Throws as `SpiceDeck.simulate` does, and `.outOfRange` unless between 1 % and
    /// 50 % of the senses fail, which alone says how large the noise is.
    public func measure(
        circuit: AmplifierCircuit, models: TransistorModels, boundary: BoundaryCoefficients,
        runner: SpiceRunner = SpiceRunner()
    ) throws(SensingError) -> Result {
        try models.check()
        let slope = boundary.nmosSlope(geometricMeanOhms: geometricMeanOhms)
        let margin = 1.4 * slope * expectedVolts
        let ohms = (geometricMeanOhms * exp(-margin / 2), geometricMeanOhms * exp(margin / 2))
        let deck = SpiceDeck(
            circuit: circuit, models: models, sense: SpiceSense(leftOhms: ohms.0, rightOhms: ohms.1))
        let siemens = try transconductance(deck, runner: runner)
        var text = deck.lines + sources(deck, siemens: siemens)
        text += [".save v(q) v(qb)", ".control", "set num_threads=1", "setseed \(seed)", "repeat \(trials)"]
        text += [
            "tran \(deck.number(stepSeconds)) \(deck.number(stopSeconds)) uic",
            "let zd=v(qb)[length(v(qb))-1]-v(q)[length(v(q))-1]", "print zd", "destroy all", "end", "quit", ".endc",
            ".end",
        ]
        let output = try runner.run(text.joined(separator: "\n") + "\n")
        let decisions = SpiceDeck.assignments(in: output).filter { $0.name == "zd" }.map(\.value)
        guard decisions.count == trials else { throw .noMeasurement("zd of trial \(decisions.count)") }
        let failures = decisions.filter { $0 < 0 }.count
        let part = Double(failures) / Double(trials)
        try require("part of noisy senses that fail", part, in: 0.01...0.5)
        let z = -StandardNormal.quantile(part)
        let volts = margin / slope / z
        let sigma = (part * (1 - part) / Double(trials)).squareRoot() / StandardNormal.density(z) / z
        return Result(volts: volts, sigmaVolts: sigma * volts, failures: failures, trials: trials)
    }

    /// gm of a latch transistor while its output begins to fall: gate and drain at the supply, source over the junction.
    private func transconductance(_ deck: SpiceDeck, runner: SpiceRunner) throws(SensingError) -> Double {
        let circuit = deck.circuit
        let device = deck.models.transistor(
            "n1", drain: "d", gate: "d", source: "s", isP: false, widthMetres: circuit.nmosWidthMetres,
            lengthMetres: circuit.lengthMetres)
        let name = deck.models.thresholdShift("n1", isP: false).replacingOccurrences(of: "[delvto]", with: "[gm]")
        let text =
            ["Transconductance of a latch transistor"] + deck.models.header
            + [device, "Vd d 0 \(deck.number(circuit.supplyVolts))", "Rs s 0 \(deck.number(geometricMeanOhms))"]
            + [".control", "op", "let zg=\(name)", "print zg", "quit", ".endc", ".end"]
        let output = try runner.run(text.joined(separator: "\n") + "\n")
        guard let found = SpiceDeck.assignments(in: output).first(where: { $0.name == "zg" }) else {
            throw .noMeasurement("zg")
        }
        return found.value
    }

    private func sources(_ deck: SpiceDeck, siemens: Double) -> [String] {
        // Independent samples of standard deviation s each step have the one-sided density 2 s² step.
        func source(_ name: String, _ from: String, _ to: String, density: Double) -> String {
            let amperes = (density / (2 * stepSeconds)).squareRoot()
            return "\(name) \(from) \(to) dc 0 trnoise(\(deck.number(amperes)) \(deck.number(stepSeconds)) 0 0)"
        }
        let energy = 4 * Self.boltzmann * deck.circuit.temperatureKelvin
        let channel = energy * channelFactor * siemens
        return [
            "* thermal noise",
            source("Irl", "sl", "c", density: energy / deck.sense.left[0].junctionOhms),
            source("Irr", "sr", "c", density: energy / deck.sense.right[0].junctionOhms),
            source("In1", "q", "sl", density: channel), source("In2", "qb", "sr", density: channel),
        ]
    }
}
