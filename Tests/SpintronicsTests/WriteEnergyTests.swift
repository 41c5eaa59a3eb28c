import Spintronics
import Testing

/// Law: energy is ∫ V I dt with the resistance that the junction has at each moment.
struct WriteEnergyTests {
    private let junction = Junction(
        layer: .reference(), polarization: 0.6,
        resistance: JunctionResistance(parallelOhms: 4000, magnetoresistance: 1, halfVolts: 0.5))

    private func energy(_ source: WriteSource, _ direction: Junction.Direction, seconds: Double) throws -> Double {
        let rate = junction.layer.relaxationPerSecond
        let drive = try junction.drive(source, direction)
        return FokkerPlanck(thermalStability: 50, cells: 400).outcomes(
            drives: [drive], plateaus: [seconds * rate])[0][0].work / rate
    }

    /// Far too small a voltage leaves the junction in its state: V²/R t with the distribution close about its axis.
    @Test func unswitchedJunctionTakesTheEnergyOfItsState() throws {
        for (direction, cosine) in [(Junction.Direction.parallelToAntiparallel, 1.0), (.antiparallelToParallel, -1)] {
            let volts = 0.02
            let resistance = try #require(junction.resistance)
            let expected = volts * volts / resistance.ohms(cosine: cosine, volts: volts) * 1e-9
            let found = try energy(.voltage(supplyVolts: volts, accessOhms: 0), direction, seconds: 1e-9)
            #expect(abs(found / expected - 1) < 0.01)
        }
    }

    /// A write that surely switches early goes on at the resistance of the other state: between both bounds, nearer the
    /// later one for a long pulse.
    @Test func energyFollowsTheResistanceAsItSwitches() throws {
        let resistance = try #require(junction.resistance)
        let volts = 0.9
        let source = WriteSource.voltage(supplyVolts: volts, accessOhms: 0)
        let power = [1.0, -1].map { volts * volts / resistance.ohms(cosine: $0, volts: volts) }
        let found = try energy(source, .antiparallelToParallel, seconds: 8e-9) / 8e-9
        #expect(found > power[1] && found < power[0])
        #expect(found - power[1] > power[0] - found)
    }

    /// An independent sum: the share of switched junctions at each moment times the power of each state bounds it.
    @Test func energyAgreesWithATwoStateEstimate() throws {
        let resistance = try #require(junction.resistance)
        let volts = 0.9
        let source = WriteSource.voltage(supplyVolts: volts, accessOhms: 500)
        let drive = try junction.drive(source, .parallelToAntiparallel)
        let rate = junction.layer.relaxationPerSecond
        let times = (1...40).map { Double($0) * 0.1e-9 * rate }
        let outcomes = FokkerPlanck(thermalStability: 50, cells: 400).outcomes(drives: [drive], plateaus: times)[0]
        let power = [1.0, -1].map { cosine in
            let over = resistance.volts(supply: volts, seriesOhms: 500, cosine: cosine)
            return volts * over / resistance.ohms(cosine: cosine, volts: over)
        }
        let estimate = outcomes.map { power[0] * $0.remaining + power[1] * $0.switched }.reduce(0, +) * 0.1e-9
        let found = try #require(outcomes.last).work / rate
        #expect(abs(found / estimate - 1) < 0.03)
    }

