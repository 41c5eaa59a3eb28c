import Foundation

/// The netlist of a sense amplifier with its branches, for ngspice.
///
/// Nodes: `q` and `qb` the outputs of the left and the right branch, `sl` and `sr` the sources of the latch's N
/// transistors, `c` the drain of the tail, `sen` the sense signal, which begins to rise after 10 ps.
public struct SpiceDeck: Hashable, Sendable {
    public var circuit: AmplifierCircuit
    public var models: TransistorModels
    public var sense: SpiceSense
    /// Time for which the sense signal is high.
    public var highSeconds: Double
    /// v(qb) − v(q) at the start.
    public var startVolts: Double

    public init(
        circuit: AmplifierCircuit, models: TransistorModels, sense: SpiceSense, highSeconds: Double = 1e-6,
        startVolts: Double = 0
    ) {
        self.circuit = circuit
        self.models = models
        self.sense = sense
        self.highSeconds = highSeconds
        self.startVolts = startVolts
    }

    static let riseStartSeconds = 10e-12
    /// The middle of the rising edge, from which delays count.
    var edgeSeconds: Double { Self.riseStartSeconds + 0.5 * circuit.edgeSeconds }

    /// The netlist without an analysis, which any SPICE with these models can read.
    public var netlist: String { (lines + [".end"]).joined(separator: "\n") + "\n" }

    /// Everything but the end.
    var lines: [String] {
        [
            "Pre-charge sense amplifier, supply \(number(circuit.supplyVolts)) V",
            ".option temp=\(number(circuit.temperatureKelvin - 273.15))",
        ] + models.header + sources + transistors + branch("l", sense.left) + branch("r", sense.right) + loads
    }

    private var sources: [String] {
        let supply = number(circuit.supplyVolts)
        let edge = number(circuit.edgeSeconds)
        let times = "\(number(Self.riseStartSeconds)) \(edge) \(edge) \(number(highSeconds)) 1"
        return ["Vdd vdd 0 \(supply)", "Vsen sen 0 pulse(0 \(supply) \(times))"]
    }

    private var transistors: [String] {
        let (wide, narrow, tail) = (circuit.pmosWidthMetres, circuit.nmosWidthMetres, circuit.tailWidthMetres)
        func line(_ name: String, _ d: String, _ g: String, _ s: String, isP: Bool, _ width: Double) -> String {
            models.transistor(
                name, drain: d, gate: g, source: s, isP: isP, widthMetres: width, lengthMetres: circuit.lengthMetres)
        }
        return [
            "* pre-charge", line("pl", "q", "sen", "vdd", isP: true, wide),
            line("pr", "qb", "sen", "vdd", isP: true, wide),
            "* latch", line("p3", "q", "qb", "vdd", isP: true, wide), line("p4", "qb", "q", "vdd", isP: true, wide),
            line("n1", "q", "qb", "sl", isP: false, narrow), line("n2", "qb", "q", "sr", isP: false, narrow),
            "* tail", line("n3", "c", "sen", "0", isP: false, tail),
        ]
    }

    private func branch(_ side: String, _ cells: [SpiceCell]) -> [String] {
        ["* \(side == "l" ? "left" : "right") branch"]
            + cells.indices.flatMap { index in
                let cell = cells[index]
                let name = Self.junction(side, index)
                guard cell.accessOhms > 0 else { return ["\(name) s\(side) c \(number(cell.junctionOhms))"] }
                return [
                    "\(name) s\(side) a\(side)\(index) \(number(cell.junctionOhms))",
                    "ra\(side)\(index) a\(side)\(index) c \(number(cell.accessOhms))",
                ]
            }
    }

    private var loads: [String] {
        let (output, inner) = (number(circuit.outputFarads), number(circuit.innerFarads))
        let half = number(0.5 * circuit.supplyVolts)
        let left = number(circuit.supplyVolts - 0.5 * startVolts)
        let right = number(circuit.supplyVolts + 0.5 * startVolts)
        return [
            "* wiring and loads", "Cq q 0 \(output)", "Cqb qb 0 \(output)", "Csl sl 0 \(inner)", "Csr sr 0 \(inner)",
            "Cc c 0 \(inner)", ".ic v(q)=\(left) v(qb)=\(right) v(sl)=\(half) v(sr)=\(half) v(c)=\(half)",
        ]
    }

    /// Name of a junction's resistor.
    static func junction(_ side: String, _ index: Int) -> String { "r\(side)\(index)" }

    /// The names by which the four thresholds are shifted, in the order of `ThresholdShifts`.
    var thresholdNames: [String] {
        [("n1", false), ("n2", false), ("p3", true), ("p4", true)].map { models.thresholdShift($0.0, isP: $0.1) }
    }

    func number(_ value: Double) -> String { TransistorModels.number(value) }
}
