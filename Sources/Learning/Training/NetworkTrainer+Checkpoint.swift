private import Foundation
private import Hashing

/// The state of a run between two epochs as bytes.
///
/// Eight letters `HWGENTRN`; the length of the header in bytes, 32 bits; the header, JSON; the numbers of the graph's state in
/// their order, single precision; the SHA-256 of everything before. All numbers are little-endian.
private struct CheckpointHeader: Codable {
    var version = 1
    var recipe: String
    var seed: UInt64
    var epoch: Int
    var log: NetworkTrainingLog
}

private let magic = Array("HWGENTRN".utf8)

extension NetworkTrainer {
    /// The recipe with the data's size: what a checkpoint must agree with.
    private var identity: String { "\(recipe.name); \(recipe.text); images=\(data.training.count)" }

    /// Writes the state beside its place first, then renames, so that a stopped run leaves a whole checkpoint.
    func save(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let header = try encoder.encode(
            CheckpointHeader(recipe: identity, seed: recipe.seed, epoch: epoch, log: log))
        var bytes = magic
        withUnsafeBytes(of: UInt32(header.count).littleEndian) { bytes += $0 }
        bytes += header
        for buffer in graph.state {
            for index in 0..<buffer.count {
                withUnsafeBytes(of: buffer.start[index].bitPattern.littleEndian) { bytes += $0 }
            }
        }
        bytes += sha256Digest(bytes)
        let beside = "\(path).partial"
        errno = 0
        guard let file = fopen(beside, "wb") else { throw Self.notWritable(path) }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0
        guard fclose(file) == 0, isWritten, rename(beside, path) == 0 else {
            let error = Self.notWritable(path)
            unlink(beside)
            throw error
        }
    }

    private static func notWritable(_ path: String) -> CheckpointError {
        .notWritable(file: path, reason: String(cString: strerror(errno)))
    }

    /// Goes on from a saved state.
    ///
    /// Throws `CheckpointError`; the trainer is then as it was.
    func restore(from path: String) throws(CheckpointError) {
        let bytes = try Self.content(of: path)
        guard bytes.starts(with: magic) else { throw .damaged(file: path, reason: "it does not begin with HWGENTRN") }
        guard bytes.count >= 44 else { throw .damaged(file: path, reason: "it is cut short") }
        guard Array(bytes.suffix(32)) == sha256Digest(bytes.dropLast(32)) else {
            throw .damaged(file: path, reason: "its SHA-256 is another one")
        }
        let length = Self.word(bytes, 8)
        let state = graph.state
        let numbers = state.reduce(0) { $0 + $1.count }
        guard 12 + length <= bytes.count - 32,
            let header = try? JSONDecoder().decode(CheckpointHeader.self, from: Data(bytes[12..<12 + length])),
            header.version == 1
        else { throw .damaged(file: path, reason: "its header cannot be read") }
        guard header.recipe == identity, header.seed == recipe.seed else { throw .otherRecipe(file: path) }
        guard bytes.count == 44 + length + 4 * numbers, 0...recipe.epochs ~= header.epoch else {
            throw .damaged(file: path, reason: "its numbers are not those of the recipe")
        }
        var place = 12 + length
        for buffer in state {
            for index in 0..<buffer.count {
                buffer.start[index] = Float(bitPattern: UInt32(Self.word(bytes, place)))
                place += 4
            }
        }
        (epoch, log) = (header.epoch, header.log)
        graph.invalidate()
    }

    private static func word(_ bytes: [UInt8], _ place: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    private static func content(of path: String) throws(CheckpointError) -> [UInt8] {
        errno = 0
        guard let file = fopen(path, "rb") else {
            throw .notReadable(file: path, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            content += chunk[..<count]
            if count < chunk.count { break }
        }
        guard ferror(file) == 0 else { throw .notReadable(file: path, reason: String(cString: strerror(errno))) }
        return content
    }
}
