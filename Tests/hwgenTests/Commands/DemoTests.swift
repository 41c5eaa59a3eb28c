import Foundation
import Testing

/// Law: the demo classifies real images on the emitted RTL with no mismatch, upsets on and off, whatever the seed, and
/// reaches the bound of its row sparsity within 1 %.
@Suite struct DemoTests {
    static let keys = [
        "images", "mismatches", "accuracy_clean", "accuracy_upset", "cycles_dense", "cycles_sparse", "speedup",
        "sparsity", "bound", "upsets", "seed",
    ]

    @Test func trainsAndClassifiesRealImages() throws {
        let outcome = try Executable.run(["demo", "--json", "--images", "200", "--seed", "4", "-o", "trained"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        for key in Self.keys { #expect(report[key] != nil, "key \(key)") }
        #expect(report["mismatches"] as? Int == 0)
        #expect(report["images"] as? Int == 200)
        let sparsity = try #require(report["sparsity"] as? Double)
        let speedup = try #require(report["speedup"] as? Double)
        #expect(sparsity >= 0.8446)
        #expect(abs(speedup * (1 - sparsity) - 1) < 0.01)
        #expect(try #require(report["accuracy_clean"] as? Double) > 0.7)
        for file in [
            "network.hwnet", "first_image.vcd", "first_image.gtkw", "rtl/dot_product_engine.v",
            "rtl/dot_product_engine.f",
        ] {
            #expect(FileManager.default.fileExists(atPath: "\(Executable.scratch)/trained/\(file)"), "\(file)")
        }
    }

    @Test(arguments: [1, 2, 3])
    func everySeedAgreesOnEveryOutput(seed: Int) throws {
        let network = Executable.root + "/golden/demo.hwnet"
        let outcome = try Executable.run([
            "demo", "--json", "--network", network, "--images", "250", "--seed", "\(seed)", "-o", "seed\(seed)",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try outcome.json()
        #expect(report["mismatches"] as? Int == 0)
        #expect(report["seed"] as? Int == seed)
        #expect(try #require(report["upsets"] as? Int) > 0)
        let dense = try #require(report["cycles_dense"] as? Int)
        #expect(dense <= (try #require(report["cycles_without_controller"] as? Int)))
    }

    @Test func theTextNamesSeedRateAndBound() throws {
        let network = Executable.root + "/golden/demo.hwnet"
        let outcome = try Executable.run(["demo", "--network", network, "--images", "10", "--upset-rate", "0.01"])
        #expect(outcome.status == 0)
        for words in ["seed 1", "rate 0.01", "no mismatch", "bound 1/(1-s) = 6.5000", "120 useful of 780"] {
            #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)")
        }
    }
}
