import Foundation
import HDL
import Testing
import Verilog

/// Law: what the components become is Verilog that tools read without a word, whatever the parameters.
@Suite("Components as Verilog")
struct EmissionTests {
    @Test("elaborates without a finding", arguments: try NamedDesign.all())
    func elaborates(_ design: NamedDesign) throws {
        let findings = try design.elaborated().warnings.map(\.description)
        #expect(findings == [])
    }

    @Test("Verilator has no complaint without a waiver, with the checks and without", arguments: try NamedDesign.all())
    func lint(_ design: NamedDesign) throws {
        try withSources(of: design) { folder, top, files in
            for define in ["-DSYNTHESIS", "-DFORMAL"] {
                let arguments = ["--lint-only", "-Wall", define, "--top-module", top] + files
                let output = try run("verilator", arguments, in: folder)
                #expect(output == "")
            }
        }
    }

    @Test("Yosys finds no undriven, doubly driven or looping signal", arguments: try NamedDesign.all())
    func check(_ design: NamedDesign) throws {
        try withSources(of: design) { folder, top, files in
            for formal in ["", "-formal "] {
                let script =
                    "read_verilog \(formal)\(files.joined(separator: " "));"
                    + " hierarchy -check -top \(top); proc; check -assert"
                let output = try run("yosys", ["-Q", "-T", "-p", script], in: folder)
                #expect(!output.contains("Warning"), "\(output)")
            }
        }
    }

    private func withSources(of design: NamedDesign, _ work: (URL, String, [String]) throws -> Void) throws {
        let emission = try emit(design.elaborated())
        try inTemporaryFolder { folder in
            for file in emission.modules {
                try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
            }
            try work(folder, emission.top, emission.modules.map(\.name))
        }
    }
}
