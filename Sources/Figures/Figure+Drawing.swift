import Foundation
import Tools

extension Figure {
    /// Draws the figure as an SVG file by gnuplot; the file is there whole or not at all.
    ///
    /// Throws `FigureError`, and `FileError` for a path that cannot be written.
    package func draw(to path: String) throws {
        guard let gnuplot = ExternalTool("gnuplot") else { throw FigureError.missingTool }
        let folder = NSTemporaryDirectory() + "hwgen-figure-\(UUID().uuidString)"
        try makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try writeFile("\(folder)/figure.gp", Array(script(output: "figure.svg").utf8))
        let outcome = try gnuplot.run(["figure.gp"], in: folder, log: "log.txt")
        guard outcome.status == 0 else {
            throw FigureError.failed(
                outcome.lines.first { $0.contains("error") || $0.contains("line") }.map(String.init)
                    ?? "status \(outcome.status)")
        }
        try writeFile(path, try readFile("\(folder)/figure.svg"))
    }
}
