import Examples
import Foundation
import HDL
import Testing
import Verilog

@Suite("Verilog of the examples")
struct EmittedVerilogTests {
    @Test("no finding of verilator -Wall, nor of yosys check", arguments: ExampleDesign.all)
    func lint(_ example: ExampleDesign) throws {
        try ExternalProgram.withFolder { folder in
            let emission = try emit(elaborate(example.module))
            for file in emission.modules { try Data(file.bytes).write(to: folder.appendingPathComponent(file.name)) }
            let files = emission.modules.map(\.name)
            let findings = try ExternalProgram.run(
                "verilator", ["--lint-only", "-Wall", "--top-module", emission.top] + files, in: folder)
            #expect(findings == "")
            try ExternalProgram.run(
                "yosys",
                ["-q", "-p", "hierarchy -check -top \(emission.top); proc; check -assert"] + files, in: folder)
        }
    }
}
