import Foundation

/// Reads a configuration file, whatever its content is to be.
enum ConfigurationFile {
    /// The largest file that is read; a network or a data set taken for a configuration ends here.
    static let limitBytes = 1 << 20

    /// The document of a file; `path` may be a pipe too.
    ///
    /// - Throws: `ConfigurationError.notReadable`, `.tooLarge` or `.syntax`.
    static func document(_ path: String) throws(ConfigurationError) -> TOMLDocument {
        let content = try bytes(path)
        do {
            return try TOMLDocument(parsing: content)
        } catch {
            let place = ConfigurationError.Place(file: path, position: error.position)
            throw ConfigurationError.syntax(place, found: error.line, reason: error.reason)
        }
    }

    private static func bytes(_ path: String) throws(ConfigurationError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while content.count <= limitBytes {
            let count = read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR && !Interrupt.isRequested { continue }
            guard count >= 0 else { throw failure(path) }
            if count == 0 { return content }
            content += buffer[..<count]
        }
        throw .tooLarge(file: path, limitBytes: limitBytes)
    }

    private static func failure(_ path: String) -> ConfigurationError {
        .notReadable(file: path, reason: String(cString: strerror(errno)))
    }
}
