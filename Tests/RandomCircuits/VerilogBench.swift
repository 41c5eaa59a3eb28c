import BitVectors
import Foundation
import HDL
import Verilog

/// Writes many circuits into one folder, and a bench in plain Verilog that runs them side by side.
///
/// A circuit has one word of stimulus in a cycle: a bit for each domain that has an edge, the resets as the ports carry
/// them, and the inputs. The bench prints a line `name cycle output output …` before the edges of a cycle.
struct VerilogBench {
    let trials: [Trial]

    func write(to folder: URL) throws {
        var written = Set<String>()
        for file in trials.flatMap(\.emission.modules) where written.insert(file.name).inserted {
            try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
        }
        for trial in trials {
            let words = VerilogBench.words(of: trial).map(\.hexDigits)
            try Data((words.joined(separator: "\n") + "\n").utf8).write(
                to: folder.appendingPathComponent("\(trial.recipe.name).hex"))
        }
    }

    var files: [String] { Set(trials.flatMap { $0.emission.modules.map(\.name) }).sorted() }

    /// The stimulus, a word a cycle.
    static func words(of trial: Trial) -> [BitVector] {
        let domains = trial.design.top.domains
        return trial.stimulus.cycles.map { cycle in
            let edges = domains.indices.map { cycle.domains.contains($0) }
            let resets = zip(domains, cycle.isResetActive).map { $0.clocking.resetLevel == .low ? !$1 : $1 }
            let control = BitVector(bits: edges + resets)
            return BitVector.concatenating(cycle.inputs.reversed() + [control])
        }
    }

    /// A circuit's instance with its wires.
    ///
    /// - Parameter clock: what is at the clock port of a domain.
    static func instance(of trial: Trial, clock: (Int) -> String) -> (wires: String, instance: String) {
        let name = trial.recipe.name
        let domains = trial.design.top.domains
        var connections: [String] = []
        for (index, domain) in domains.enumerated() {
            if domain.isClockUsed { connections.append(".\(domain.clockName)(\(clock(index)))") }
            if domain.isResetUsed {
                connections.append(".\(domain.resetName)(now_\(name)[\(domains.count + index)])")
            }
        }
        var low = 2 * domains.count
        for port in trial.inputs {
            connections.append(".\(port.name)(now_\(name)[\(low + port.width - 1):\(low)])")
            low += port.width
        }
        for port in trial.outputs { connections.append(".\(port.name)(\(name)_\(port.name))") }
        let wires = trial.outputs.map { "wire [\($0.width - 1):0] \(name)_\($0.name);\n" }.joined()
        return (wires, "\(name) \(name)_instance (\(connections.joined(separator: ", ")));\n")
    }

    static func width(of trial: Trial) -> Int {
        2 * trial.design.top.domains.count + trial.inputs.reduce(0) { $0 + $1.width }
    }

    var text: String {
        var declarations = ""
        var loads = ""
        var steps = ""
        var displays = ""
        for trial in trials {
            let name = trial.recipe.name
            let width = VerilogBench.width(of: trial)
            declarations += "reg [\(width - 1):0] words_\(name) [0:\(Trial.cycles - 1)];\n"
            declarations += "reg [\(width - 1):0] now_\(name);\n"
            let parts = VerilogBench.instance(of: trial) { domain in
                let rest = trial.recipe.clocking(domain).edge == .rising ? 0 : 1
                return "1'b\(rest) ^ (phase & now_\(name)[\(domain)])"
            }
            declarations += parts.wires + parts.instance
            loads += "    $readmemh(\"\(name).hex\", words_\(name));\n"
            steps += "        now_\(name) = words_\(name)[cycle];\n"
            let format = trial.outputs.map { _ in "%h" }.joined(separator: " ")
            let values = trial.outputs.map { ", \(name)_\($0.name)" }.joined()
            displays += "        $display(\"\(name) %0d \(format)\", cycle\(values));\n"
        }
        return """
            module bench;
            reg phase = 0;
            integer cycle;
            \(declarations)
            initial begin
            \(loads)
                for (cycle = 0; cycle < \(Trial.cycles); cycle = cycle + 1) begin
            \(steps)
                    #1;
            \(displays)
                    #1 phase = 1;
                    #1 phase = 0;
                    #1;
                end
                $finish;
            end
            endmodule

            """
    }
}