    /// A weak current in the parallel state: I² R t; and I² R t of a strip with the thirds of its edges.
    @Test func currentsTakeTheEnergyOfTheirResistance() throws {
        let found = try junction.fokkerPlanckSwitching(
            overdrives: [0.1], pulses: PulseTrain(widthsSeconds: [4e-9], riseSeconds: 1e-9, fallSeconds: 1e-9))[0][0]
        let amperes = 0.1 * (try #require(junction.criticalCurrentAmperes))
        let expected = amperes * amperes * 4000 * (3e-9 + 2e-9 / 3)
        let taken = try #require(found.energyJoules)
        #expect(abs(taken / expected - 1) < 0.01)
        let strip = HeavyMetalStrip(
            spinHallAngle: 0.3, fieldLikeRatio: 0, inPlaneFieldOverAnisotropy: 0, lengthMetres: 60e-9,
            widthMetres: 40e-9, thicknessMetres: 3e-9, resistivityOhmMetres: 2e-6)
        let pulse = Pulse(widthSeconds: 2e-9, riseSeconds: 0.3e-9, fallSeconds: 0.6e-9)
        let energy = try #require(strip.energyJoules(amperes: 1e-4, pulse: pulse))
        #expect(abs(energy / (1e-8 * 1000 * (1.55e-9 + 0.3e-9)) - 1) < 1e-12)
    }

    @Test func seriesResistanceTakesItsShare() {
        let resistance = JunctionResistance(parallelOhms: 4000, magnetoresistance: 1)
        #expect(abs(resistance.volts(supply: 1, seriesOhms: 1000, cosine: 1) - 0.8) < 1e-12)
        #expect(abs(resistance.volts(supply: -1, seriesOhms: 2000, cosine: -1) + 0.8) < 1e-12)
        #expect(resistance.volts(supply: 0.7, seriesOhms: 0, cosine: 1) == 0.7)
        #expect(abs(resistance.volts(amperes: 1e-4, cosine: 1) - 0.4) < 1e-12)
    }

    /// Factors of TMR(V) at Vh = 0.5 V as published with the SPINLIB models.
    @Test(arguments: [(0.1, 0.962), (0.2, 0.862), (0.3, 0.735), (0.5, 0.5)])
    func magnetoresistanceFallsWithVoltage(volts: Double, share: Double) {
        let resistance = JunctionResistance(parallelOhms: 4000, magnetoresistance: 1.26, halfVolts: 0.5)
        #expect(abs(resistance.magnetoresistance(volts: volts) / 1.26 - share) < 5e-4)
        let ratio = resistance.ohms(cosine: -1, volts: volts) / resistance.ohms(cosine: 1, volts: volts)
        #expect(abs(ratio - 1 - 1.26 * share) < 1e-3)
    }

    @Test func refusesWhatHasNoPath() {
        func complaint(_ junction: Junction, _ source: WriteSource) -> String? {
            do {
                _ = try junction.drive(source, .parallelToAntiparallel)
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            complaint(Junction(layer: .reference(), polarization: nil), .current(amperes: 1e-5))
                == "write through the junction: polarization: found 0.0, allowed above 0")
        #expect(
            complaint(
                Junction(layer: .reference(), polarization: 0.6), .voltage(supplyVolts: 1, accessOhms: 0))
                == "write by a voltage: resistance_area_ohm_m2: found 0.0, allowed above 0")
    }

    /// dR/R over dt/t of the oxide at 0.85 nm and 0.4 eV is 6.5, as published; area and volume go with the geometry.
    @Test func cellsVaryTogether() throws {
        let oxide = TunnelOxide(thicknessMetres: 0.85e-9, barrierElectronVolts: 0.4)
        let thicker = junction.varied(by: .init(oxide: 0.001), oxide: oxide)
        #expect(abs((try #require(thicker.resistance).parallelOhms / 4000 - 1) / 0.001 - 6.51) < 0.05)
        let wider = junction.varied(by: .init(diameter: 0.02, thickness: -0.01), oxide: oxide)
        #expect(abs(wider.layer.thermalStability / 50 - 1.02 * 1.02 * 0.99) < 1e-12)
        let current = try #require(wider.criticalCurrentAmperes) / #require(junction.criticalCurrentAmperes)
        #expect(abs(current - 1.02 * 1.02 * 0.99) < 1e-12)
        #expect(abs(try #require(wider.resistance).parallelOhms - 4000 / (1.02 * 1.02)) < 1e-9)
    }
}
