import Tools
import CoSim
import Engine
import Foundation
import Golden
import Network
import Testing
import Verification
import Verilog

/// Law: what is checked in under rtl, golden and testbenches is what the sources make of the checked-in network.
@Suite struct RepositoryFilesTests {
    @Test func rtlIsWhatTheDesignEmits() throws {
        let design = try CheckedDesign(DotProductEnginePair.self, Engine.DotProductEngine())
        let differences = try design.files().differences(from: packageRoot + "/rtl")
        #expect(differences.isEmpty, "accept with: hwgen emit dot-product-engine -o rtl\n\(differences)")
        let network = try QuantizedNetwork(contentsOf: packageRoot + "/golden/demo.hwnet")
        let fitted = Demo.engine(for: try Demo.layer(of: network), inputBits: network.input.bits)
        #expect(fitted == design.hardware, "the demo's network runs on the checked-in engine")
    }

    @Test func testbenchIsWhatTheDesignNeeds() throws {
        let network = try QuantizedNetwork(contentsOf: packageRoot + "/golden/demo.hwnet")
        let bench = try GoldenVectors.engineTestbench(network)
        let found = try String(contentsOfFile: packageRoot + "/testbenches/\(bench.name)", encoding: .utf8)
        #expect(found == bench.text, "accept with: hwgen golden make dot-product-engine")
    }

    @Test(arguments: CoSimulationSettings.Simulator.allCases)
    func goldenVectorsAgree(simulator: CoSimulationSettings.Simulator) throws {
        let names = GoldenVectors.list(packageRoot + "/golden")
        #expect(names == ["dot-product-engine"])
        for name in names {
            let vectors = try GoldenVectors(folder: packageRoot + "/golden/\(name)")
            #expect(try vectors.replay(in: simulator, outputFolder: Scratch.folder + "/golden") == nil)
        }
    }

    @Test func aChangedVectorFileIsFound() throws {
        let folder = Scratch.folder + "/changed"
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: Scratch.folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: packageRoot + "/golden/dot-product-engine", toPath: folder)
        var text = try readFile(folder + "/expected.hex")
        text[10] = text[10] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
        try writeFile(folder + "/expected.hex", text)
        let error = #expect(throws: GoldenError.self) { _ = try GoldenVectors(folder: folder) }
        #expect(error?.description.contains("expected.hex: is not the file of the manifest: SHA-256 ") == true)
    }
}
