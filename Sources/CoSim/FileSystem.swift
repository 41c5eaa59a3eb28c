import Glibc

/// The few file operations of the cache; every failure is the text of the system's error.
enum FileSystem {
    struct Failure: Error {
        var path: String
        var code: Int32
        var reason: String { String(cString: strerror(code)) }
    }

    static func read(_ path: String) throws(Failure) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(path: path, code: errno) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw Failure(path: path, code: errno) }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var done = 0
        while done < bytes.count {
            let size = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress.map { $0 + done }, $0.count - done)
            }
            if size < 0 && errno == EINTR { continue }
            guard size >= 0 else { throw Failure(path: path, code: errno) }
            if size == 0 { break }
            done += size
        }
        bytes.removeLast(bytes.count - done)
        return bytes
    }

    /// A file of /proc, whose size is told as 0; at most 64 KiB, "" when it cannot be read.
    static func readStart(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 65536)
        let size = Glibc.read(file, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, size)), as: UTF8.self)
    }

    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Failure(path: path, code: errno) }
        var done = 0
        while done < bytes.count {
            let size = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done) }
            if size < 0 && errno == EINTR { continue }
            guard size >= 0 else {
                let code = errno
                close(file)
                throw Failure(path: path, code: code)
            }
            done += size
        }
        guard close(file) == 0 else { throw Failure(path: path, code: errno) }
    }

    static func write(_ text: String, to path: String) throws(Failure) {
        try write(Array(text.utf8), to: path)
    }

    /// Makes `path` and the folders above it where they are missing.
    static func makeFolders(_ path: String) throws(Failure) {
        if isFolder(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolders(String(path[..<slash]))
        }
        if mkdir(path, 0o755) != 0 {
            let code = errno
            if code == EEXIST && isFolder(path) { return }
            throw Failure(path: path, code: code == EEXIST ? ENOTDIR : code)
        }
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func isExecutable(_ path: String) -> Bool { !isFolder(path) && access(path, X_OK) == 0 }

    /// Names in a folder in byte order, without "." and ".."; empty when it cannot be read.
    static func list(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file or a folder with all it holds; what cannot be removed stays.
    static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        for name in list(path) { remove(path + "/" + name) }
        rmdir(path)
    }

    /// The path with every symbolic link followed, nil when it does not exist.
    static func resolved(_ path: String) -> String? {
        guard let text = realpath(path, nil) else { return nil }
        defer { free(text) }
        return String(cString: text)
    }

    /// What changes when a file is replaced: size, inode and time of change.
    static func identity(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return "\(status.st_size) \(status.st_ino) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    /// Whether the file system of `path` has no room for another file.
    static func isFull(_ path: String) -> Bool {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return false }
        return status.f_bavail == 0 || (status.f_files > 0 && status.f_favail == 0)
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}
