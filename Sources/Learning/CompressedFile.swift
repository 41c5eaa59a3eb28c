private import CZlib
private import Foundation

/// Reads gzip files (RFC 1952) by the system's zlib.
enum CompressedFile {
    /// The content of a gzip file, decompressed; a file without gzip's mark is given as it is.
    ///
    /// Throws `DataSetError.notReadable` and `.damaged` (wrong CRC, invalid stream, cut short).
    static func contents(of path: String) throws(DataSetError) -> [UInt8] {
        errno = 0
        guard let file = gzopen(path, "rb") else {
            throw .notReadable(file: path, reason: errno == 0 ? "out of memory" : String(cString: strerror(errno)))
        }
        gzbuffer(file, 1 << 17)
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let read = chunk.withUnsafeMutableBytes { gzread(file, $0.baseAddress, UInt32($0.count)) }
            if read > 0 { content += chunk[..<Int(read)] }
            if read <= 0 { break }
        }
        var status: Int32 = Z_OK
        let message = gzerror(file, &status)
        var reason = status == Z_OK ? "" : message.map { String(cString: $0) } ?? "error \(status)"
        if status == Z_ERRNO { reason = String(cString: strerror(errno)) }
        // A stream that ends too early is reported by the closing, not by the reading.
        let closed = gzclose(file)
        if closed != Z_OK, reason.isEmpty { reason = "unexpected end of file" }
        // zlib puts the path in front of its message, which names the file again.
        if reason.hasPrefix(path + ": ") { reason.removeFirst(path.count + 2) }
        guard reason.isEmpty else { throw .damaged(file: path, reason: reason) }
        return content
    }
}
