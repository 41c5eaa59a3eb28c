import Foundation
import HDL
import Testing
import Verilog

@testable import Formal

/// Law: what is no circuit of cells is refused, and the message names what is to be changed.
@Suite("Errors of synthesis")
struct SynthesisErrorTests {
    private func failure(_ problem: SynthesisProblem, _ library: CellLibrary? = nil) throws -> String? {
        let synthesizer = try Synthesizer(library ?? CellLibrary())
        let error = #expect(throws: SynthesisError.self) { _ = try synthesizer.synthesize(problem) }
        return error?.description
    }

    @Test("a latch names its signal, in the module where it stands")
    func latch() throws {
        let message = try failure(
            synthesisProblem(
                "top",
                """
                module holder (input wire enable, input wire [1:0] d, output reg [1:0] kept);
                    always @* if (enable) kept = d;
                endmodule
                module top (input wire enable, input wire [1:0] d, output wire [1:0] q);
                    holder holder (enable, d, q);
                endmodule
                """, clocks: []))
        #expect(message == "a latch would be needed for holder.kept: give it a value in every case")
    }

    @Test("a combinational loop names its signals")
    func loop() throws {
        let message = try failure(
            synthesisProblem(
                "loopy",
                """
                module loopy (input wire a, input wire b, output wire y);
                    wire around;
                    assign around = a & y;
                    assign y = around | b;
                endmodule
                """, clocks: []))
        #expect(message == "a combinational loop in 'loopy' through around, y")
    }

    @Test("a wire without a driver is named")
    func undriven() throws {
        let message = try failure(
            synthesisProblem(
                "open",
                "module open (input wire a, output wire y);\n    wire z;\n    assign y = a & z;\nendmodule\n",
                clocks: []))
        #expect(message == "the netlist is not sound: Wire open.z is used but has no driver.")
    }

    @Test("an operation that is left without a cell is named with its count, and a memory is none")
    func unmapped() throws {
        func types(_ types: String) throws -> [String: Int] {
            try SynthesisOutput.cellTypes(
                #"{"modules": {"\\bus": {"num_cells": 9, "num_cells_by_type": {\#(types)}}}}"#, top: "bus")
        }
        #expect(try types(#""INVX1": 2, "$mem_v2": 1"#) == ["INVX1": 2])
        let error = #expect(throws: SynthesisError.self) { _ = try types(#""INVX1": 2, "$_TBUF_": 3, "$pow": 1"#) }
        #expect(error?.description == "the library has no cell for $_TBUF_ (3 times), $pow (1 times)")
        #expect(throws: SynthesisError.self) { _ = try SynthesisOutput.cellTypes("{}", top: "bus") }
        let arealess = SynthesisError.unreadableOutput("yosys", reason: "stat -liberty says no area of 'bus'")
        #expect(throws: arealess) { try SynthesisOutput.area("Chip area of bus: 5", top: "bus", hasCells: true) }
        #expect(try SynthesisOutput.area("", top: "bus", hasCells: false) == 0)
        #expect(try SynthesisOutput.area("  Chip area for module '\\bus': 7.5", top: "bus", hasCells: true) == 7.5)
    }

    /// The failure in a library that has neither delays nor a flip-flop with a reset.
    private func failureInSmallLibrary(_ problem: SynthesisProblem) throws -> String? {
        try withTemporaryFolder { folder in
            let url = folder.appendingPathComponent("small.lib")
            // yosys wants the semicolon that the format lets be left out.
            let text = CellLibraryTests.small.replacingOccurrences(of: "input }", with: "input; }")
            try Data(text.utf8).write(to: url)
            return try failure(problem, CellLibrary(path: url.path))
        }
    }

    @Test("a register that the library has no flip-flop for is named with its kind")
    func noSuchFlipFlop() throws {
        let message = try failureInSmallLibrary(
            synthesisProblem(
                "cleared",
                """
                module cleared (input wire clk, input wire rst, input wire d, output reg q);
                    always @(posedge clk or posedge rst) if (rst) q <= 1'b0; else q <= d;
                endmodule
                """))
        #expect(message?.hasPrefix("yosys failed: FF cleared.") == true, "\(message ?? "")")
        #expect(message?.hasSuffix("dffs with async set or reset are not supported") == true, "\(message ?? "")")
    }

    @Test("a library that ABC cannot map to gives ABC's message")
    func uselessLibrary() throws {
        let message = try failureInSmallLibrary(
            synthesisProblem(
                "gate",
                "module gate (input wire a, input wire b, output wire y);\n    assign y = a & b;\nendmodule\n",
                clocks: []))
        #expect(message == "ABC failed: Current library is not available.")
    }

    @Test("Verilog that cannot be read gives yosys' own message")
    func syntax() throws {
        let message = try failure(synthesisProblem("broken", "module broken (input wire a;\nendmodule\n"))
        #expect(message?.hasPrefix("yosys failed: ") == true, "\(message ?? "")")
        #expect(message?.contains("broken.v") == true, "\(message ?? "")")
    }

    @Test("a black box and a clock made inside are refused")
    func designs() throws {
        let boxed = try elaborate(BoxedDesign())
        #expect(throws: SynthesisError.blackBox("vendor_cell")) { _ = try SynthesisProblem(boxed, emit(boxed)) }
        let divided = try elaborate(DividedClock())
        #expect(throws: SynthesisError.innerClock("slow", module: "divided_clock")) {
            _ = try SynthesisProblem(divided, emit(divided))
        }
    }

    @Test("options out of range are refused")
    func options() throws {
        let library = try CellLibrary()
        func message(_ options: SynthesisOptions) -> String? {
            #expect(throws: SynthesisError.self) { _ = try Synthesizer(library, options) }?.description
        }
        #expect(
            message(SynthesisOptions(clockPeriodSeconds: 1e-15))
                == "clock period in seconds: found 1e-15, allowed 1e-12 to 0.001")
        #expect(
            message(SynthesisOptions(clockPeriodSeconds: 1))
                == "clock period in seconds: found 1.0, allowed 1e-12 to 0.001")
        #expect(
            message(SynthesisOptions(outputLoadFarads: -1e-15))
                == "output load in farads: found -1e-15, allowed 0 to 1e-09")
        for name in ["NAND2X1", "DFFPOSX1", "NOTHING"] {
            #expect(
                message(SynthesisOptions(drivingCell: name))
                    == "driving cell: found '\(name)', allowed is a buffer or inverter of '\(library.path)'")
        }
    }
}
