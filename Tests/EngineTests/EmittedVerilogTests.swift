import CoSim
import Engine
import Foundation
import Testing
import Verification
import Verilog

/// Law: every design's Verilog is clean in the default modes of three tools, at its defaults and at its corners, and the
/// same bytes come out each time.
@Suite struct EmittedVerilogTests {
    @Test(arguments: Catalog.designs.map { $0.name })
    func isCleanInEveryTool(name: String) throws {
        let pair = try #require(Catalog.design(named: name))
        try check(pair)
    }

    private func check<Pair: BlockPair>(_ pair: Pair.Type) throws {
        for (number, hardware) in corners(of: pair).enumerated() {
            let design = try CheckedDesign(pair, hardware)
            let again = try CheckedDesign(pair, hardware)
            #expect(design.emission.modules == again.emission.modules, "the same bytes twice")
            let folder = Scratch.folder + "/verilog/\(Pair.name)-\(number)"
            try design.files().write(to: folder)
            let top = design.source.top
            try expectSilence(
                "verilator --lint-only -Wall --top-module \(top) -F \(top).f", in: folder, "\(hardware)")
            try expectSilence(
                "iverilog -g2005 -m v2009 -Wall -s \(top) -o /dev/null \(sources(design))", in: folder,
                "\(hardware)")
            try expectSilence(
                "yosys -q -p 'read_verilog \(sources(design)); hierarchy -check -top \(top); proc; check -assert'",
                in: folder, "\(hardware)")
        }
    }

    private func sources<Pair: BlockPair>(_ design: CheckedDesign<Pair>) -> String {
        design.source.files.map(\.name).joined(separator: " ")
    }

    /// The defaults, every kind of cells, and every parameter at its smallest, as far as the relations allow it. Of the network
    /// engine and the accelerator, whose
    /// blocks are designs of their own, only both ends: yosys takes half a minute for each.
    private func corners<Pair: BlockPair>(of pair: Pair.Type) -> [Pair.Hardware] {
        var result = [Pair.Hardware()]
        let isWhole = Pair.self == NetworkEnginePair.self || Pair.self == AcceleratorPair.self
        let single = isWhole ? [] : Pair.Hardware.parameters
        for parameter in single {
            // Each kind of cells is hardware of its own.
            let values = parameter.name == "kind" ? Array(parameter.range) : [parameter.range.lowerBound]
            for value in values {
                var hardware = Pair.Hardware()
                hardware[keyPath: parameter.path] = value
                if (try? hardware.validate()) != nil, !result.contains(hardware) { result.append(hardware) }
            }
        }
        var smallest = Pair.Hardware()
        for parameter in Pair.Hardware.parameters where parameter.name != "accumulator-width" {
            let before = smallest
            smallest[keyPath: parameter.path] = parameter.range.lowerBound
            if (try? smallest.validate()) == nil { smallest = before }
        }
        return result + [smallest]
    }

    private func expectSilence(_ command: String, in folder: String, _ what: String) throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(command)\n\(what)\n\(text)")
        // Icarus looks at its own version once and says so where /tmp was cleaned; its findings name a file.
        #expect(!text.contains(".v:") && !text.lowercased().contains("warning"), "\(command)\n\(what)\n\(text)")
    }
}
