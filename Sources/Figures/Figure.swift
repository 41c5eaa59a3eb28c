/// A figure of curves and points: what is to be seen, apart from how it is drawn.
package struct Figure: Sendable {
    /// One axis: what it shows with its unit, and its scale.
    package struct Axis: Sendable {
        package var label: String
        package var isLogarithmic: Bool
        /// Where the axis ends; nil for what the data need.
        package var range: ClosedRange<Double>?

        package init(_ label: String, isLogarithmic: Bool = false, range: ClosedRange<Double>? = nil) {
            self.label = label
            self.isLogarithmic = isLogarithmic
            self.range = range
        }
    }

    package struct Point: Sendable {
        package var x: Double
        package var y: Double
        /// Half the length of an error bar, in y.
        package var error: Double

        package init(_ x: Double, _ y: Double, error: Double = 0) {
            self.x = x
            self.y = y
            self.error = error
        }
    }

    package enum Style: Sendable {
        case line
        case dashedLine
        /// Points with error bars.
        case points
    }

    /// Points of one meaning. Series of the same colour index belong together; of the same name, one stands in the legend.
    package struct Series: Sendable {
        package var name: String
        package var style: Style
        package var color: Int
        package var points: [Point]

        package init(_ name: String, _ style: Style, color: Int, _ points: [Point]) {
            self.name = name
            self.style = style
            self.color = color
            self.points = points
        }
    }

    package enum LegendPlace: String, Sendable {
        case topLeft = "top left"
        case topRight = "top right"
        case bottomLeft = "bottom left"
        case bottomRight = "bottom right"
        case outside = "outside right top"
    }

    package var title: String
    package var x: Axis
    package var y: Axis
    package var series: [Series]
    package var legend: LegendPlace

    package init(_ title: String, x: Axis, y: Axis, legend: LegendPlace = .topRight, _ series: [Series]) {
        self.title = title
        self.x = x
        self.y = y
        self.legend = legend
        self.series = series
    }
}
