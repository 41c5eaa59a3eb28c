import Configuration
import Devices
import Foundation
import Sensing
import Testing

/// Law: an amplifier file is read whole or refused with one line that says where and why.
@Suite struct AmplifierFileTests {
    private static let good = AmplifierTechnology.sky130.toml

    /// Reads a text as a file; its path stands in messages, here replaced by F.
    private func read(_ text: String) throws -> AmplifierTechnology {
        try read(Array(text.utf8))
    }

    private func read(_ bytes: [UInt8]) throws -> AmplifierTechnology {
        let path = NSTemporaryDirectory() + "amplifier-\(UUID().uuidString).toml"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            return try AmplifierFile.read(path)
        } catch {
            throw Complaint(text: error.description.replacingOccurrences(of: path, with: "F"))
        }
    }

    private struct Complaint: Error, Equatable {
        let text: String
    }

    private func complaint(replacing old: String, with new: String) throws -> String? {
        let text = Self.good.replacingOccurrences(of: old, with: new)
        #expect(text != Self.good, "'\(old)' stands in the file")
        do {
            _ = try read(text)
            return nil
        } catch let complaint as Complaint {
            return complaint.text
        }
    }

    @Test func builtInAmplifiersAreReadBackEqual() throws {
        for technology in AmplifierTechnology.builtIn { #expect(try read(technology.toml) == technology) }
        var odd = AmplifierTechnology.ptm45
        odd.name = "a \"b\" \\ \n\u{7F}é"
        odd.noiseVolts = 0.1 + 0.2
        #expect(try read(odd.toml) == odd)
    }

    @Test func wholeNumbersAreNumbers() throws {
        let text = Self.good.replacingOccurrences(of: "supply_v = 1.8", with: "supply_v = 2")
        #expect(try read(text).circuit.supplyVolts == 2)
    }

    @Test(
        arguments: [
            (
                "supply_v", "suply_v",
                "F:3:1: found key 'suply_v', allowed name, source and an amplifier's numbers; did you mean 'supply_v'?"
            ),
            (
                "supply_v", "xyz",
                "F:3:1: found key 'xyz', allowed name, source and an amplifier's numbers"
            ),
            (
                "supply_v = 1.8", "supply_v.typical = 1.8",
                "F:3:1: found key 'supply_v.typical', allowed name, source and an amplifier's numbers; did you mean "
                    + "'supply_v'?"
            ),
            ("supply_v = 1.8", "supply_v = \"1.8 V\"", "F:3:12: supply_v: found '\"1.8 V\"', allowed a number"),
            ("supply_v = 1.8", "supply_v = nan", "F:3:12: supply_v: found 'nan', allowed a number"),
            ("supply_v = 1.8", "supply_v = [1.8]", "F:3:12: supply_v: found '[1.8]', allowed a number"),
            ("name = \"sky130-pcsa\"", "name = 5", "F:1:8: name: found '5', allowed a text"),
            ("name = \"sky130-pcsa\"", "name = 5.5", "F:1:8: name: found '5.5', allowed a text"),
            ("name = \"sky130-pcsa\"", "name = \"\"", "F:1:8: name: found '\"\"', allowed a text"),
            ("name = \"sky130-pcsa\"\n", "", "F: found no name, which every amplifier file has"),
            ("source = ", "# ", "F: found no source, which every amplifier file has"),
            ("supply_v = 1.8\n", "", "F: parameter 'supply_v' of the amplifier is missing"),
            ("noise_v = 0.0019\n", "", "F: parameter 'noise_v' of the amplifier is missing"),
            ("supply_v = 1.8", "supply_v = -1.8", "F: supply_v is -1.8; needed is a finite number above 0"),
            (
                "ratio_maximum = 4.0", "ratio_maximum = 1",
                "F: ratio_maximum is 1.0; allowed is 1.02 to 1.7976931348623157e+308"
            ),
        ])
    func badFilesAreRefused(old: String, new: String, expected: String) throws {
        #expect(try complaint(replacing: old, with: new) == expected)
    }

    @Test(arguments: [
        (
            "supply_v = 1.8 V",
            "F:3:16: found 'supply_v = 1.8 V', which cannot be read as TOML: error while parsing key-value pair: "
                + "expected a comment or whitespace, saw 'V'"
        ),
        (
            "supply_v = 1.8\nsupply_v = 1.9",
            "F:4:12: found 'supply_v = 1.9', which cannot be read as TOML: error while parsing key-value pair: cannot "
                + "redefine existing floating-point 'supply_v'"
        ),
    ])
    func whatIsNoTOMLIsQuoted(line: String, expected: String) throws {
        #expect(try complaint(replacing: "supply_v = 1.8", with: line) == expected)
    }

    @Test func absentAndHugeFilesAreNamed() {
        #expect(throws: AmplifierFileError.file(.notReadable(file: "/none.toml", reason: "No such file or directory")))
        {
            try AmplifierFile.read("/none.toml")
        }
        #expect(throws: Complaint(text: "F: found more than 1048576 bytes, allowed 1048576 at most")) {
            try read([UInt8](repeating: UInt8(ascii: "#"), count: 1 << 20 + 1))
        }
    }
}
