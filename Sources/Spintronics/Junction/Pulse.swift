/// A write or read pulse: a trapezoid whose width is measured at half its amplitude.
///
/// With rise and fall of zero it is rectangular.
public struct Pulse: Hashable, Sendable {
    public var widthSeconds: Double
    /// Times of the linear edges.
    public var riseSeconds: Double
    public var fallSeconds: Double

    public init(widthSeconds: Double, riseSeconds: Double = 0, fallSeconds: Double = 0) {
        self.widthSeconds = widthSeconds
        self.riseSeconds = riseSeconds
        self.fallSeconds = fallSeconds
    }

    /// Time at full amplitude; negative for edges that do not fit the width.
    public var plateauSeconds: Double { widthSeconds - (riseSeconds + fallSeconds) / 2 }
    /// From the first rise to the end of the fall.
    public var totalSeconds: Double { widthSeconds + (riseSeconds + fallSeconds) / 2 }
}

/// When a junction is looked at to tell whether it switched: always by the sign of its component along the axis.
public enum SwitchingCriterion: Hashable, Sendable {
    /// At the end of the pulse, its fall included.
    case pulseEnd
    /// So many seconds after it, without current.
    case relaxed(seconds: Double)

    var relaxationSeconds: Double {
        switch self {
        case .pulseEnd: 0
        case .relaxed(let seconds): seconds
        }
    }
}
