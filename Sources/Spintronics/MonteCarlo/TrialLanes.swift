import CLanes

/// The arithmetic of sixteen trials side by side, in one precision.
///
/// Sums and products are rounded one by one, never fused, so that every CPU gets the same bits.
protocol TrialLanes: Sendable {
    /// All lanes the same number, rounded to the precision.
    init(_ number: Double)
    /// Single-precision lanes, which every precision holds exactly.
    init(_ lanes: SIMD16<Float>)

    static func + (a: Self, b: Self) -> Self
    static func - (a: Self, b: Self) -> Self
    static func * (a: Self, b: Self) -> Self

    subscript(lane: Int) -> Double { get set }
}

extension TrialLanes {
    /// Trials that a value holds.
    static var count: Int { 16 }
}

/// Sixteen trials in single precision.
struct FloatLanes: TrialLanes {
    var lanes: SIMD16<Float>

    @inline(__always) init(_ number: Double) { lanes = SIMD16(repeating: Float(number)) }
    @inline(__always) init(_ lanes: SIMD16<Float>) { self.lanes = lanes }

    @inline(__always) static func + (a: Self, b: Self) -> Self { Self(a.lanes + b.lanes) }
    @inline(__always) static func - (a: Self, b: Self) -> Self { Self(a.lanes - b.lanes) }
    @inline(__always) static func * (a: Self, b: Self) -> Self { Self(a.lanes * b.lanes) }

    subscript(lane: Int) -> Double {
        get { Double(lanes[lane]) }
        set { lanes[lane] = Float(newValue) }
    }
}

/// Sixteen trials in double precision, as two vectors that CPUs have registers for.
struct DoubleLanes: TrialLanes {
    var low: SIMD8<Double>
    var high: SIMD8<Double>

    @inline(__always) init(_ number: Double) {
        low = SIMD8(repeating: number)
        high = low
    }

    @inline(__always) init(_ lanes: SIMD16<Float>) {
        low = hwgen_widened(lanes.lowHalf)
        high = hwgen_widened(lanes.highHalf)
    }

    @inline(__always) init(low: SIMD8<Double>, high: SIMD8<Double>) {
        self.low = low
        self.high = high
    }

    @inline(__always) static func + (a: Self, b: Self) -> Self { Self(low: a.low + b.low, high: a.high + b.high) }
    @inline(__always) static func - (a: Self, b: Self) -> Self { Self(low: a.low - b.low, high: a.high - b.high) }
    @inline(__always) static func * (a: Self, b: Self) -> Self { Self(low: a.low * b.low, high: a.high * b.high) }

    subscript(lane: Int) -> Double {
        get { lane < 8 ? low[lane] : high[lane - 8] }
        set { if lane < 8 { low[lane] = newValue } else { high[lane - 8] = newValue } }
    }
}

/// A vector of three components for each of sixteen trials.
struct LaneVector<Lanes: TrialLanes>: Sendable {
    var x: Lanes
    var y: Lanes
    var z: Lanes

    @inline(__always) init(x: Lanes, y: Lanes, z: Lanes) {
        self.x = x
        self.y = y
        self.z = z
    }

    /// The same vector in every lane.
    @inline(__always) init(_ vector: SIMD3<Double>) {
        self.init(x: Lanes(vector.x), y: Lanes(vector.y), z: Lanes(vector.z))
    }

    @inline(__always) static func + (a: Self, b: Self) -> Self { Self(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }
    @inline(__always) static func - (a: Self, b: Self) -> Self { Self(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }
    @inline(__always) static func * (a: Self, b: Lanes) -> Self { Self(x: a.x * b, y: a.y * b, z: a.z * b) }

    @inline(__always) func cross(_ b: Self) -> Self {
        Self(x: y * b.z - z * b.y, y: z * b.x - x * b.z, z: x * b.y - y * b.x)
    }

    @inline(__always) var squaredLength: Lanes { x * x + y * y + z * z }
}
