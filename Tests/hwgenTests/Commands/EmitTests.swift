import Foundation
import HDL
import Testing

@testable import hwgen

/// Law: `hwgen emit` writes what its options say, into a folder that is this design's alone.
@Suite struct EmitTests {
    private func emit(_ arguments: String..., to folder: String) throws -> [String: Any] {
        let outcome = try Executable.run(["emit"] + arguments + ["-o", folder, "--json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.json()
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(Executable.scratch)/\(path)", encoding: .utf8)
    }

    /// The Verilog of a folder, its test bench left out.
    private func verilog(_ folder: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(Executable.scratch)/\(folder)")
        return try names.filter { $0.hasSuffix(".v") }.sorted().map { try text("\(folder)/\($0)") }.joined()
    }

    @Test func theFolderIsNamedForTheDesignUnlessSaid() throws {
        #expect(try Executable.run(["emit", "sub-array", "--set", "rows=16"]).status == 0)
        #expect(try text("sub-array/sub_array_16x64.f") == "sub_array_16x64.v\n")
    }

    @Test(arguments: ["f", "a/b", "./g/", "\(Executable.scratch)/h"])
    func anyNameIsGoodForAFolder(folder: String) throws {
        _ = try emit("sub-array", to: folder)
        let path = folder.hasPrefix("/") ? folder : "\(Executable.scratch)/\(folder)"
        #expect(FileManager.default.fileExists(atPath: "\(path)/sub_array_256x64.v"))
    }

    /// The header is C that a driver's compiler takes; the manifest has both documents.
    @Test func registersAreDescribedBesideTheirVerilog() throws {
        let report = try emit("accelerator", to: "accelerator")
        let paths = try #require(report["files"] as? [[String: Any]]).compactMap { $0["path"] as? String }
        #expect(paths.contains("accelerator/accelerator_registers.h"))
        #expect(paths.contains("accelerator/accelerator_registers.md"))
        #expect(try text("accelerator/accelerator_registers.md").contains("| `0x80` | `cycles` | "))
        let header = try text("accelerator/accelerator_registers.h")
        #expect(header.contains("#define ACCELERATOR_CONTROL_START_MASK UINT32_C(0x1)"))
        #expect(header.contains("#define ACCELERATOR_ERROR_LAYER_SHIFT 16u"))
        #expect(try text("accelerator/accelerator.manifest.json").contains("\"accelerator_registers.h\""))
    }

    @Test func onesAreCountedAsTheOptionSays() throws {
        _ = try emit("and-accumulate", to: "count-default")
        _ = try emit("and-accumulate", "--popcount", "countones", to: "count-ones")
        _ = try emit("and-accumulate", "--popcount", "sums", to: "count-sums")
        #expect(try verilog("count-default").contains("$countones("))
        #expect(try verilog("count-default") == verilog("count-ones"))
        #expect(try !verilog("count-sums").contains("$countones"))
        #expect(
            try Executable.failure(["emit", "bank", "--popcount", "tree"], status: 2)
                == "--popcount: found 'tree', allowed one of countones, sums")
    }

    @Test func powerUpValuesAreLeftOutWhenAsked() throws {
        _ = try emit("bank", to: "power-up")
        _ = try emit("bank", "--no-power-up-values", to: "no-power-up")
        #expect(try verilog("power-up").contains("initial begin"))
        #expect(try !verilog("no-power-up").contains("initial"))
    }

    @Test func placesAreWrittenBesideTheLinesWhenAsked() throws {
        _ = try emit("bank", to: "no-comments")
        _ = try emit("bank", "--source-comments", to: "comments")
        #expect(try !verilog("no-comments").contains("//"))
        let commented = try verilog("comments")
        #expect(commented.contains(";  // Engine/Bank.swift:"))
        #expect(try commented.replacing(#/  // Engine/\w+\.swift:\d+/#, with: "") == verilog("no-comments"))
    }

    @Test func theManifestNamesOptionsParametersAndHashes() throws {
        let report = try emit(
            "bank", "--set", "columns=8", "--popcount", "sums", "--no-power-up-values", to: "manifest")
        let data = Data(try text("manifest/bank_256_8_1_1_1.manifest.json").utf8)
        let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(manifest["design"] as? String == "bank")
        #expect((manifest["parameters"] as? [String: Int])?["columns"] == 8)
        let options = try #require(manifest["options"] as? [String: Any])
        #expect(options["popcount"] as? String == "sums")
        #expect(options["power_up_values"] as? Bool == false)
        #expect(options["source_comments"] as? Bool == false)
        let files = try #require(manifest["files"] as? [[String: String]])
        let reported = try #require(report["files"] as? [[String: String]])
        #expect(files.map { "manifest/\($0["path"] ?? "")" } == reported.dropLast().map { $0["path"] ?? "" })
        #expect(files.map { $0["sha256"] } == reported.dropLast().map { $0["sha256"] })
    }

    @Test func theSourceMapLeadsToTheLineThatMadeIt() throws {
        _ = try emit("bank", to: "places")
        let data = Data(try text("places/bank_256_64_1_1_1.sources.json").utf8)
        let map = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let files = try #require(map["files"] as? [String])
        let rows = try #require((map["modules"] as? [String: [[Int]]])?["bank_256_64_1_1_1.v"])
        let lines = try text("places/bank_256_64_1_1_1.v").components(separatedBy: "\n")
        let declared = try #require(lines.firstIndex { $0.hasSuffix(" selected;") }) + 1
        let row = try #require(rows.first { ($0[0]..<$0[0] + $0[1]).contains(declared) })
        let source = try String(contentsOfFile: "\(Executable.root)/Sources/\(files[row[2]])", encoding: .utf8)
        #expect(source.components(separatedBy: "\n")[row[3] - 1].contains("\"selected\""))
    }

    @Test func aFolderOfAnotherDesignIsLeftAlone() throws {
        _ = try emit("sub-array", to: "occupied-by-design")
        let before = try FileManager.default.subpathsOfDirectory(
            atPath: "\(Executable.scratch)/occupied-by-design")
        #expect(
            try Executable.failure(["emit", "bank", "-o", "occupied-by-design"], status: 2)
                == "folder 'occupied-by-design' holds design 'sub-array', which 'bank' would be mixed with; "
                + "name another with -o")
        let after = try FileManager.default.subpathsOfDirectory(atPath: "\(Executable.scratch)/occupied-by-design")
        #expect(before.sorted() == after.sorted())
    }

