import Foundation

/// A file or folder that cannot be used.
package enum FileError: Error, Equatable, Sendable, CustomStringConvertible {
    case cannotMakeFolder(String, reason: String)
    case cannotWrite(String, reason: String)
    case cannotRead(String, reason: String)

    package var description: String {
        switch self {
        case .cannotMakeFolder(let path, let reason): "cannot make folder '\(path)': \(reason)"
        case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
        case .cannotRead(let path, let reason): "cannot read '\(path)': \(reason)"
        }
    }
}

/// Makes the folder that a file is to lie in.
package func makeFolder(of path: String) throws(FileError) {
    let folder = enclosingFolder(of: path)
    if !folder.isEmpty { try makeFolder(folder) }
}

/// Makes a folder and those above it, where they are not there.
package func makeFolder(_ folder: String) throws(FileError) {
    if isFolderAt(folder) { return }
    let parent = enclosingFolder(of: folder)
    if !parent.isEmpty, parent != folder {
        do {
            try makeFolder(parent)
        } catch {
            // The folder that was asked for is the one to name.
            if case .cannotMakeFolder(_, let reason) = error { throw .cannotMakeFolder(folder, reason: reason) }
            throw error
        }
    }
    guard mkdir(folder, 0o755) != 0 else { return }
    let code = errno
    if code == EEXIST, isFolderAt(folder) { return }
    // Something that is no folder stands where one is wanted.
    throw .cannotMakeFolder(folder, reason: String(cString: strerror(code == EEXIST ? ENOTDIR : code)))
}

/// The folder in which a path ends; empty for a plain name. Foundation's own traps on names of one letter.
private func enclosingFolder(of path: String) -> String {
    let end = path.lastIndex { $0 != "/" } ?? path.startIndex
    guard let slash = path[..<end].lastIndex(of: "/") else { return path.hasPrefix("/") ? "/" : "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

private func isFolderAt(_ path: String) -> Bool {
    var isFolder = ObjCBool(false)
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// Makes a folder and finds out whether files can be made in it.
package func checkWritable(_ folder: String) throws(FileError) {
    try makeFolder(folder)
    let probe = "\(folder)/.hwgen-probe"
    try writeFile(probe, [])
    try? FileManager.default.removeItem(atPath: probe)
}

/// Writes a file beside its place, then renames it, so that no half-written file is ever seen.
package func writeFile(_ path: String, _ bytes: some Sequence<UInt8>) throws(FileError) {
    try makeFolder(of: path)
    do {
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
        throw .cannotWrite(path, reason: reason(error))
    }
}

/// Reads a whole file.
package func readFile(_ path: String) throws(FileError) -> [UInt8] {
    do {
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
        throw .cannotRead(path, reason: reason(error))
    }
}

/// What the system said, in a few words.
private func reason(_ error: any Error) -> String {
    let error = error as NSError
    if let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError, underlying.domain == NSPOSIXErrorDomain {
        return String(cString: strerror(Int32(underlying.code)))
    }
    if error.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(error.code))) }
    switch error.code {
    case CocoaError.Code.fileNoSuchFile.rawValue, CocoaError.Code.fileReadNoSuchFile.rawValue: return "no such file"
    case CocoaError.Code.fileWriteNoPermission.rawValue, CocoaError.Code.fileReadNoPermission.rawValue:
        return "permission denied"
    case CocoaError.Code.fileWriteOutOfSpace.rawValue: return "no space left on device"
    case CocoaError.Code.fileWriteVolumeReadOnly.rawValue: return "read-only file system"
    case CocoaError.Code.fileWriteFileExists.rawValue: return "a file of this name exists"
    default: return error.localizedDescription
    }
}
