import Foundation

@testable import Learning

/// A small generator (Steele, Lea and Flood, 2014), for stimulus.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// Images in which the class' own stretch of pixels is bright and the rest is noise: separable by a linear classifier.
func separable(classes: Int, rows: Int, columns: Int, count: Int, seed: UInt64) -> ImageSet {
    var random = SplitMix(state: seed)
    let features = rows * columns
    var pixels: [UInt8] = [], labels: [UInt8] = []
    for index in 0..<count {
        let label = index % classes
        labels.append(UInt8(label))
        for pixel in 0..<features {
            let own = pixel * classes / features == label
            pixels.append(UInt8.random(in: own ? 160...255 : 0...100, using: &random))
        }
    }
    return ImageSet(rows: rows, columns: columns, classes: classes, pixels: pixels, labels: labels)
}

/// A folder of its own that is removed after use.
func withTemporaryFolder<Result>(_ work: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hwgen-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try work(folder)
}

func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}
