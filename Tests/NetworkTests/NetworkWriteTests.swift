import Foundation
import Network
import Testing

@Suite("Writing and reading network files")
struct NetworkWriteTests {
    private func message(_ work: () throws(NetworkFileError) -> Void) -> String {
        do throws(NetworkFileError) {
            try work()
            return ""
        } catch { return error.description }
    }

    @Test("an absent file and a folder are named with the system's reason")
    func notReadable() {
        #expect(
            message { () throws(NetworkFileError) in _ = try QuantizedNetwork(contentsOf: "absent/net.hwnet") }
                == "absent/net.hwnet: cannot be read: No such file or directory")
        let folder = FileManager.default.temporaryDirectory.path
        #expect(
            message { () throws(NetworkFileError) in _ = try QuantizedNetwork(contentsOf: folder) }
                == "\(folder): cannot be read: Is a directory")
    }

    @Test("an absent folder is named, and nothing is left behind")
    func notWritable() throws {
        let network = try NetworkFileTests.small()
        #expect(
            message { () throws(NetworkFileError) in try network.write(to: "absent/net.hwnet") }
                == "absent/net.hwnet: cannot be written: No such file or directory")
        #expect(!FileManager.default.fileExists(atPath: "absent"))
    }

    @Test("when the rename fails, the partial file is removed")
    func nothingHalfWritten() throws {
        let network = try NetworkFileTests.small()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-\(UUID().uuidString)").path
        // The place is taken by a folder, so that the last step fails.
        try FileManager.default.createDirectory(atPath: "\(folder)/net", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(
            message { () throws(NetworkFileError) in try network.write(to: "\(folder)/net") }
                == "\(folder)/net: cannot be written: Is a directory")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["net"])
    }

    @Test(
        "every error has its line",
        arguments: [
            (
                NetworkFileError.notWritable(file: "f", reason: "No space left on device"),
                "f: cannot be written: No space left on device"
            ),
            (.notReadable(file: "f", reason: "Permission denied"), "f: cannot be read: Permission denied"),
        ])
    func text(error: NetworkFileError, expected: String) {
        #expect(error.description == expected)
    }
}
