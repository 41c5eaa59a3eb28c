import Engine
import Foundation
import Hashing
public import Verilog

/// The files that a design is handed over as: Verilog, lists for tools, names, and a manifest with hashes.
public struct DesignFiles: Sendable {
    /// Each with its name relative to the folder; the manifest last.
    public let files: [Emission.File]

    /// - Parameter parameters: Names and values, for the manifest.
    public init(_ emission: Emission, design: String, parameters: [(name: String, value: Int)]) throws {
        var files = emission.modules
        files.append(emission.fileList)
        files.append(emission.fuseSoCCore)
        files.append(
            Emission.File(
                name: "\(emission.top).names.json",
                bytes: try json(
                    emission.names.map {
                        Name(module: $0.module, signal: $0.signal, verilog: $0.verilog, width: $0.width)
                    })))
        let manifest = Manifest(
            design: design, top: emission.top,
            parameters: Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
            files: files.map { Manifest.File(path: $0.name, sha256: sha256($0.bytes)) })
        files.append(Emission.File(name: "\(emission.top).manifest.json", bytes: try json(manifest)))
        self.files = files
    }

    private struct Name: Encodable {
        let module, signal, verilog: String
        let width: Int
    }

    private struct Manifest: Encodable {
        struct File: Encodable { let path, sha256: String }
        let design, top: String
        let parameters: [String: Int]
        let files: [File]
    }

    /// Writes every file; each appears whole or not at all.
    public func write(to folder: String) throws(FileError) {
        try makeFolder(folder)
        for file in files { try writeFile("\(folder)/\(file.name)", file.bytes) }
    }

    /// What differs between these files and those of a folder.
    public func differences(from folder: String) -> [FileDifference] {
        files.compactMap { file in
            guard let found = try? readFile("\(folder)/\(file.name)") else {
                return FileDifference(path: "\(folder)/\(file.name)", line: 0, expected: "the file", found: "no file")
            }
            return FileDifference(path: "\(folder)/\(file.name)", expected: file.bytes, found: found)
        }
    }
}

/// The first line in which a file is not what it should be.
public struct FileDifference: Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// From 1; 0 for a file that is not there.
    public let line: Int
    public let expected: String
    public let found: String

    init(path: String, line: Int, expected: String, found: String) {
        self.path = path
        self.line = line
        self.expected = expected
        self.found = found
    }

    /// nil when the bytes are equal.
    init?(path: String, expected: [UInt8], found: [UInt8]) {
        if expected == found { return nil }
        func lines(_ bytes: [UInt8]) -> [String] {
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        let wanted = lines(expected)
        let actual = lines(found)
        let line = zip(wanted, actual).enumerated().first { $1.0 != $1.1 }?.offset ?? min(wanted.count, actual.count)
        self.init(
            path: path, line: line + 1, expected: line < wanted.count ? wanted[line] : "the end of the file",
            found: line < actual.count ? actual[line] : "the end of the file")
    }

    public var description: String { "\(path):\(line): expected '\(expected)', found '\(found)'" }
}

/// A value as JSON with sorted keys, so that equal values are equal bytes.
func json(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(value)) + [UInt8(ascii: "\n")]
}

extension CheckedDesign {
    /// The design's files, its parameters named in the manifest.
    public func files() throws -> DesignFiles {
        try DesignFiles(
            emission, design: Pair.name,
            parameters: Pair.Hardware.parameters.map { ($0.name, hardware[keyPath: $0.path]) })
    }
}
