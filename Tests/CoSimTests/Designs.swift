@testable import CoSim

/// Small designs written by hand.
enum Designs {
    static func source(_ top: String, _ ports: [PortDescription], _ text: String) -> ModelSource {
        ModelSource(top: top, files: [.init(name: top + ".v", text: text)], ports: ports)
    }

    /// Counts the cycles in which `enable` is one.
    static let counter = source(
        "counter", [.clock("clk"), .input("rst"), .input("enable"), .output("count", 16)],
        """
        module counter(input clk, input rst, input enable, output reg [15:0] count);
          always @(posedge clk) count <= rst ? 16'd0 : count + {15'd0, enable};
        endmodule
        """)

    static let widths = [1, 7, 8, 9, 16, 17, 31, 32, 33, 63, 64, 65, 95, 96, 97, 127, 128, 129, 300]

    /// Every width as input, inverted at once and registered.
    static let echo: ModelSource = {
        var ports: [PortDescription] = [.clock("clk")]
        var body = ""
        for w in widths {
            ports += [.input("a__\(w)", w), .output("n\(w)", w), .output("q\(w)", w)]
            body += "  assign n\(w) = ~a__\(w);\n  always @(posedge clk) q\(w) <= a__\(w);\n"
        }
        return source("echo", ports, "module echo(\n\(declarations(ports)));\n\(body)endmodule\n")
    }()

    /// Ports of random widths, inputs and outputs in random order: each input inverted at once and registered.
    static func randomEcho(_ name: String, seed: UInt64) -> ModelSource {
        var random = SplitMix(state: seed)
        var ports: [PortDescription] = []
        var body = ""
        for i in 0..<24 {
            let most = [8, 16, 32, 64, 200][Int(random.next() % 5)]
            let width = 1 + Int(random.next() % UInt64(most))
            ports += [.input("i\(i)", width), .output("n\(i)", width), .output("q\(i)", width)]
            body += "  assign n\(i) = ~i\(i);\n  always @(posedge clk) q\(i) <= i\(i);\n"
        }
        ports = [.clock("clk")] + ports.shuffled(using: &random)
        return source(name, ports, "module \(name)(\n\(declarations(ports)));\n\(body)endmodule\n")
    }

    /// Four lanes that count the ones of `row & plane`, shift and accumulate; about 20 ports, wide ones among them.
    static let popcount: ModelSource = {
        var ports: [PortDescription] = [
            .clock("clk"), .input("rst"), .input("valid"), .input("negative"), .input("shift", 3),
            .input("row", 256), .input("plane0", 256), .input("plane1", 256), .input("tag", 64), .input("mode", 12),
        ]
        ports += [
            .output("ready"), .output("parity"), .output("busy"), .output("zero"), .output("state", 3),
            .output("sum0", 24), .output("sum1", 24), .output("steps", 32), .output("tag_out", 64),
            .output("anded", 256), .output("mode_out", 12), .output("sums", 96),
        ]
        let text = """
            module popcount(
            \(declarations(ports)));
              wire [255:0] and0 = row & plane0;
              wire [255:0] and1 = row & plane1;
              wire [8:0] count0;
              wire [8:0] count1;
              assign count0 = $countones(and0);
              assign count1 = $countones(and1);
              wire [23:0] term0 = {15'd0, count0} << shift;
              wire [23:0] term1 = {15'd0, count1} << shift;
              assign zero = ~(|and0);
              assign parity = ^tag;
              assign ready = state != 3'd5;
              assign busy = state[0] & valid;
              assign sums = {sum1, sum0, steps, 4'd0, mode_out};
              always @(posedge clk) begin
                anded <= and0 ^ and1;
                tag_out <= tag + {52'd0, mode};
                mode_out <= mode;
                if (rst) begin
                  sum0 <= 24'd0; sum1 <= 24'd0; steps <= 32'd0; state <= 3'd0;
                end else if (valid) begin
                  sum0 <= negative ? sum0 - term0 : sum0 + term0;
                  sum1 <= negative ? sum1 - term1 : sum1 + term1;
                  steps <= steps + 32'd1;
                  state <= state + 3'd1;
                end
              end
            endmodule
            """
        return source("popcount", ports, text)
    }()

    /// Ends in the way that `how` tells: 1 $finish, 2 $stop, 3 $fatal, 4 assertion, 5 does not settle, 6 $display.
    static let mortal = source(
        "mortal", [.clock("clk"), .input("how", 3), .output("count", 8), .output("loop")],
        """
        module mortal(input clk, input [2:0] how, output reg [7:0] count, output loop);
          initial count = 8'd0;
          assign loop = how == 3'd5 ? ~loop : 1'b0;
          always @(posedge clk) begin
            count <= count + 8'd1;
            if (how == 3'd1) $finish;
            if (how == 3'd2) $stop;
            if (how == 3'd3) $fatal(1, "count is %0d", count);
            assert (how != 3'd4) else $error("how is four");
            if (how == 3'd6) begin
              $display("marker-display %0d", count);
              $write("marker-write\\n");
              $fdisplay(32'h8000_0001, "marker-descriptor");
              $fdisplay(32'h8000_0002, "marker-error");
            end
          end
        endmodule
        """)

    /// A register that nothing resets.
    static let unreset = source(
        "unreset", [.clock("clk"), .output("q", 64)],
        """
        module unreset(input clk, output reg [63:0] q);
          always @(posedge clk) q <= q + 64'd1;
        endmodule
        """)

    static func declarations(_ ports: [PortDescription]) -> String {
        ports.map { port in
            let range = port.width == 1 ? "" : "[\(port.width - 1):0] "
            let kind = port.direction == .input ? "input" : "output"
            let isRegister = port.direction == .output && (port.name.hasPrefix("q") || registers.contains(port.name))
            return "  \(kind) \(isRegister ? "reg " : "")\(range)\(port.name)"
        }.joined(separator: ",\n")
    }

    private static let registers: Set<String> = ["sum0", "sum1", "steps", "state", "anded", "tag_out", "mode_out"]
}
