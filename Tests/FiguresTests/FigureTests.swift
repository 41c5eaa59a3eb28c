import Foundation
import Testing
import Tools

@testable import Figures

/// Law: a figure becomes one SVG file that holds its words, and what has no place on a logarithmic axis is left out.
struct FigureTests {
    private let figure = Figure(
        "Bob's curve", x: .init("time / ns"), y: .init("probability", isLogarithmic: true, range: 1e-3...1),
        [
            .init("exact", .line, color: 0, [.init(1, 0.1), .init(2, 0), .init(3, 0.5)]),
            .init("counted", .points, color: 1, [.init(1, 0.11, error: 0.02)]),
        ])

    @Test func scriptHoldsDataAndWords() {
        let script = figure.script(output: "a.svg")
        #expect(script.contains("set title 'Bob''s curve'"))
        #expect(script.contains("$data0 << EOD\n1.0 0.1 0.0\n2.0 nan 0\n3.0 0.5 0.0\nEOD"))
        #expect(script.contains("set logscale y 10") && !script.contains("set logscale x"))
        #expect(script.contains("set yrange [0.001:1.0]"))
    }

    @Test func gnuplotDrawsIt() throws {
        let path = NSTemporaryDirectory() + "figure-\(UUID().uuidString).svg"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try figure.draw(to: path)
        let text = String(decoding: try readFile(path), as: UTF8.self)
        #expect(text.hasPrefix("<?xml") && text.contains("</svg>"))
        #expect(text.contains("Bob's curve") && text.contains("counted") && text.contains("time / ns"))
    }

    @Test func failureOfGnuplotIsOneLine() {
        var broken = figure
        broken.series = []
        do {
            try broken.draw(to: NSTemporaryDirectory() + "none.svg")
            Issue.record("a figure without series was drawn")
        } catch {
            let text = "\(error)"
            #expect(text.hasPrefix("gnuplot did not draw the figure: ") && !text.contains("\n"))
        }
        #expect(
            FigureError.missingTool.description
                == "found no 'gnuplot' on PATH, which draws the figures; to install it: apt-get install gnuplot-nox")
    }
}
