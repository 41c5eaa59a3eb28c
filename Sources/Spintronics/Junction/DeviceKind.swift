/// How a device is written.
public enum DeviceKind: String, CaseIterable, Sendable {
    /// By a current through the junction.
    case stt
    /// By a current through the heavy-metal strip under it, with a field along the strip.
    case sot
    /// By both at once.
    case sotSTT = "sot-stt"
    /// Several junctions on one strip: erased together by its current, then programmed one by one through the junction.
    case nandSpin = "nand-spin"

    /// Whether the device has a heavy-metal strip.
    public var hasStrip: Bool { self != .stt }

    /// What a device file of the kind must hold, besides thermal stability or anisotropy field.
    var needed: [DeviceParameter] {
        let layer: [DeviceParameter] = [.diameter, .thickness, .saturation, .damping, .temperature]
        switch self {
        case .stt: return layer
        case .sot, .sotSTT: return layer + [.inPlaneField]
        case .nandSpin:
            return layer + [
                .inPlaneField, .spinHallAngle, .stripLength, .stripWidth, .stripThickness, .stripResistivity,
                .junctionsPerString,
            ]
        }
    }
}