    @Test func filesOfEarlierParametersGoAndThoseOfTheUserStay() throws {
        _ = try emit("bank", "--set", "columns=16", to: "again")
        try "mine".write(toFile: "\(Executable.scratch)/again/notes.txt", atomically: true, encoding: .utf8)
        let report = try emit("bank", "--set", "columns=8", to: "again")
        let written = try #require(report["files"] as? [[String: String]]).map { $0["path"] ?? "" }
        let found = try FileManager.default.subpathsOfDirectory(atPath: "\(Executable.scratch)/again")
        #expect(Set(found.map { "again/\($0)" }) == Set(written + ["again/notes.txt", "again/sim"]))
    }

    @Test func checkingFindsFilesTooManyAndTooFew() throws {
        _ = try emit("bank", to: "surplus")
        try "module m; endmodule\n".write(
            toFile: "\(Executable.scratch)/surplus/sim/stray.v", atomically: true, encoding: .utf8)
        let surplus = try Executable.run(["emit", "bank", "-o", "surplus", "--check"])
        #expect(surplus.status == 1)
        #expect(surplus.output == "surplus/sim/stray.v:0: expected 'no file', found 'a file'\n")
        try FileManager.default.removeItem(atPath: "\(Executable.scratch)/surplus/sim/stray.v")
        try FileManager.default.removeItem(atPath: "\(Executable.scratch)/surplus/bank_256_64_1_1_1.f")
        let missing = try Executable.run(["emit", "bank", "-o", "surplus", "--check"])
        #expect(missing.status == 1)
        #expect(missing.output == "surplus/bank_256_64_1_1_1.f:0: expected 'the file', found 'no file'\n")
    }

    @Test func warningsAreReportedWithTheirPlaces() throws {
        #expect((try emit("bank", to: "warned")["warnings"] as? [Any])?.isEmpty == true)
        let finding = Diagnostic(
            .warning, at: SourceLocation("A/B.swift", 3), in: "m", "never used",
            notes: [.init(at: SourceLocation("A/C.swift", 4), "made here")])
        let data = Data(try Output.json(EmitCommand.Warning(finding)).utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(object["file"] as? String == "A/B.swift" && object["line"] as? Int == 3)
        #expect(object["module"] as? String == "m" && object["message"] as? String == "never used")
        let note = try #require((object["notes"] as? [[String: Any]])?.first)
        #expect(note["file"] as? String == "A/C.swift" && note["line"] as? Int == 4)
        #expect(note["message"] as? String == "made here")
    }

    /// Swift hashes with another seed in every process, unless told to be deterministic.
    @Test func processesAtTheSameTimeWriteTheSameBytes() async throws {
        let design = ["emit", "dot-product-engine", "--source-comments"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let outcome = try Executable.run(
                        design + ["-o", "process-\(number)"],
                        environment: number % 2 == 0 ? ["SWIFT_DETERMINISTIC_HASHING": "1"] : [:])
                    #expect(outcome.status == 0, "\(outcome.errors)")
                }
            }
            try await group.waitForAll()
        }
        let folders = (0..<6).map { "\(Executable.scratch)/process-\($0)" }
        let names = try FileManager.default.subpathsOfDirectory(atPath: folders[0]).sorted()
        #expect(names.count > 10)
        for folder in folders.dropFirst() {
            #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == names)
            for name in names where name.contains(".") {
                let (left, right) = (
                    try? Data(contentsOf: URL(fileURLWithPath: "\(folders[0])/\(name)")),
                    try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
                )
                #expect(left != nil && left == right, "\(name) of \(folder)")
            }
        }
    }
}
