import Tools
import Foundation
import Verilog

extension DesignFiles {
    /// Writes every file; each appears whole or not at all. Files of the same design that were there before and are none
    /// of it now are removed, so that `*.v` is the design.
    /// - Throws: `DesignFolderError` when the folder holds another design, `FileError`.
    public func write(to folder: String) throws {
        let earlier = try checkFolder(folder)
        try makeFolder(folder)
        for file in files { try writeFile("\(folder)/\(file.name)", file.bytes) }
        let names = Set(files.map(\.name))
        for path in earlier where !names.contains(path) {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(path)")
        }
    }

    /// What differs between these files and those of a folder, files that do not belong there among it.
    public func differences(from folder: String) -> [FileDifference] {
        let names = Set(files.map(\.name))
        let surplus = Self.paths(in: folder).filter { !names.contains($0) }.map {
            FileDifference(path: "\(folder)/\($0)", line: 0, expected: "no file", found: "a file")
        }
        return files.compactMap { file in
            guard let found = try? readFile("\(folder)/\(file.name)") else {
                return FileDifference(path: "\(folder)/\(file.name)", line: 0, expected: "the file", found: "no file")
            }
            return FileDifference(path: "\(folder)/\(file.name)", expected: file.bytes, found: found)
        } + surplus
    }

    /// The files that an earlier emission of this design left in a folder, by its manifests.
    private func checkFolder(_ folder: String) throws(DesignFolderError) -> [String] {
        var earlier: [String] = []
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".manifest.json") {
            guard let bytes = try? readFile("\(folder)/\(name)"),
                let manifest = try? JSONDecoder().decode(FolderManifest.self, from: Data(bytes))
            else { continue }
            guard manifest.design == design else {
                throw DesignFolderError(folder: folder, found: manifest.design, design: design)
            }
            // A manifest is a file like any other: it may name only what lies in the folder.
            earlier += [name] + manifest.files.map(\.path).filter { !$0.hasPrefix("/") && !$0.contains("..") }
        }
        return earlier
    }

    /// Paths of the files in a folder and below it, relative to it.
    private static func paths(in folder: String) -> [String] {
        let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return paths.sorted().filter { path in
            var isFolder = ObjCBool(false)
            return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }
    }

    /// What is read of a manifest, also one of an earlier version.
    private struct FolderManifest: Decodable {
        struct File: Decodable { let path: String }
        let design: String
        let files: [File]
    }
}

/// A folder that holds the files of another design, which would be mixed up.
public struct DesignFolderError: Error, Equatable, Sendable, CustomStringConvertible {
    let folder: String
    let found: String
    let design: String
    public var description: String {
        "folder '\(folder)' holds design '\(found)', which '\(design)' would be mixed with; name another with -o"
    }
}
