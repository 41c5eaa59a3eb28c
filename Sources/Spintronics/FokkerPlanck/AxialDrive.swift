/// What drives an axially symmetric junction during a pulse, as functions of x = cos θ and of the share of the full
/// amplitude, 0…1, that an edge of the pulse has reached.
///
/// x = 1 is the direction that the junction starts from, whatever state that is.
public struct AxialDrive: Sendable {
    /// Overdrive I/Ic0 that the junction feels; positive moves it away from x = 1.
    public var overdrive: @Sendable (_ x: Double, _ share: Double) -> Double
    /// Power drawn from the supply, in watts.
    public var powerWatts: (@Sendable (_ x: Double, _ share: Double) -> Double)?

    public init(
        overdrive: @escaping @Sendable (_ x: Double, _ share: Double) -> Double,
        powerWatts: (@Sendable (_ x: Double, _ share: Double) -> Double)? = nil
    ) {
        self.overdrive = overdrive
        self.powerWatts = powerWatts
    }

    /// A constant current of the overdrive, with a torque that does not depend on the angle.
    public static func constant(overdrive: Double) -> AxialDrive {
        AxialDrive(overdrive: { _, share in overdrive * share })
    }

    /// No current.
    static let none = AxialDrive.constant(overdrive: 0)
}
