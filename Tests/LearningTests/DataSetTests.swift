import Foundation
import Testing

@testable import Learning

@Suite("Data sets")
struct DataSetTests {
    private static let image = "images.gz"
    private static let label = "labels.gz"

    private func word(_ value: UInt32) -> [UInt8] {
        [UInt8(value >> 24), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }

    private var images: [UInt8] { word(0x803) + word(3) + word(2) + word(2) + (0..<12).map { UInt8($0 * 20) } }
    private var labels: [UInt8] { word(0x801) + word(3) + [0, 9, 4] }

    /// Compresses a file by the system's gzip.
    private func gzip(_ bytes: [UInt8], to path: String) throws {
        let plain = String(path.dropLast(3))
        try write(bytes, to: plain)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-n", plain]
        try process.run()
        process.waitUntilExit()
    }

    /// The message for two files, with the folder taken out, or an empty text.
    private func message(
        images: [UInt8]? = nil, labels: [UInt8]? = nil, damage: ([UInt8]) -> [UInt8] = { $0 }
    ) throws -> String {
        try withTemporaryFolder { folder in
            let paths = ["\(folder)/\(Self.image)", "\(folder)/\(Self.label)"]
            try gzip(images ?? self.images, to: paths[0])
            try gzip(labels ?? self.labels, to: paths[1])
            let compressed = [UInt8](try Data(contentsOf: URL(fileURLWithPath: paths[0])))
            try write(damage(compressed), to: paths[0])
            do {
                _ = try IDXFile.imageSet(images: paths[0], labels: paths[1], classes: 10)
                return ""
            } catch { return "\(error)".replacingOccurrences(of: "\(folder)/", with: "") }
        }
    }

    @Test("compressed IDX files come back pixel for pixel")
    func reading() throws {
        try withTemporaryFolder { folder in
            try gzip(images, to: "\(folder)/\(Self.image)")
            try write(labels, to: "\(folder)/labels")
            let set = try IDXFile.imageSet(images: "\(folder)/\(Self.image)", labels: "\(folder)/labels", classes: 10)
            #expect(set.count == 3 && set.rows == 2 && set.columns == 2)
            #expect(Array(set.image(1)) == [80, 100, 120, 140])
            #expect(set.labels == [0, 9, 4])
            #expect(set.activations(ofImage: 1, bits: 4) == [5, 6, 7, 8])
            #expect(set.prefix(2).labels == [0, 9] && set.prefix(9) == set)
        }
    }

    @Test("wrong heads, sizes and labels are named")
    func heads() throws {
        #expect(try message() == "")
        #expect(
            try message(images: labels) == "images.gz: is cut short: 11 bytes found, 16 expected")
        #expect(
            try message(images: word(0x801) + images.dropFirst(4))
                == "images.gz: magic number is 0x00000801; allowed is 0x00000803")
        #expect(try message(images: Array(images.dropLast())) == "images.gz: is cut short: 27 bytes found, 28 expected")
        #expect(try message(images: images + [0]) == "images.gz: is too long: 29 bytes found, 28 expected")
        #expect(
            try message(images: images[..<8] + word(5000) + images[12...])
                == "images.gz: number of rows is 5000; allowed is 1 to 4096")
        #expect(
            try message(labels: word(0x801) + word(2) + [0, 9])
                == "labels.gz: holds 2 labels; allowed is 3, the number of images")
        #expect(try message(labels: labels.dropLast() + [10]) == "labels.gz: label 2 is 10; allowed is 0 to 9")
    }

    @Test("a damaged or shortened gzip stream is an error at every length and byte of its content")
    func damagedStream() throws {
        let short = try message { Array($0.dropLast(9)) }
        #expect(short == "images.gz: is damaged: unexpected end of file")
        let crc = try message { bytes in
            var changed = bytes
            changed[bytes.count - 8] ^= 1
            return changed
        }
        #expect(crc == "images.gz: is damaged: incorrect data check")
        for length in stride(from: 0, to: 40, by: 3) {
            #expect(try !message { Array($0.prefix(length)) }.isEmpty, "length \(length)")
        }
    }

    @Test("CIFAR-10's planes become pixels; wrong sizes and labels are named")
    func coloured() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("cifar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("test_batch.bin")
        // Red of place p is p, green 2 p, blue 3 p, each modulo 256.
        func record(label: UInt8) -> [UInt8] {
            [label] + (1...3).flatMap { colour in (0..<1024).map { UInt8(truncatingIfNeeded: colour * $0) } }
        }
        try Data(record(label: 9) + record(label: 0)).write(to: file)
        let set = try CIFAR10.loadTest(directory: folder.path)
        #expect(set.labels == [9, 0] && set.features == 3072 && set.classes == 10)
        #expect(Array(set.image(1).prefix(9)) == [0, 0, 0, 1, 2, 3, 2, 4, 6])
        #expect(Array(set.image(0).suffix(3)) == [255, 254, 253])

        try Data(record(label: 3).dropLast()).write(to: file)
        #expect(throws: DataSetError.size(file: file.path, found: 3072, expected: 3073)) {
            try CIFAR10.loadTest(directory: folder.path)
        }
        try Data(record(label: 3) + record(label: 10)).write(to: file)
        #expect(throws: DataSetError.label(file: file.path, index: 1, found: 10, classes: 10)) {
            try CIFAR10.loadTest(directory: folder.path)
        }
        #expect(throws: DataSetError.self) { try CIFAR10.load(directory: folder.path) }
    }

    @Test("an absent data set's message tells how to install it")
    func absent() {
        let file = "absent/train-images-idx3-ubyte.gz"
        #expect(throws: DataSetError.absent(file: file, package: "dataset-fashion-mnist")) {
            try FashionMNIST.load(directory: "absent")
        }
        #expect(
            DataSetError.absent(file: file, package: "dataset-fashion-mnist").description
                == "\(file): no such file; install the data set with: sudo apt-get install dataset-fashion-mnist")
    }

    @Test("a file that cannot be opened is named with the system's reason")
    func notReadable() {
        #expect(throws: DataSetError.notReadable(file: "absent/x", reason: "No such file or directory")) {
            try IDXFile.imageSet(images: "absent/x", labels: "absent/y", classes: 10)
        }
        #expect(
            DataSetError.notReadable(file: "x", reason: "Permission denied").description
                == "x: cannot be read: Permission denied")
    }
}
