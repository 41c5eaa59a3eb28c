private import Foundation

extension QuantizedNetwork {
    /// The network in a file.
    ///
    /// Throws `NetworkFileError`, which names `path`.
    public init(contentsOf path: String) throws(NetworkFileError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .notReadable(file: path, reason: Self.systemReason(errno)) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw .notReadable(file: path, reason: Self.systemReason(errno))
            }
            bytes += chunk[..<count]
        }
        try self.init(bytes: bytes, fileName: path)
    }

    /// Writes the network's file: beside its place first, then renamed, so that no reader ever sees half a file.
    ///
    /// Throws `NetworkFileError.notWritable`; the file that was there before, if any, is then untouched.
    public func write(to path: String) throws(NetworkFileError) {
        let beside = "\(path).\(getpid()).\(UInt64.random(in: 0 ... .max)).partial"
        let bytes = encoded()
        let file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw .notWritable(file: path, reason: Self.systemReason(errno)) }
        var failure = Self.write(bytes, to: file)
        if failure == 0, fsync(file) != 0, errno != EINVAL { failure = errno }
        if close(file) != 0, failure == 0 { failure = errno }
        if failure == 0, rename(beside, path) != 0 { failure = errno }
        guard failure == 0 else {
            unlink(beside)
            throw .notWritable(file: path, reason: Self.systemReason(failure))
        }
    }

    /// Writes all bytes; returns 0 or the error number.
    private static func write(_ bytes: [UInt8], to file: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let written = Foundation.write(file, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                done += written
            }
            return 0
        }
    }

    private static func systemReason(_ number: Int32) -> String {
        String(cString: strerror(number))
    }
}
