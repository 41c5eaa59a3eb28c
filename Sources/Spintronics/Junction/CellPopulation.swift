import Randomness

/// The cells of one die: each junction of an array with its own deviation from the nominal device, drawn once.
///
/// Law: diameter, free-layer thickness, oxide thickness and magnetoresistance of a cell deviate independently and
/// normally by the device's spreads, cut at 4σ; Δ, Ic0 and R follow from them together. The draws of a cell are those of
/// the `KeyedStream` (die seed, stream, row, column), so any cell is known alone and a die stays what it is.
public struct CellPopulation: Sendable {
    /// Stream number of the deviations.
    public static let stream: UInt32 = 0x4345_4C4C

    public let device: JunctionDevice
    public let dieSeed: UInt64
    /// The device without deviation.
    public let nominal: Junction
    public let oxide: TunnelOxide?
    private let spreads: [Double]

    /// Throws `DeviceError` when the device cannot be at its temperature.
    public init(device: JunctionDevice, dieSeed: UInt64) throws(DeviceError) {
        self.device = device
        self.dieSeed = dieSeed
        nominal = try device.junction()
        oxide =
            if let thickness = device[.oxideThickness], let barrier = device[.oxideBarrier] {
                TunnelOxide(thicknessMeters: thickness, barrierElectronVolts: barrier)
            } else {
                nil
            }
        spreads = [.diameterSpread, .thicknessSpread, .oxideSpread, .magnetoresistanceSpread].map { device[$0] ?? 0 }
    }

    public func deviation(row: Int, column: Int) -> Junction.Deviation {
        var stream = KeyedStream(
            seed: dieSeed, stream: Self.stream, block0: UInt32(truncatingIfNeeded: row),
            block1: UInt32(truncatingIfNeeded: column))
        let drawn = spreads.map { $0 * min(4, max(-4, stream.nextNormal())) }
        return Junction.Deviation(
            diameter: drawn[0], thickness: drawn[1], oxide: drawn[2], magnetoresistance: drawn[3])
    }

    public func junction(row: Int, column: Int) -> Junction {
        nominal.varied(by: deviation(row: row, column: column), oxide: oxide)
    }
}
