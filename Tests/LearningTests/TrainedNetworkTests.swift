import Foundation
import Network
import Testing

@testable import Learning

/// Law: the trained networks that are checked in have the accuracy that they state, by integer inference.
@Suite("Trained networks")
struct TrainedNetworkTests {
    /// Name, right ones of the first 1,000 test images (counted by the golden model of the engine, `hwgen run`), and the
    /// accuracy that the file states, of all images.
    private static let networks: [(String, Int, Double)] = [
        ("lenet5", 918, 0.9129), ("lenet5-pruned", 913, 0.9129), ("vgg-small", 931, 0.9182),
    ]

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

    @Test("each loads, and classifies the first 1,000 test images as stated", arguments: Self.networks)
    func accuracy(name: String, right: Int, of all: Double) throws {
        let network = try QuantizedNetwork(contentsOf: "\(Self.root)/golden/\(name).hwnet")
        #expect(network.name == name)
        let stated = try #require(network.training["testAccuracy"].flatMap(Double.init))
        #expect(stated == all)
        let images = try FashionMNIST.loadTest().prefix(1000)
        let inference = BatchInference(network)
        #expect(inference.correct(images, threads: 2) == right)
        #expect(abs(Double(right) / 1000 - stated) < 0.03)
        // The network's own loops are its meaning.
        for image in 0..<3 {
            let codes = images.activations(ofImage: image, bits: network.input.bits)
            #expect(inference.infer(activations: codes) == network.infer(activations: codes))
        }
    }
}
