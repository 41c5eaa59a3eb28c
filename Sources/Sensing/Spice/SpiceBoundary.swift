import Foundation

/// A search for the decision boundary: which shifts, between which junctions.
public struct BoundarySearch: Hashable, Sendable {
    public var geometricMeanOhms: Double
    public var shifts: ThresholdShifts

    public init(geometricMeanOhms: Double, shifts: ThresholdShifts) {
        self.geometricMeanOhms = geometricMeanOhms
        self.shifts = shifts
    }
}

extension SpiceDeck {
    /// ln(R_right / R_left) at which the decision flips, for each search; the flip is between −`span` and `span`.
    ///
    /// The netlist has one junction a branch. Halves the span 14 times inside one process of ngspice.
    /// Throws as `simulate` does.
    public func flips(
        _ searches: [BoundarySearch], span: Double = 1, runner: SpiceRunner = SpiceRunner(),
        stepSeconds: Double = 2e-12, stopSeconds: Double = 0.4e-9
    ) throws(SensingError) -> [Double] {
        try models.check()
        var text = lines + [".save v(q) v(qb)", ".control", "set num_threads=1", "setplot const"]
        // Values that outlive the plots of the single runs.
        text += ["bottom", "top", "zmid"].map { "let \($0) = 0" }
        for search in searches {
            text += ["let const.bottom = \(number(-span))", "let const.top = \(number(span))"]
            for (name, volts) in zip(thresholdNames, search.shifts.all) {
                text.append("alter \(name) = \(number(volts))")
            }
            text += [
                "repeat 14", "let const.zmid = (const.bottom + const.top) / 2",
                "let leftohms = \(number(search.geometricMeanOhms)) * exp(-const.zmid / 2)",
                "let rightohms = \(number(search.geometricMeanOhms)) * exp(const.zmid / 2)",
                "alter \(Self.junction("l", 0)) = $&leftohms", "alter \(Self.junction("r", 0)) = $&rightohms",
                "tran \(number(stepSeconds)) \(number(stopSeconds)) uic",
                "let apart = v(qb)[length(v(qb))-1]-v(q)[length(v(q))-1]", "if apart > 0",
                "let const.top = const.zmid", "else", "let const.bottom = const.zmid", "end", "destroy",
                "setplot const", "end", "print zmid",
            ]
        }
        text += ["quit", ".endc", ".end"]
        let output = try runner.run(text.joined(separator: "\n") + "\n")
        let flips = Self.assignments(in: output).filter { $0.name == "zmid" }.map(\.value)
        guard flips.count == searches.count else { throw .noMeasurement("zmid of search \(flips.count)") }
        return flips
    }

    /// What the pre-charge after an evaluation takes: times from the middle of the falling edge, and energy.
    ///
    /// - Parameter parts: parts of the supply by which the outputs still differ at the times returned.
    ///
    /// Throws as `simulate` does.
    public func precharge(
        parts: [Double], runner: SpiceRunner = SpiceRunner(), stepSeconds: Double = 0.5e-12,
        evaluationSeconds: Double = 0.6e-9
    ) throws(SensingError) -> (seconds: [Double], joules: Double) {
        try models.check()
        var deck = self
        deck.highSeconds = evaluationSeconds
        let fall = Self.riseStartSeconds + circuit.edgeSeconds + evaluationSeconds
        let stop = fall + 2 * evaluationSeconds
        var text = deck.lines + [".save v(q) v(qb) i(vdd)", ".control", "set num_threads=1"]
        text += ["tran \(number(stepSeconds)) \(number(stop)) uic", "let apart=abs(v(qb)-v(q))"]
        for (index, part) in parts.enumerated() {
            text.append("meas tran zt\(index) when apart=\(number(part * circuit.supplyVolts)) fall=last")
        }
        text += ["meas tran ze integ i(vdd) from=\(number(fall)) to=\(number(stop))", "quit", ".endc", ".end"]
        let output = try runner.run(text.joined(separator: "\n") + "\n")
        let values = Dictionary(Self.assignments(in: output), uniquingKeysWith: { _, new in new })
        var seconds: [Double] = []
        for index in parts.indices {
            guard let time = values["zt\(index)"] else { throw .noMeasurement("zt\(index)") }
            seconds.append(time - fall - 0.5 * circuit.edgeSeconds)
        }
        guard let charge = values["ze"] else { throw .noMeasurement("ze") }
        return (seconds, -circuit.supplyVolts * charge)
    }
}
