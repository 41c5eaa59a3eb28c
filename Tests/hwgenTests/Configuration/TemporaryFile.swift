import Foundation

/// A file of one test, gone with it.
struct TemporaryFile: ~Copyable {
    let path: String

    init(_ bytes: [UInt8]) throws {
        let folder = FileManager.default.temporaryDirectory
        path = folder.appendingPathComponent("parameters-\(UUID().uuidString).toml").path
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    init(_ text: String) throws { try self.init(Array(text.utf8)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
