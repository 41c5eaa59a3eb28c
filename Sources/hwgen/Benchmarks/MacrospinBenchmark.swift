import CoSim
import Foundation
import Spintronics

/// Steps a second of the stochastic equation: ours beside the same kernel in C and beside cmtj.
struct MacrospinBenchmark {
    private struct Peer: Decodable {
        let steps: Int
        let seconds: Double
        var rate: Double { Double(steps) / seconds }
    }

    /// One arithmetic and one kind of noise.
    struct Form {
        let precision: SwitchingMonteCarlo.Precision
        let noise: ThermalNoise
        /// How much faster than cmtj it is to be, if that is asked.
        let barOfCMTJ: Double?
        fileprivate(set) var ours: [Double] = []
        fileprivate(set) var c: [Double] = []

        var name: String { "\(precision), \(noise == .threePoint ? "3-point" : "normal") noise" }
    }

    private static let overdrive = 2.0
    private static let pulseSeconds = 3e-9
    private static let stepSeconds = 1e-12
    /// Trials of a kernel in one turn, and of cmtj, which makes objects of Python for each.
    private static let trials = 16_384
    private static let peerTrials = 20
    /// Turns of each kernel in a round: short ones, so that a disturbance hits one of many.
    private static let turns = 5

    private let process: PeerProcess
    private let layer: FreeLayer
    private var forms = [
        Form(precision: .single, noise: .threePoint, barOfCMTJ: 100),
        Form(precision: .single, noise: .gaussian, barOfCMTJ: nil),
        Form(precision: .double, noise: .gaussian, barOfCMTJ: 50),
    ]
    private var cmtj: [Double] = []

    init(_ process: PeerProcess, layer: FreeLayer) {
        self.process = process
        self.layer = layer
    }

    mutating func round() throws {
        for _ in 0..<Self.turns {
            try turn()
            cmtj.append(try process.run(["cmtj"], input: try run(), as: Peer.self).rate)
        }
    }

    private mutating func turn() throws {
        let steps = Int((Self.pulseSeconds / Self.stepSeconds).rounded())
        for index in forms.indices {
            let form = forms[index]
            let run = SwitchingMonteCarlo(
                MacrospinDynamics(layer: layer), precision: form.precision, noise: form.noise,
                stepSeconds: Self.stepSeconds, seed: 1)
            let schedule = TorqueSchedule([
                TorqueSegment(seconds: Self.pulseSeconds, TorqueDrive(overdrive: Self.overdrive))
            ])
            let start = threadSeconds()
            _ = try run.counts(schedule, trials: 0..<Self.trials)
            let seconds = threadSeconds() - start
            forms[index].ours.append(Double(try run.stepCount(schedule) * Self.trials) / seconds)
            let real = form.precision == .single ? "float" : "double"
            let peer = try process.run(
                [
                    "c", real, form.noise == .threePoint ? "3" : "0", "1", "\(Self.trials)", "\(steps)",
                    "\(Self.stepSeconds)", "\(Self.overdrive)",
                ], as: Peer.self)
            forms[index].c.append(peer.rate)
        }
    }

    /// The same pulse as the oracle reads it.
    private func run() throws -> Data {
        let segment = [
            "seconds": Self.pulseSeconds, "overdrive": Self.overdrive, "dampingLike": 0, "fieldLike": 0,
        ]
        let object: [String: Any] = [
            "damping": layer.damping, "thermalStability": layer.thermalStability,
            "precessionPerSecond": layer.precessionPerSecond, "biasField": [0, 0, 0], "segments": [segment],
            "stepSeconds": Self.stepSeconds, "trials": Self.peerTrials, "seed": 1, "startsReversed": false,
        ]
        return try JSONSerialization.data(withJSONObject: object)
    }

    var benches: [Bench] {
        forms.flatMap { form in
            [
                Bench(
                    "macrospins, \(form.name)", ours: form.ours, reference: form.c, "C with the same Philox",
                    unit: "steps/s", bar: .atLeast(0.8)
                ) { $0 / $1 }
            ]
                + (form.barOfCMTJ.map { bar in
                    [
                        Bench(
                            "macrospins, \(form.name)", ours: form.ours, reference: cmtj, "cmtj 1.15.0",
                            unit: "steps/s",
                            bar: .atLeast(bar)
                        ) { $0 / $1 }
                    ]
                } ?? [])
        }
    }
}
