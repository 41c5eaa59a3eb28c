/// A stretch of time in which the drives are constant or change linearly.
public struct TorqueSegment: Hashable, Sendable {
    public var seconds: Double
    public var start: TorqueDrive
    public var end: TorqueDrive

    /// A linear change from one drive to another.
    public init(seconds: Double, from start: TorqueDrive, to end: TorqueDrive) {
        self.seconds = seconds
        self.start = start
        self.end = end
    }

    /// One drive all along; none by default.
    public init(seconds: Double, _ drive: TorqueDrive = .none) {
        self.init(seconds: seconds, from: drive, to: drive)
    }

    var isConstant: Bool { start == end }

    /// The drive in the middle of step `n` of so many equal ones.
    func drive(inStep n: Int, of steps: Int) -> TorqueDrive {
        start.interpolated(to: end, share: (Double(n) + 0.5) / Double(steps))
    }
}

/// What drives a junction from its start, and when it is looked at.
///
/// Each stage ends with a look or without one. A look may lie after segments of its own (the fall of a pulse that ends
/// here, a relaxation): they are followed on a copy, and the next stage goes on from where the stage itself ended. So
/// pulses of many widths share one run.
public struct TorqueSchedule: Hashable, Sendable {
    public struct Stage: Hashable, Sendable {
        public var segments: [TorqueSegment]
        /// Segments between the end of the stage and the look at the junction; nil without a look.
        public var look: [TorqueSegment]?

        public init(_ segments: [TorqueSegment], look: [TorqueSegment]? = nil) {
            self.segments = segments
            self.look = look
        }
    }

    public var stages: [Stage]

    public init(stages: [Stage]) { self.stages = stages }

    /// Segments one after the other, and one look at their end.
    public init(_ segments: [TorqueSegment]) { stages = [Stage(segments, look: [])] }

    /// Trapezoidal pulses of several widths with the same edges, each looked at as the criterion says.
    ///
    /// The widths are measured at half the amplitude and sorted here; the looks come in that order.
    ///
    /// - Throws: `MonteCarloError` for a width that its edges do not fit.
    public init(
        pulses widths: [Double], drive: TorqueDrive, riseSeconds: Double = 0, fallSeconds: Double = 0,
        criterion: SwitchingCriterion
    ) throws(MonteCarloError) {
        let rise = riseSeconds > 0 ? [TorqueSegment(seconds: riseSeconds, from: .none, to: drive)] : []
        var look = fallSeconds > 0 ? [TorqueSegment(seconds: fallSeconds, from: drive, to: .none)] : []
        if criterion.relaxationSeconds > 0 { look.append(TorqueSegment(seconds: criterion.relaxationSeconds)) }
        stages = [Stage(rise)]
        var time = 0.0
        for width in widths.sorted() {
            let pulse = Pulse(widthSeconds: width, riseSeconds: riseSeconds, fallSeconds: fallSeconds)
            guard pulse.plateauSeconds >= 0 else { throw .edges(pulse) }
            let plateau = TorqueSegment(seconds: pulse.plateauSeconds - time, drive)
            stages.append(Stage(plateau.seconds > 0 ? [plateau] : [], look: look))
            time = pulse.plateauSeconds
        }
    }

    /// Number of looks.
    public var lookCount: Int { stages.count { $0.look != nil } }

    /// All segments, those of the looks included.
    var segments: [TorqueSegment] { stages.flatMap { $0.segments + ($0.look ?? []) } }
}
