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
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CheckpointError.notWritable(file: path, reason: Self.reason(error))
        }
    }

    /// Goes on from a saved state.
    ///
    /// Throws `CheckpointError`; the trainer is then as it was.
    func restore(from path: String) throws(CheckpointError) {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .notReadable(file: path, reason: Self.reason(error))
        }
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

    /// What the operating system says of a file's error.
    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(underlying.code))) }
        return "\(error.localizedDescription)"
    }
}
