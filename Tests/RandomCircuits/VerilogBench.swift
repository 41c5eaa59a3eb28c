import BitVectors
import Foundation
import HDL
import Verilog

/// Writes many circuits into one folder, and a bench in plain Verilog that runs them side by side.
///
/// A circuit has one word of stimulus in a cycle: a bit for each domain that has an edge, the resets as the ports carry
/// them, and the inputs. The bench prints a line `name cycle output output …` before the edges of a cycle.
///
/// It has no delays, so that Verilator needs no coroutines, which take the C++ compiler long: its driver gives every cycle
/// an edge of `load`, one of `sample`, and a pulse of `phase`, which is that of the clocks.
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
            // From the start what the first cycle has, in which no reset is active.
            loads += "    $readmemh(\"\(name).hex\", words_\(name));\n    now_\(name) = words_\(name)[0];\n"
            steps += "    now_\(name) = words_\(name)[cycle];\n"
            let format = trial.outputs.map { _ in "%h" }.joined(separator: " ")
            let values = trial.outputs.map { ", \(name)_\($0.name)" }.joined()
            displays += "    $display(\"\(name) %0d \(format)\", cycle\(values));\n"
        }
        return """
            module bench (input load, input sample, input phase);
            integer cycle = 0;
            \(declarations)
            initial begin
            \(loads)end
            always @(posedge load) begin
            \(steps)end
            always @(posedge sample) begin
            \(displays)    cycle = cycle + 1;
            end
            endmodule

            """
    }

    /// What drives the bench in an event-driven simulator.
    static let driver = """
        module driver;
        reg load = 0;
        reg sample = 0;
        reg phase = 0;
        bench bench_instance (.load(load), .sample(sample), .phase(phase));
        initial begin
            repeat (\(Trial.cycles)) begin
                #1 load = 1;
                #1 load = 0;
                #1 sample = 1;
                #1 sample = 0;
                #1 phase = 1;
                #1 phase = 0;
            end
            #1 $finish;
        end
        endmodule

        """

    /// What drives Verilator's model of the bench.
    static let program = """
        #include "Vbench.h"
        #include "verilated.h"

        static void pulse(Vbench &bench, CData &input) {
            input = 1;
            bench.eval();
            input = 0;
            bench.eval();
        }
        int main() {
            VerilatedContext context;
            Vbench bench(&context);
            bench.eval();
            for (int cycle = 0; cycle < \(Trial.cycles); cycle++) {
                pulse(bench, bench.load);
                pulse(bench, bench.sample);
                pulse(bench, bench.phase);
            }
            bench.final();
            return 0;
        }

        """
}
