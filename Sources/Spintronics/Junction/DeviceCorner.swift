import Foundation

/// What a device keeps and for how long, at one temperature.
public struct DeviceCorner: Sendable {
    public let temperatureKelvin: Double
    public let junction: Junction

    public init(device: JunctionDevice, temperatureKelvin: Double) throws(DeviceError) {
        self.temperatureKelvin = temperatureKelvin
        junction = try device.setting(.temperature, to: temperatureKelvin).junction()
    }

    /// Probability that a bit is found lost after a time without current: ½ (1 − exp(−2 · rate · t)), since a junction
    /// returns as often as it leaves; the rate is that of `FokkerPlanck.escapeRate`.
    ///
    /// Throws `DeviceError.argument` for a barrier below 5 kT, and for a field across the axis, which lowers it.
    public func retentionLoss(seconds: Double) throws(DeviceError) -> Double {
        if let field = junction.strip?.inPlaneFieldOverAnisotropy, field != 0 {
            throw .argument(name: "retention: in_plane_field_over_hk", found: field, allowed: "0")
        }
        let rate = try FokkerPlanck(thermalStability: junction.layer.thermalStability).escapeRate(overdrive: 0)
        return -0.5 * expm1(-2 * rate * junction.layer.relaxationPerSecond * seconds)
    }

    /// Probability that one read of the current and the time switches the junction that it drives.
    public func readDisturb(amperes: Double, seconds: Double) throws(DeviceError) -> Double {
        guard let critical = junction.criticalCurrentAmperes else { return 0 }
        return try junction.fokkerPlanckSwitching(
            overdrives: [amperes / critical], pulses: PulseTrain(widthsSeconds: [seconds]))[0][0].probability
    }

    /// Probability that a pulse of a current fails to write.
    public func writeErrorRate(amperes: Double, seconds: Double) throws(DeviceError) -> Double {
        guard let critical = junction.criticalCurrentAmperes else { return 1 }
        return try junction.fokkerPlanckSwitching(
            overdrives: [amperes / critical], pulses: PulseTrain(widthsSeconds: [seconds]))[0][0].writeErrorRate
    }
}
