import Glibc
import Hashing

/// A folder of built files, each under the hash of all that went into it.
///
/// An entry is a folder that appears by one rename, so any number of processes may build the same one. The digest of
/// its file stands beside it and is checked at every use; an entry that fails is built anew.
public struct LibraryCache: Hashable, Sendable {
    /// The cache's folder; made when something is put there.
    public let folder: String

    /// A cache in a folder.
    public init(folder: String) { self.folder = folder }

    /// $HWGEN_CACHE, else $XDG_CACHE_HOME/hwgen, else $HOME/.cache/hwgen.
    ///
    /// - Throws: `CoSimError.cacheUnknown`.
    public init(environment: [String: String] = processEnvironment()) throws(CoSimError) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        if let folder = value("HWGEN_CACHE") {
            self.folder = folder
        } else if let folder = value("XDG_CACHE_HOME") {
            self.folder = folder + "/hwgen"
        } else if let folder = value("HOME") {
            self.folder = folder + "/.cache/hwgen"
        } else {
            throw .cacheUnknown
        }
    }

    /// The file `name` of entry `key`, built by `build` in a private folder when absent or damaged.
    ///
    /// `build` must leave `name` in the folder it is given; only that file and `description` are kept.
    ///
    /// - Returns: The path, and whether the entry was there.
    /// - Throws: `CoSimError.cacheUnusable`, and what `build` throws; a failure leaves nothing behind.
    func file(
        _ name: String, key: String, description: String, build: (_ folder: String) throws -> Void
    ) throws -> (path: String, cached: Bool) {
        let entry = folder + "/" + key
        let path = entry + "/" + name
        if isIntact(path) { return (path, true) }
        do {
            try FileSystem.makeFolders(folder)
            removeAbandoned()
            let work = try workFolder()
            defer { FileSystem.remove(work) }
            let result = work + "/entry"
            try FileSystem.makeFolders(result)
            try FileSystem.makeFolders(work + "/build")
            try build(work + "/build")
            let bytes = try FileSystem.read(work + "/build/" + name)
            try FileSystem.write(description, to: result + "/key.txt")
            try FileSystem.write(sha256(bytes) + "\n", to: result + "/" + name + ".sha256")
            try FileSystem.write(bytes, to: result + "/" + name)
            try publish(result, as: entry, file: path, work: work)
        } catch let failure as FileSystem.Failure {
            throw CoSimError.cacheUnusable(folder: folder, reason: failure.reason)
        }
        return (path, false)
    }

    private func isIntact(_ path: String) -> Bool {
        guard let digest = try? FileSystem.read(path + ".sha256"), let bytes = try? FileSystem.read(path) else {
            return false
        }
        return Array((sha256(bytes) + "\n").utf8) == digest
    }

    private func publish(_ result: String, as entry: String, file: String, work: String) throws(FileSystem.Failure) {
        for attempt in 0..<8 {
            if rename(result, entry) == 0 { return }
            let code = errno
            guard code == EEXIST || code == ENOTEMPTY || code == ENOTDIR else {
                throw FileSystem.Failure(path: entry, code: code)
            }
            // Another process was faster, or a damaged entry is in the way.
            if isIntact(file) { return }
            rename(entry, work + "/damaged-\(attempt)")
        }
        throw FileSystem.Failure(path: entry, code: EEXIST)
    }

    private func workFolder() throws(FileSystem.Failure) -> String {
        var template = Array((folder + "/building-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw FileSystem.Failure(path: folder, code: errno) }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes what an interrupted build left more than a day ago; no build takes that long.
    private func removeAbandoned() {
        for name in FileSystem.list(folder) where name.hasPrefix("building-") {
            var status = stat()
            if stat(folder + "/" + name, &status) == 0, time(nil) - status.st_mtim.tv_sec > 86_400 {
                FileSystem.remove(folder + "/" + name)
            }
        }
    }
}
