import Foundation
import Testing

/// Law: FuseSoC lints an emitted design without a finding and simulates it with success, and fails when the design is
/// wrong.
@Suite struct FuseSoCTests {
    /// Runs FuseSoC of PyPI on a folder of the scratch folder; nil, with a word in the tests' output, where it cannot
    /// be installed.
    private func fusesoc(_ target: String, _ folder: String) throws -> Executable.Outcome? {
        let outcome = try Executable.run(
            Executable.root + "/scripts/python",
            [
                "fusesoc==2.4.7", "--", "-c", "from fusesoc.main import main; main()", "--cores-root", folder, "run",
                "--target=\(target)", "--build-root", "\(folder)-build", "hwgen:designs:dot_product_engine:0",
            ])
        if outcome.status == 3 {
            let said = outcome.errors.split(separator: "\n").last.map(String.init) ?? ""
            withKnownIssue("FuseSoC was not run: \(said)") { Issue.record("FuseSoC was not run: \(said)") }
            return nil
        }
        return outcome
    }

    private func emit(_ folder: String) throws {
        let outcome = try Executable.run(["emit", "dot-product-engine", "-o", folder])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    private func change(_ path: String, _ change: (String) -> String) throws {
        let path = "\(Executable.scratch)/\(path)"
        let before = try String(contentsOfFile: path, encoding: .utf8)
        let after = change(before)
        #expect(after != before)
        try after.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test func lintIsSilentAndFindsAFault() throws {
        try emit("core-lint")
        guard let clean = try fusesoc("lint", "core-lint") else { return }
        #expect(clean.status == 0, "\(clean.output)\(clean.errors)")
        try change("core-lint/dot_product_engine.v") {
            $0.replacingOccurrences(of: "endmodule", with: "    wire [3:0] lonely;\nendmodule")
        }
        let faulty = try #require(try fusesoc("lint", "core-lint"))
        #expect(faulty.status != 0)
        #expect((faulty.output + faulty.errors).contains("'lonely'"), "\(faulty.output)\(faulty.errors)")
    }

    @Test func simulationPassesAndFailsOnAFault() throws {
        try emit("core-sim")
        guard let clean = try fusesoc("sim", "core-sim") else { return }
        #expect(clean.status == 0, "\(clean.output)\(clean.errors)")
        #expect((clean.output + clean.errors).contains("PASS 500 cycles"), "\(clean.output)\(clean.errors)")
        try change("core-sim/bank_256_64_1_1_1.v") {
            $0.replacingOccurrences(of: "selected <= address", with: "selected <= ~address")
        }
        let faulty = try #require(try fusesoc("sim", "core-sim"))
        #expect(faulty.status != 0)
        #expect((faulty.output + faulty.errors).contains("\nFAIL "), "\(faulty.output)\(faulty.errors)")
    }
}
