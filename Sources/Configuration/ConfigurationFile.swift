import Foundation

/// Reads a configuration file, whatever its content is to be.
package enum ConfigurationFile {
    /// The largest file that is read; a network or a data set taken for a configuration ends here.
    package static let limitBytes = 1 << 20

    /// The document of a file; `path` may be a pipe too, whose reading ends when a signal comes and `isInterrupted`.
    ///
    /// - Throws: `ConfigurationError.notReadable`, `.tooLarge` or `.syntax`.
    package static func document(
        _ path: String, isInterrupted: () -> Bool = { false }
    ) throws(ConfigurationError) -> TOMLDocument {
        try document(bytes(path, isInterrupted), named: path)
    }

    /// The document that bytes hold, `name` standing for the file in messages.
    package static func document(_ bytes: [UInt8], named name: String) throws(ConfigurationError) -> TOMLDocument {
        do {
            return try TOMLDocument(parsing: bytes)
        } catch {
            let place = ConfigurationError.Place(file: name, position: error.position)
            throw ConfigurationError.syntax(place, found: error.line, reason: error.reason)
        }
    }

    private static func bytes(_ path: String, _ isInterrupted: () -> Bool) throws(ConfigurationError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while content.count <= limitBytes {
            let count = read(file, &buffer, buffer.count)
            if count < 0 && errno == EINTR && !isInterrupted() { continue }
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
