import Foundation
import Tools
import Verilog

/// Synthesises designs to the cells of a liberty file by yosys and ABC, and times the netlist by OpenSTA.
///
/// The result is a pre-layout estimate: no wires, ideal clocks. A latch, a combinational loop and an operation without a
/// cell are errors.
public struct Synthesizer {
    public let library: CellLibrary
    public let options: SynthesisOptions
    private let drivingCell: String
    private let yosys: ExternalTool
    private let sta: ExternalTool

    /// - Throws: `SynthesisError.badOption`, `SynthesisError.badDrivingCell`, `SynthesisError.missingTool` with the
    ///   Debian package of the first program that PATH does not have.
    public init(_ library: CellLibrary, _ options: SynthesisOptions = SynthesisOptions()) throws(SynthesisError) {
        try options.validate()
        self.library = library
        self.options = options
        drivingCell = try options.drivingCell(in: library)
        guard let yosys = ExternalTool("yosys") else { throw .missingTool("yosys", package: "yosys") }
        guard let sta = ExternalTool("sta") else { throw .missingTool("sta", package: "opensta") }
        self.yosys = yosys
        self.sta = sta
    }

    /// Maps and times a design.
    /// - Throws: `SynthesisError`, `FileError` when there is no room for the files of the run.
    public func synthesize(_ problem: SynthesisProblem) throws -> SynthesisReport {
        let folder = FileManager.default.temporaryDirectory.path + "/hwgen-synthesis-\(UUID().uuidString)"
        try makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let script = SynthesisScript(problem: problem, library: library, options: options)
        try prepare(script, in: folder)
        try runYosys(script.mapping, "mapping", in: folder)
        let netlist = try text(SynthesisScript.netlist, in: folder)
        let types = try SynthesisOutput.cellTypes(text(SynthesisScript.statistics, in: folder), top: problem.top)
        let area = try SynthesisOutput.area(
            text(SynthesisScript.areas, in: folder), top: problem.top, hasCells: !types.isEmpty)
        let memories = try SynthesisOutput.memories(text(SynthesisScript.memories, in: folder))
        try runYosys(script.modelling, "modelling", in: folder)
        return SynthesisReport(
            top: problem.top, cellTypes: types, areaSquareMicrometres: area,
            registers: types.reduce(0) { $0 + (library.cells[$1.key]?.isFlipFlop == true ? $1.value : 0) },
            memories: memories, timing: try time(problem, in: folder), netlist: netlist,
            cellModels: try text(SynthesisScript.cellModels, in: folder))
    }

    private func prepare(_ script: SynthesisScript, in folder: String) throws {
        for file in script.problem.files { try writeFile("\(folder)/\(SynthesisScript.source(file.name))", file.bytes) }
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder)/\(SynthesisScript.libertyLink)",
            withDestinationPath: URL(fileURLWithPath: library.path).path)
        try writeFile(
            "\(folder)/\(SynthesisScript.constraints)", script.constraintText(drivingCell: drivingCell).utf8)
        try writeFile("\(folder)/\(SynthesisScript.optimization)", script.optimizationText.utf8)
        try writeFile("\(folder)/\(MemoryBoundary.libertyFile)", MemoryBoundary.liberty.utf8)
        try writeFile("\(folder)/\(MemoryBoundary.mapFile)", MemoryBoundary.map.utf8)
    }

    private func runYosys(_ script: String, _ name: String, in folder: String) throws {
        try writeFile("\(folder)/\(name).ys", script.utf8)
        let log = "\(name).log"
        let outcome = try yosys.run(["-q", "-l", log, "-s", "\(name).ys"], in: folder, log: "\(name).out")
        guard outcome.status == 0 else {
            let text = (try? text(log, in: folder)) ?? outcome.text
            throw SynthesisOutput.failure(
                text.replacingOccurrences(of: SynthesisScript.libertyLink, with: library.path))
        }
    }

    private func time(_ problem: SynthesisProblem, in folder: String) throws -> TimingReport {
        let script = TimingScript(problem: problem, options: options, drivingCell: drivingCell)
        try writeFile("\(folder)/\(TimingScript.file)", script.text.utf8)
        let outcome = try sta.run(
            ["-no_init", "-no_splash", "-exit", TimingScript.file], in: folder, log: TimingScript.log)
        guard outcome.status == 0 else {
            throw SynthesisError.toolFailed("sta", message: outcome.lines.last.map(String.init) ?? "no message")
        }
        return try script.timing(
            outcome.text.replacingOccurrences(of: SynthesisScript.libertyLink, with: library.path))
    }

    private func text(_ name: String, in folder: String) throws -> String {
        String(decoding: try readFile("\(folder)/\(name)"), as: UTF8.self)
    }
}
