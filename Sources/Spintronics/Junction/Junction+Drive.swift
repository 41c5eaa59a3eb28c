/// What feeds a junction while it is written.
public enum WriteSource: Hashable, Sendable {
    /// A current source.
    case current(amperes: Double)
    /// A voltage at the end of the access transistor, taken as a resistance.
    case voltage(supplyVolts: Double, accessOhms: Double)
}

extension Junction {
    /// The drive of a write through the junction, with the torque that depends on the angle and, where the resistance is
    /// known, the power drawn from the supply.
    ///
    /// With a voltage the current follows the resistance as the junction turns. Throws `DeviceError.argument` for a
    /// junction without polarisation, and for a voltage on one without resistance.
    public func drive(_ source: WriteSource, _ direction: Direction) throws(DeviceError) -> AxialDrive {
        guard let critical = criticalCurrentAmperes else {
            throw .argument(name: "write through the junction: polarization", found: 0, allowed: "above 0")
        }
        let junction = self
        let start = direction.cosineAtStart
        switch source {
        case .current(let amperes):
            let overdrive = { @Sendable (x: Double, share: Double) in
                amperes * share / critical * junction.torqueShare(cosine: start * x)
            }
            guard let resistance else { return AxialDrive(overdrive: overdrive) }
            return AxialDrive(
                overdrive: overdrive,
                powerWatts: { x, share in
                    let amperes = amperes * share
                    return amperes * amperes
                        * resistance.ohms(
                            cosine: start * x, volts: resistance.volts(amperes: amperes, cosine: start * x))
                })
        case .voltage(let supply, let accessOhms):
            guard let resistance else {
                throw .argument(name: "write by a voltage: resistance_area_ohm_m2", found: 0, allowed: "above 0")
            }
            let amperes = { @Sendable (x: Double, share: Double) in
                let volts = resistance.volts(supply: supply * share, seriesOhms: accessOhms, cosine: start * x)
                return volts / resistance.ohms(cosine: start * x, volts: volts)
            }
            return AxialDrive(
                overdrive: { x, share in amperes(x, share) / critical * junction.torqueShare(cosine: start * x) },
                powerWatts: { x, share in supply * share * amperes(x, share) })
        }
    }
}
