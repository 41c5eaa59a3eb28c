import BitVectors
import Foundation
import HDL
import Simulation
import Testing
import Verilog

/// Records the ports of a design on the built-in simulator, cycle by cycle, and replays them in Icarus Verilog on what was
/// emitted, by a test bench that knows nothing but vectors.
final class PortRecorder {
    private let design: Design
    private let inputs: [(name: String, width: Int)]
    private let outputs: [(name: String, width: Int)]
    private var vectors: [String] = []

    init(_ design: Design) {
        self.design = design
        let ports = design.top.ports
        inputs = [("rst", 1)] + ports.filter(\.isInput).map { ($0.name, $0.width) }
        outputs = ports.filter { !$0.isInput }.map { ($0.name, $0.width) }
    }

    var cycles: Int { vectors.count }

    /// Notes the ports of a cycle, settled, before its edge.
    func record(_ simulator: Simulator, reset: Bool = false) {
        let values = inputs.dropFirst().map { simulator.get($0.name) } + outputs.map { simulator.get($0.name) }
        vectors.append(BitVector.concatenating([BitVector(reset ? 1 : 0, width: 1)] + values).hexDigits)
    }

    /// Replays the cycles and returns what the bench printed.
    func replay() throws -> String {
        try ExternalProgram.withFolder { folder in
            let emission = try emit(design)
            for file in emission.modules { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
            try Data(testbench.utf8).write(to: folder.appendingPathComponent("replay.v"))
            try Data((vectors.joined(separator: "\n") + "\n").utf8).write(
                to: folder.appendingPathComponent("vectors.hex"))
            let files = emission.modules.map(\.name) + ["replay.v"]
            try ExternalProgram.run("iverilog", ["-g2005", "-m", "v2009", "-o", "replay.vvp"] + files, in: folder)
            return try ExternalProgram.run("vvp", ["replay.vvp"], in: folder)
        }
    }

    private var testbench: String {
        let width = (inputs + outputs).reduce(0) { $0 + $1.width }
        let outputWidth = outputs.reduce(0) { $0 + $1.width }
        var high = width
        var connections = [".clk(clk)"]
        for input in inputs {
            connections.append(".\(input.name)(vector[\(high - 1):\(high - input.width)])")
            high -= input.width
        }
        for output in outputs {
            connections.append(".\(output.name)(got[\(high - 1):\(high - output.width)])")
            high -= output.width
        }
        return """
            `timescale 1ns / 1ns
            module replay;
                reg clk = 0;
                reg [\(width - 1):0] vectors [0:\(vectors.count - 1)];
                reg [\(width - 1):0] vector;
                wire [\(outputWidth - 1):0] got;
                integer cycle, differences;

                \(design.top.name) emitted (\(connections.joined(separator: ", ")));

                initial begin
                    $readmemh("vectors.hex", vectors);
                    differences = 0;
                    for (cycle = 0; cycle < \(vectors.count); cycle = cycle + 1) begin
                        vector = vectors[cycle];
                        #1;
                        if (got !== vector[\(outputWidth - 1):0]) begin
                            $display("cycle %0d: %h, recorded %h", cycle, got, vector[\(outputWidth - 1):0]);
                            differences = differences + 1;
                        end
                        clk = 1;
                        #1;
                        clk = 0;
                    end
                    $display("%0d of %0d cycles differ", differences, cycle);
                    $finish;
                end
            endmodule

            """
    }
}
