import Foundation
import Testing
import Verilog

@testable import Formal

/// A problem in hand-written Verilog with a clock `clk`, or none.
func synthesisProblem(_ top: String, _ text: String, clocks: [String] = ["clk"]) -> SynthesisProblem {
    SynthesisProblem(top: top, files: [Emission.File(name: "\(top).v", bytes: Array(text.utf8))], clocks: clocks)
}

/// Law: what is reported is what stands in the netlist, and the figures are those of the liberty file.
@Suite("Synthesis")
struct SynthesisTests {
    private func synthesize(
        _ problem: SynthesisProblem, _ options: SynthesisOptions = SynthesisOptions()
    ) throws -> SynthesisReport {
        try Synthesizer(CellLibrary(), options).synthesize(problem)
    }

    /// The area of each cell, by a search of the liberty file that shares nothing with the reader.
    private func areas() throws -> [String: Double] {
        let text = try String(contentsOfFile: CellLibrary.defaultPath, encoding: .utf8)
        var areas: [String: Double] = [:]
        for cell in text.matches(of: #/cell \((\w+)\) \{[^{]*?area : ([0-9.]+);/#) {
            areas[String(cell.1)] = Double(cell.2)
        }
        return areas
    }

    /// Instances of each cell in Verilog text.
    private func instances(_ netlist: String) -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in netlist.split(separator: "\n") {
            guard let match = line.wholeMatch(of: #/  ([A-Z]\w+) [^ ]+ +\(/#) else { continue }
            counts[String(match.1), default: 0] += 1
        }
        return counts
    }

    @Test("an inverted AND before a register is a NAND gate and a flip-flop, 24 + 96 square micrometres")
    func areaByHand() throws {
        let report = try synthesize(
            synthesisProblem(
                "tiny",
                """
                module tiny (input wire clk, input wire a, input wire b, output reg q);
                    always @(posedge clk) q <= ~(a & b);
                endmodule
                """), SynthesisOptions(outputLoadFarads: 0))
        #expect(report.cellTypes == ["NAND2X1": 1, "DFFPOSX1": 1])
        #expect(report.cells == 2 && report.registers == 1)
        #expect(report.areaSquareMicrometres == 24 + 96)
        #expect(report.timing.criticalPath == TimingReport.Path(start: "q", end: "q", levels: 0))
        #expect(report.memoryBits == 0)
    }

    @Test("cells and area are those of the netlist's instances, summed by the areas in the file")
    func areaOfInstances() throws {
        let report = try synthesize(
            synthesisProblem(
                "multiplier",
                """
                module multiplier (input wire clk, input wire [7:0] a, input wire [7:0] b, output reg [15:0] q);
                    reg [7:0] left, right;
                    always @(posedge clk) begin
                        left <= a;
                        right <= b;
                        q <= left * right;
                    end
                endmodule
                """))
        let areas = try areas()
        #expect(areas["NAND2X1"] == 24 && areas["DFFPOSX1"] == 96)
        let counted = instances(report.netlist)
        #expect(report.cellTypes == counted)
        #expect(report.registers == 32)
        let sum = try counted.reduce(0) { $0 + Double($1.value) * (try #require(areas[$1.key])) }
        #expect(sum > 32 * 96)
        #expect(report.areaSquareMicrometres == sum)
        let path = try #require(report.timing.criticalPath)
        #expect(path.start.hasPrefix("left") || path.start.hasPrefix("right"))
        #expect(path.end.hasPrefix("q["))
        #expect(path.levels > 5)
        // The setup time of a flip-flop comes after the arrival.
        let setup = report.timing.minimumPeriodSeconds - report.timing.arrivalSeconds
        #expect(setup > 0.05e-9 && setup < 0.5e-9, "\(setup)")
    }

    @Test("an inverter without a clock is timed from input to output, later and larger with more load")
    func combinational() throws {
        func inverter(load: Double) throws -> SynthesisReport {
            try synthesize(
                synthesisProblem(
                    "inverter", "module inverter (input wire a, output wire y);\n    assign y = ~a;\nendmodule\n",
                    clocks: []), SynthesisOptions(drivingCell: "INVX8", outputLoadFarads: load))
        }
        let light = try inverter(load: 0)
        #expect(light.registers == 0 && light.cells == 1)
        #expect(light.timing.criticalPath == TimingReport.Path(start: "a", end: "y", levels: 1))
        // No setup time at an output.
        #expect(abs(light.timing.minimumPeriodSeconds - light.timing.arrivalSeconds) < 1e-14)
        let heavy = try inverter(load: 400e-15)
        #expect(heavy.timing.arrivalSeconds > light.timing.arrivalSeconds + 0.05e-9)
        #expect(heavy.areaSquareMicrometres > light.areaSquareMicrometres, "a larger load wants a larger gate")
    }

    @Test("a memory that is written is counted in bits and not in cells, a table becomes gates")
    func memories() throws {
        let report = try synthesize(
            synthesisProblem(
                "store",
                """
                module store (
                    input wire clk, input wire write, input wire [3:0] place, input wire [7:0] data,
                    output wire [7:0] cells, output wire [3:0] square
                );
                    reg [7:0] junctions [0:15];
                    reg [3:0] squares [0:3];
                    initial begin
                        squares[0] = 4'd0;
                        squares[1] = 4'd1;
                        squares[2] = 4'd4;
                        squares[3] = 4'd9;
                    end
                    assign cells = ~junctions[place];
                    assign square = squares[place[1:0]];
                    always @(posedge clk) if (write) junctions[place] <= data ^ 8'h55;
                endmodule
                """))
        #expect(report.memories == [SynthesisReport.Memory(name: "junctions", words: 16, width: 8)])
        #expect(report.memoryBits == 128)
        #expect(report.registers == 0)
        #expect(report.cells >= 8 + 4)
        #expect(report.areaSquareMicrometres < 12 * 96, "nothing of the memory is in the area")
        #expect(report.netlist.contains("reg [7:0] junctions [15:0];"))
        // Paths end and begin at the memory: none leads through it.
        let path = try #require(report.timing.criticalPath)
        #expect(path.levels >= 1 && path.levels <= 4, "\(path)")
    }

    @Test("the clock's period is aimed at: a tight one costs area and gives an earlier arrival")
    func period() throws {
        let adder = synthesisProblem(
            "adder",
            """
            module adder (input wire clk, input wire [15:0] a, input wire [15:0] b, output reg [15:0] q);
                reg [15:0] left, right;
                always @(posedge clk) begin
                    left <= a;
                    right <= b;
                    q <= left + right;
                end
            endmodule
            """)
        let relaxed = try synthesize(adder, SynthesisOptions(clockPeriodSeconds: 100e-9))
        let tight = try synthesize(adder, SynthesisOptions(clockPeriodSeconds: 0.1e-9))
        #expect(relaxed.timing.minimumPeriodSeconds < 100e-9)
        #expect(tight.timing.minimumPeriodSeconds > 0.1e-9)
        #expect(tight.timing.arrivalSeconds <= relaxed.timing.arrivalSeconds)
        #expect(tight.areaSquareMicrometres >= relaxed.areaSquareMicrometres)
    }
}
