extension Figure {
    /// Colours that differ for colour-blind readers too, and in print. Source: Okabe and Ito, "Color Universal Design"
    /// (2008).
    private static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"]

    /// The figure as a gnuplot script that writes SVG to a file; data stand in it, so that it needs nothing else.
    package func script(output: String, width: Int = 720, height: Int = 480) -> String {
        var lines = [
            "set terminal svg size \(width),\(height) noenhanced font 'DejaVu Sans,13' background '#ffffff'",
            "set encoding utf8", "set output \(Self.quoted(output))", "set title \(Self.quoted(title)) font ',15'",
            "set border 3 lc rgb '#444444'", "set tics nomirror out", "set grid lc rgb '#dddddd' lt 1",
            "set key \(legend.rawValue) noautotitle samplen 2 spacing 1.15",
        ]
        for (name, axis) in [("x", x), ("y", y)] {
            lines.append("set \(name)label \(Self.quoted(axis.label))")
            if axis.isLogarithmic {
                lines += ["set logscale \(name) 10", "set format \(name) '%g'", "set m\(name)tics 10"]
            }
            if let range = axis.range { lines.append("set \(name)range [\(range.lowerBound):\(range.upperBound)]") }
        }
        for (index, one) in series.enumerated() {
            lines.append("$data\(index) << EOD")
            // A logarithmic axis has no place for zero, and gnuplot breaks a line at what it cannot read.
            lines += one.points.map { point in
                let isDrawn = (!x.isLogarithmic || point.x > 0) && (!y.isLogarithmic || point.y > 0)
                return isDrawn ? "\(point.x) \(point.y) \(point.error)" : "\(point.x) nan 0"
            }
            lines.append("EOD")
        }
        let plots = series.enumerated().map { index, one in
            let color = Self.colors[one.color % Self.colors.count]
            let shape =
                switch one.style {
                case .line: "using 1:2 with lines lw 2 lc rgb '\(color)'"
                case .dashedLine: "using 1:2 with lines lw 1.5 dt (8,5) lc rgb '\(color)'"
                case .points: "using 1:2:3 with yerrorbars pt 7 ps 0.55 lw 1 lc rgb '\(color)'"
                }
            // A name that stands in the legend already is not repeated.
            let isNew = !series[..<index].contains { $0.name == one.name }
            return "$data\(index) \(shape) \(isNew ? "title \(Self.quoted(one.name))" : "notitle")"
        }
        lines.append("plot " + plots.joined(separator: ", \\\n  "))
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text in gnuplot's single quotes.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
    }
}
