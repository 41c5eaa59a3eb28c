import HDL
import Verilog

/// The module above the design in a proof: it makes the resets and passes everything else through.
struct ProofTop {
    let problem: ProofProblem
    let reset: ProofOptions.ResetAssumption
    let name: String
    /// The design's instance.
    let instance: String

    init(_ problem: ProofProblem, reset: ProofOptions.ResetAssumption) {
        self.problem = problem
        self.reset = reset
        // Names that no module and no port has.
        var name = problem.top + "_proof"
        while problem.files.contains(where: { $0.name == name + ".v" }) { name += "_" }
        self.name = name
        let ports = Set(
            problem.inputs.map(\.name) + problem.clocks.flatMap { [$0.port, $0.reset ?? $0.port, $0.activeName] })
        var instance = "subject"
        while ports.contains(instance) { instance += "_" }
        self.instance = instance
    }

    /// The module's Verilog.
    var text: String {
        var ports = problem.clocks.map { "input wire \($0.port)" }
        if reset == .anyTime { ports += problem.clocks.compactMap(\.reset).map { "input wire \($0)" } }
        ports += problem.inputs.map { "input wire \(range($0.width))\($0.name)" }
        var lines = ["module \(name) (", ports.map { "    \($0)" }.joined(separator: ",\n"), ");"]
        if case .first(let edges) = reset {
            for clock in problem.clocks {
                guard let reset = clock.reset else { continue }
                let active = clock.activeName
                let edge = clock.edge == .rising ? "posedge" : "negedge"
                let level = clock.resetLevel == .high ? "" : "~"
                lines += [
                    "    // One bit for each edge that the reset still lasts.",
                    "    reg [\(edges - 1):0] \(active) = {\(edges){1'b1}};",
                    "    always @(\(edge) \(clock.port)) \(active) <= \(active) >> 1;",
                    "    wire \(reset) = \(level)\(active)[0];",
                ]
            }
        }
        let connected =
            problem.clocks.flatMap { [$0.port] + ($0.reset.map { [$0] } ?? []) } + problem.inputs.map(\.name)
        let connections = connected.map { "        .\($0)(\($0))" }.joined(separator: ",\n")
        lines += ["    \(problem.top) \(instance) (", connections, "    );", "endmodule", ""]
        return lines.joined(separator: "\n")
    }

    private func range(_ width: Int) -> String { width == 1 ? "" : "[\(width - 1):0] " }
}

extension ProofProblem.Clock {
    /// What the register is called that holds the reset.
    fileprivate var activeName: String { "\(domain)_reset_cycles" }
}
