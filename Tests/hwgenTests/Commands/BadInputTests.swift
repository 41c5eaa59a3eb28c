import Foundation
import Network
import Testing

/// Law: bad input ends with its exit status and one line that says what was found, what is allowed and what to do.
@Suite struct BadInputTests {
    private var network: String { Executable.root + "/golden/demo.hwnet" }

    /// The checked-in network with its bytes changed, as a file in the scratch folder.
    private func damagedNetwork(_ name: String, _ change: (inout [UInt8]) -> Void) throws -> String {
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: network)))
        change(&bytes)
        let path = "\(Executable.scratch)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return path
    }

    @Test func unknownDesign() throws {
        let line = try Executable.failure(["emit", "sub-aray"], status: 2)
        #expect(line.hasPrefix("DESIGN: found 'sub-aray', allowed "))
        #expect(line.hasSuffix("; did you mean 'sub-array'?"))
    }

    @Test func networkThatTheEngineDoesNotCompute() throws {
        let path = "\(Executable.scratch)/imported.hwnet"
        let model = Executable.root + "/Tests/NetworkTests/Oracle/small.tflite"
        #expect(try Executable.run(["import", model, "-o", path]).status == 0)
        #expect(
            try Executable.failure(["demo", "--network", path], status: 2)
                == "the network takes 72 inputs; the data set's images have 784")
        let layer = QuantizedNetwork.FullyConnected(
            inputs: 784, outputs: 10, weightBits: 4, weights: Array(repeating: 0, count: 7840),
            bias: Array(repeating: 0, count: 10))
        var input = ActivationFormat(features: 784, bits: 4)
        input.zeroPoint = 1
        try QuantizedNetwork(name: "shifted", input: input, layers: [.fullyConnected(layer)]).write(to: path)
        #expect(
            try Executable.failure(["demo", "--network", path], status: 2)
                == "the network's layer has a zero point, requantisation or one-bit weights; the engine gives sums of "
                + "sign-magnitude weights and codes whose zero is 0")
        input.zeroPoint = 0
        let pool = QuantizedNetwork.Pooling(.maximum, window: .init(size: .init(height: 1, width: 1)))
        try QuantizedNetwork(name: "two", input: input, layers: [.pooling(pool), .fullyConnected(layer)]).write(
            to: path)
        #expect(
            try Executable.failure(["demo", "--network", path], status: 2)
                == "the network has 2 layers; the engine computes one fully connected layer")
    }

    @Test func unknownOption() throws {
        #expect(
            try Executable.failure(["demo", "--imges", "5"], status: 2)
                == "unknown option '--imges' for 'hwgen demo'; did you mean '--images'?")
    }

    @Test func optionOutOfRange() throws {
        #expect(
            try Executable.failure(["cosim", "bank", "--upset-rate", "1.5"], status: 2)
                == "--upset-rate: found '1.5', allowed 0 to 1")
    }

    @Test func parameterOutOfRange() throws {
        #expect(
            try Executable.failure(["emit", "sub-array", "--set", "columns=1000"], status: 2)
                == "parameter columns: found 1000, allowed 1 to 512")
    }

    @Test func parameterThatIsNoNumber() throws {
        #expect(
            try Executable.failure(["emit", "sub-array", "--set", "columns=many"], status: 2)
                == "parameter columns: found 'many', allowed is a whole number")
    }

    @Test func unknownParameter() throws {
        #expect(
            try Executable.failure(["emit", "sub-array", "--set", "colums=8"], status: 2)
                == "unknown parameter 'colums'; did you mean 'columns'? (parameters: rows, columns, kind, dual-row)")
    }

    @Test(arguments: [
        (
            "colums = 8",
            ":2:1: unknown parameter 'colums'; did you mean 'columns'? (parameters: rows, columns, kind, dual-row)"
        ),
        ("columns = 1000", ":2:1: parameter columns: found 1000, allowed 1 to 512"),
    ])
    func parametersOfAConfigurationFile(line: String, message: String) throws {
        let file = "\(Executable.scratch)/bad-\(line.count).toml"
        try "[parameters]\n\(line)\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(try Executable.failure(["emit", "sub-array", "--config", file], status: 2) == file + message)
    }

    @Test func truncatedNetwork() throws {
        let path = try damagedNetwork("short.hwnet") { $0.removeLast(1000) }
        #expect(
            try Executable.failure(["demo", "--network", path], status: 2)
                == "\(path): is cut short: 7559 bytes found, 8559 expected")
    }

    @Test func networkOfAnotherVersion() throws {
        let path = try damagedNetwork("version.hwnet") { $0[8] = 9 }
        #expect(
            try Executable.failure(["demo", "--network", path], status: 2)
                == "\(path): is of format version 9; versions 1 to 2 are supported")
    }

    @Test func networkWithAWrongChecksum() throws {
        let path = try damagedNetwork("checksum.hwnet") { $0[$0.count - 40] ^= 1 }
        #expect(
            try Executable.failure(["demo", "--network", path], status: 2)
                == "\(path): is damaged: the SHA-256 at its end is not that of its content")
    }

    @Test func dataSetAbsent() throws {
        let line = try Executable.failure(["demo", "--data", "nowhere"], status: 2)
        #expect(
            line == "nowhere/train-images-idx3-ubyte.gz: no such file; install the data set with: "
                + "sudo apt-get install dataset-fashion-mnist")
    }

    @Test func verilatorAbsent() throws {
        let line = try Executable.failure(
            ["cosim", "sub-array"], status: 3, environment: ["HWGEN_VERILATOR": "/nonexistent/verilator"])
        #expect(
            line == "verilator is not found (HWGEN_VERILATOR=/nonexistent/verilator is no program); "
                + "install it: sudo apt-get install verilator")
    }

    @Test func icarusAbsent() throws {
        let line = try Executable.failure(
            ["cosim", "sub-array", "--sim", "icarus", "--cycles", "10"], status: 3,
            environment: ["PATH": "/nonexistent"])
        #expect(line == "iverilog is not found (PATH); install it: sudo apt-get install iverilog")
    }

    /// A file stands where a folder is to be made: no user may write there, root neither.
    @Test(arguments: [["demo", "--images", "1"], ["emit", "bank"]])
    func unwritableOutput(command: [String]) throws {
        let file = "\(Executable.scratch)/occupied-\(command[0])"
        try Data().write(to: URL(fileURLWithPath: file))
        let line = try Executable.failure(command + ["-o", "\(file)/out"], status: 2)
        #expect(line == "cannot make folder '\(file)/out': Not a directory")
    }

    @Test func unwritableCache() throws {
        let file = "\(Executable.scratch)/occupied-cache"
        try Data().write(to: URL(fileURLWithPath: file))
        let line = try Executable.failure(
            ["cosim", "sub-array"], status: 2, environment: ["HWGEN_CACHE": "\(file)/cache"])
        #expect(
            line == "cache folder '\(file)/cache' cannot be used: Not a directory; "
                + "set HWGEN_CACHE to a folder that can be written")
    }

    @Test(arguments: [
        (["cosim", "bank", "--upset-rate", "0.5"], "--upset-rate: has no use with bank"),
        (["cosim", "bank", "--sim", "icarus", "--bench"], "--bench: has no use with --sim icarus"),
        (["cosim", "bank", "--rtl", ".", "--bench"], "--bench: has no use with --rtl"),
        (["cosim", "bank", "--sim", "icarus", "--waves", "always"], "--waves: has no use with --sim icarus"),
        (["demo", "--network", "x", "--sparsity", "0.5"], "--sparsity: has no use with --network"),
        (
            ["golden", "make", "dot-product-engine", "--set", "banks=2"],
            "--set: has no use with dot-product-engine, which fits the network"
        ),
        (
            ["cosim", "bank", "--sim", "icarus", "--cycles", "2000000"],
            "--cycles: found '2000000', allowed 1 to 1000000 with --sim icarus"
        ),
    ])
    func optionsThatWouldBeIgnored(command: [String], message: String) throws {
        #expect(try Executable.failure(command, status: 2) == message)
    }

    @Test func vectorsOfAnotherDesignOrOfNoCycles() throws {
        let golden = "\(Executable.scratch)/renamed"
        try FileManager.default.createDirectory(atPath: golden, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: "\(Executable.root)/golden/dot-product-engine", toPath: "\(golden)/bank")
        #expect(
            try Executable.failure(["golden", "diff", "bank", "--golden", golden], status: 2)
                == "the vectors are for design 'dot-product-engine', which is not the one asked for")
        let manifest = "\(golden)/bank/manifest.json"
        let text = try String(contentsOfFile: manifest, encoding: .utf8)
        for cycles in ["0", "10", "4000000000"] {
            let changed = text.replacing(/"cycles" : \d+/, with: "\"cycles\" : \(cycles)").replacing(
                "dot-product-engine", with: "bank")
            try changed.write(toFile: manifest, atomically: true, encoding: .utf8)
            let outcome = try Executable.run(["golden", "diff", "bank", "--golden", golden, "--sim", "icarus"])
            #expect(outcome.status == 2, "\(cycles) cycles: \(outcome.output)")
        }
    }

    @Test func missingVectors() throws {
        #expect(
            try Executable.failure(["golden", "diff", "--golden", "nowhere"], status: 2)
                == "no golden vectors in 'nowhere'; 'hwgen golden make' writes them")
    }
}
