/// The script of OpenSTA, and its answer: a line for each end point.
struct TimingScript {
    let problem: SynthesisProblem
    let options: SynthesisOptions
    let drivingCell: String

    static let file = "timing.tcl"
    static let log = "timing.log"
    /// Arrivals do not depend on it, and the least period is this one less the slack; OpenSTA counts in single precision,
    /// so it is one of the size of the delays.
    private static let periodSeconds = 10e-9
    private static let mark = "end-point"

    /// Ideal clocks, inputs that come with the edge, outputs wanted at the next; no wires. Without a clock port there is
    /// a clock that nothing is connected to.
    var text: String {
        let period = Self.periodSeconds * 1e9
        let first = problem.clocks.first ?? "clock"
        var lines = [
            "read_liberty \(SynthesisScript.libertyLink)",
            "read_liberty \(MemoryBoundary.libertyFile)",
            "read_verilog \(SynthesisScript.timedNetlist)",
            "link_design \(problem.top)",
            "set_cmd_units -time ns -capacitance pF",
        ]
        lines += problem.clocks.map { "create_clock -name \($0) -period \(period) [get_ports \($0)]" }
        if problem.clocks.isEmpty { lines.append("create_clock -name \(first) -period \(period)") }
        lines += [
            "set inputs {}",
            "foreach port [all_inputs] {",
            "  if {[lsearch -exact {\(problem.clocks.joined(separator: " "))} [get_property $port full_name]] < 0} {",
            "    lappend inputs $port",
            "  }",
            "}",
            "set_input_delay 0 -clock \(first) $inputs",
            "set_driving_cell -lib_cell \(drivingCell) $inputs",
            "set_output_delay 0 -clock \(first) [all_outputs]",
            "set_load \(options.outputLoadFarads * 1e12) [all_outputs]",
            "foreach path [find_timing_paths -path_delay max -group_count 10000000] {",
            "  set points [get_property $path points]",
            "  set start [get_full_name [get_property $path startpoint]]",
            "  set end [get_full_name [get_property $path endpoint]]",
            "  set arrival [get_property [lindex $points end] arrival]",
            "  puts \"\(Self.mark)\\t$start\\t$end\\t$arrival\\t[get_property $path slack]\\t[llength $points]\"",
            "}",
            "puts \"\(Self.mark)s read\"",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    /// Reads what the script printed.
    /// - Throws: `SynthesisError.toolFailed` with the first error, which OpenSTA prints and goes on after.
    func timing(_ output: String) throws(SynthesisError) -> TimingReport {
        let lines = output.split(separator: "\n")
        if let error = lines.first(where: { $0.hasPrefix("Error:") }) {
            throw .toolFailed("sta", message: String(error.dropFirst("Error: ".count)))
        }
        guard lines.contains("\(Self.mark)s read") else {
            throw .toolFailed("sta", message: lines.last.map(String.init) ?? "it printed nothing")
        }
        var report = TimingReport()
        var leastSlack: Double?
        for line in lines where line.hasPrefix("\(Self.mark)\t") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count == 6, let arrival = Double(fields[3]), let slack = Double(fields[4]),
                let points = Int(fields[5])
            else { throw .unreadableOutput("sta", reason: "found '\(line)'") }
            leastSlack = min(leastSlack ?? slack, slack)
            if report.criticalPath == nil || arrival * 1e-9 > report.arrivalSeconds {
                report.arrivalSeconds = arrival * 1e-9
                // A path's points are its two ends, and two pins of every gate between them.
                report.criticalPath = TimingReport.Path(
                    start: name(fields[1]), end: name(fields[2]), levels: max(0, points - 2) / 2)
            }
        }
        if let leastSlack { report.minimumPeriodSeconds = Self.periodSeconds - leastSlack * 1e-9 }
        return report
    }

    /// A register or the pin of a memory by its own name, and not by that of a cell and its pin.
    private func name(_ pin: Substring) -> String {
        guard let slash = pin.lastIndex(of: "/") else { return String(pin) }
        let cell = pin[..<slash]
        for suffix in [SynthesisScript.registerSuffix, MemoryBoundary.pinSuffix] where cell.hasSuffix(suffix) {
            return String(cell.dropLast(suffix.count))
        }
        return String(pin)
    }
}

/// When signals arrive: a pre-layout estimate, with ideal clocks and wires without length.
public struct TimingReport: Sendable, Equatable {
    public struct Path: Sendable, Equatable {
        /// A register, an input, or a pin of a memory.
        public let start, end: String
        /// Gates between them.
        public let levels: Int
    }

    /// Latest arrival at a register, an output or a memory, after the clock edge.
    public internal(set) var arrivalSeconds = 0.0
    /// Period at which the tightest path just meets its end point's setup time, for registers that share one clock edge;
    /// 0 without a path.
    public internal(set) var minimumPeriodSeconds = 0.0
    /// The path of the latest arrival; nil when no path ends anywhere.
    public internal(set) var criticalPath: Path?
}
