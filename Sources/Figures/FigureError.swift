/// Why a figure was not drawn; one line.
package enum FigureError: Error, Equatable, Sendable, CustomStringConvertible {
    case missingTool
    case failed(String)

    package var description: String {
        switch self {
        case .missingTool:
            "found no 'gnuplot' on PATH, which draws the figures; to install it: apt-get install gnuplot-nox"
        case .failed(let text): "gnuplot did not draw the figure: \(text)"
        }
    }
}
