import Foundation

/// One sense to be simulated: its junctions, which may differ from the netlist's, and its threshold shifts.
public struct SpiceSample: Hashable, Sendable {
    public var leftOhms: [Double]
    public var rightOhms: [Double]
    public var shifts: ThresholdShifts

    public init(leftOhms: [Double], rightOhms: [Double], shifts: ThresholdShifts = ThresholdShifts()) {
        self.leftOhms = leftOhms
        self.rightOhms = rightOhms
        self.shifts = shifts
    }
}

/// What ngspice says about one sense.
public struct SpiceResult: Hashable, Sendable {
    public let leftWins: Bool
    /// Nil when the outputs did not part by half the supply.
    public let delaySeconds: Double?
    public let evaluationJoules: Double
    /// Largest current through the left branch, and the charge through it.
    public let leftPeakAmperes: Double
    public let leftCoulombs: Double
}

extension SpiceDeck {
    /// Simulates the samples one after the other in one process of ngspice, with one thread.
    ///
    /// - Parameters:
    ///   - stepSeconds: largest time step.
    ///   - stopSeconds: end of each sense, counted from 10 ps before the sense signal's rise.
    ///
    /// Throws `SensingError.noModels`, `.program` and `.noMeasurement`. Complexity: some milliseconds a sample.
    public func simulate(
        _ samples: [SpiceSample], runner: SpiceRunner = SpiceRunner(), stepSeconds: Double = 1e-12,
        stopSeconds: Double = 0.4e-9
    ) throws(SensingError) -> [SpiceResult] {
        try models.check()
        guard !samples.isEmpty else { return [] }
        let text = script(samples, stepSeconds: stepSeconds, stopSeconds: stopSeconds)
        return try results(of: try runner.run(text), leftSiemens: samples.map(leftSiemens))
    }

    /// The netlist with the commands that run all samples.
    func script(_ samples: [SpiceSample], stepSeconds: Double, stopSeconds: Double) -> String {
        var text = lines
        text += [".save v(q) v(qb) v(sl) v(c) i(vdd)", ".control", "set num_threads=1"]
        var state = SpiceSample(
            leftOhms: sense.left.map(\.junctionOhms), rightOhms: sense.right.map(\.junctionOhms))
        for sample in samples {
            text += alterations(from: state, to: sample)
            text += ["tran \(number(stepSeconds)) \(number(stopSeconds)) uic"]
            text += measurements
            state = sample
        }
        return (text + ["quit", ".endc", ".end"]).joined(separator: "\n") + "\n"
    }

    private func alterations(from old: SpiceSample, to new: SpiceSample) -> [String] {
        var lines: [String] = []
        for (side, before, after) in [("l", old.leftOhms, new.leftOhms), ("r", old.rightOhms, new.rightOhms)] {
            for index in after.indices where index >= before.count || after[index] != before[index] {
                lines.append("alter \(Self.junction(side, index)) \(number(after[index]))")
            }
        }
        for (name, volts) in zip(thresholdNames, zip(old.shifts.all, new.shifts.all)) where volts.0 != volts.1 {
            lines.append("alter \(name) = \(number(volts.1))")
        }
        return lines
    }

    private var measurements: [String] {
        [
            "let apart=abs(v(qb)-v(q))", "meas tran zt when apart=\(number(0.5 * circuit.supplyVolts)) cross=1",
            "meas tran ze integ i(vdd)", "let across=v(sl)-v(c)", "meas tran zp max across",
            "meas tran zq integ across",
            "let zd=v(qb)[length(v(qb))-1]-v(q)[length(v(q))-1]", "print zd", "destroy all",
        ]
    }

    /// Conductance of the left branch.
    private func leftSiemens(_ sample: SpiceSample) -> Double {
        zip(sample.leftOhms, sense.left).reduce(0) { $0 + 1 / ($1.0 + $1.1.accessOhms) }
    }

    /// Reads the measurements of one sample for each left conductance; each sample ends with `zd`.
    func results(of output: String, leftSiemens: [Double]) throws(SensingError) -> [SpiceResult] {
        var results: [SpiceResult] = []
        var values: [String: Double] = [:]
        for (name, value) in Self.assignments(in: output) {
            values[name] = value
            guard name == "zd", results.count < leftSiemens.count else { continue }
            results.append(try result(values, sample: results.count, siemens: leftSiemens[results.count]))
            values = [:]
        }
        guard results.count == leftSiemens.count else { throw .noMeasurement("zd of sample \(results.count)") }
        return results
    }

    private func result(
        _ values: [String: Double], sample: Int, siemens: Double
    ) throws(SensingError) -> SpiceResult {
        func value(_ name: String) throws(SensingError) -> Double {
            guard let value = values[name] else { throw .noMeasurement("\(name) of sample \(sample)") }
            return value
        }
        return SpiceResult(
            leftWins: try value("zd") > 0, delaySeconds: values["zt"].map { $0 - edgeSeconds },
            evaluationJoules: -circuit.supplyVolts * (try value("ze")), leftPeakAmperes: try value("zp") * siemens,
            leftCoulombs: try value("zq") * siemens)
    }

    /// The lines "name = number …" of ngspice's output, for names that begin with z.
    static func assignments(in output: String) -> [(name: String, value: Double)] {
        output.split(separator: "\n").compactMap { line in
            guard line.first == "z", let equals = line.firstIndex(of: "=") else { return nil }
            let name = line[..<equals].trimmingPrefix { $0 == " " }.split(separator: " ").first.map(String.init)
            let words = line[line.index(after: equals)...].split(separator: " ")
            guard let name, let value = words.first.flatMap({ Double($0) }) else { return nil }
            return (name, value)
        }
    }
}

extension ThresholdShifts {
    var all: [Double] { [nmosLeft, nmosRight, pmosLeft, pmosRight] }
}
