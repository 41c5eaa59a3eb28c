import Foundation

/// What a device keeps and for how long, at one temperature.
public struct DeviceCorner: Sendable {
    public let temperatureKelvin: Double
    public let junction: Junction

    public init(device: JunctionDevice, temperatureKelvin: Double) throws(DeviceError) {
        self.temperatureKelvin = temperatureKelvin
        junction = try device.setting(.temperature, to: temperatureKelvin).junction()
    }

    /// Probability that a bit is lost within a time without current: 1 − exp(−rate · t), with the rate of
    /// `FokkerPlanck.escapeRate`.
    ///
    /// Throws `DeviceError.argument` for a barrier below 5 kT.
    public func retentionLoss(seconds: Double) throws(DeviceError) -> Double {
        let rate = try FokkerPlanck(thermalStability: junction.layer.thermalStability).escapeRate(overdrive: 0)
        return -expm1(-rate * junction.layer.relaxationPerSecond * seconds)
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

/// How long an array lives on its write endurance.
public enum Endurance {
    /// Time until the cell that is written most has used up so many cycles, in seconds; infinite where nothing is
    /// written.
    ///
    /// An identity: cycles over the writes a second of that cell.
    public static func lifetimeSeconds(cycles: Double, writes: Int, inSeconds duration: Double) -> Double {
        writes == 0 ? .infinity : cycles * duration / Double(writes)
    }
}
