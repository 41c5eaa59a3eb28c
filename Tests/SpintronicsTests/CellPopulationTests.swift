import Foundation
import Spintronics
import Testing

/// Law: a die's cells deviate as its device says, each the same whenever it is asked, and dies differ.
struct CellPopulationTests {
    private func device(_ spread: Double) throws -> JunctionDevice {
        let numbers: [DeviceParameter: Double] = [
            .diameter: 40e-9, .thickness: 1.3e-9, .saturation: 1.1e6, .damping: 0.02, .polarization: 0.6,
            .thermalStability: 50, .temperature: 300, .resistanceArea: 5e-12, .magnetoresistance: 1.2,
            .oxideThickness: 0.85e-9, .oxideBarrier: 0.4, .diameterSpread: spread, .thicknessSpread: spread / 2,
            .oxideSpread: spread / 2, .magnetoresistanceSpread: spread,
        ]
        return try JunctionDevice(
            name: "test", kind: .stt, summary: "", values: numbers.mapValues { .init($0, source: "test") })
    }

    @Test func cellsOfADieStayWhatTheyAre() throws {
        let die = try CellPopulation(device: device(0.02), dieSeed: 5)
        let again = try CellPopulation(device: device(0.02), dieSeed: 5)
        let other = try CellPopulation(device: device(0.02), dieSeed: 6)
        #expect(die.deviation(row: 3, column: 7) == again.deviation(row: 3, column: 7))
        #expect(die.deviation(row: 3, column: 7) != die.deviation(row: 7, column: 3))
        #expect(die.deviation(row: 3, column: 7) != other.deviation(row: 3, column: 7))
    }

    @Test func spreadsAreThoseOfTheDevice() throws {
        let die = try CellPopulation(device: device(0.02), dieSeed: 1)
        var deviations: [Junction.Deviation] = []
        for row in 0..<100 { for column in 0..<100 { deviations.append(die.deviation(row: row, column: column)) } }
        func spread(_ values: [Double]) -> Double {
            let mean = values.reduce(0, +) / Double(values.count)
            return (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)).squareRoot()
        }
        // 10,000 cells: the standard deviation is known within 0.7 %, four of these are allowed.
        #expect(abs(spread(deviations.map(\.diameter)) / 0.02 - 1) < 0.03)
        #expect(abs(spread(deviations.map(\.thickness)) / 0.01 - 1) < 0.03)
        #expect(abs(spread(deviations.map(\.oxide)) / 0.01 - 1) < 0.03)
        #expect(abs(spread(deviations.map(\.magnetoresistance)) / 0.02 - 1) < 0.03)
        #expect(deviations.allSatisfy { abs($0.diameter) <= 0.08 })
        let covariance = deviations.map { $0.diameter * $0.thickness }.reduce(0, +) / 10_000
        #expect(abs(covariance) < 8e-6)
    }

    /// Without spread every cell is the nominal one, and the table's answer is the equation's.
    @Test func failuresOfANominalDieAreTheEquations() throws {
        let die = try CellPopulation(device: device(0), dieSeed: 1)
        let critical = try #require(die.nominal.criticalCurrentAmperes)
        let source = WriteSource.current(amperes: 2 * critical)
        let tables = try WriteTables(nominal: die.nominal, source: source, largestOverdrive: 3, longestTime: 6)
        let failures = WriteFailures(population: die, pulseSeconds: 5e-9, tables: tables)
        let exact = try die.nominal.fokkerPlanckSwitching(
            overdrives: [2], pulses: PulseTrain(widthsSeconds: [5e-9]))[0][0]
        let found = try failures.probability(row: 4, column: 4, direction: .parallelToAntiparallel)
        #expect(abs(found / exact.writeErrorRate - 1) < 0.01)
    }

    /// Spread makes the mean failure rate worse than that of the nominal cell: the tail of weak cells rules.
    @Test func weakCellsRuleTheMean() throws {
        let die = try CellPopulation(device: device(0.02), dieSeed: 2)
        let critical = try #require(die.nominal.criticalCurrentAmperes)
        let source = WriteSource.current(amperes: 2 * critical)
        let tables = try WriteTables(nominal: die.nominal, source: source, largestOverdrive: 4, longestTime: 16)
        let failures = WriteFailures(population: die, pulseSeconds: 8e-9, tables: tables)
        let nominal = try die.nominal.fokkerPlanckSwitching(
            overdrives: [2], pulses: PulseTrain(widthsSeconds: [8e-9]))[0][0].writeErrorRate
        var sum = 0.0
        for column in 0..<1000 {
            sum += try failures.probability(row: 0, column: column, direction: .parallelToAntiparallel)
        }
        #expect(sum / 1000 > 1.2 * nominal)
    }

    /// Law: with a voltage each cell fails as the equation says with its own drive, whose current follows its resistance.
    @Test(arguments: Junction.Direction.allCases)
    func failuresUnderAVoltageAreTheEquations(direction: Junction.Direction) throws {
        let die = try CellPopulation(device: device(0.02), dieSeed: 7)
        for (volts, pulse) in [(0.75, 6e-9), (1.0, 4e-9)] {
            let source = WriteSource.voltage(supplyVolts: volts, accessOhms: 1000)
            let tables = try WriteTables(nominal: die.nominal, source: source, longestTime: 16)
            let failures = WriteFailures(population: die, pulseSeconds: pulse, tables: tables)
            for column in 0..<12 {
                let cell = die.junction(row: 0, column: column)
                let exact = FokkerPlanck(thermalStability: cell.layer.thermalStability).outcomes(
                    drives: [try cell.drive(source, direction)],
                    plateaus: [pulse * cell.layer.relaxationPerSecond])[0][0]
                let found = try failures.probability(row: 0, column: column, direction: direction)
                #expect(abs(found / exact.remaining - 1) < 0.03, "\(volts) V, \(column)")
            }
        }
    }

    @Test func aSourceThatDrivesNothingHasNoTables() throws {
        let die = try CellPopulation(device: device(0), dieSeed: 1)
        #expect(throws: DeviceError.argument(name: "write: overdrive", found: 0, allowed: "above 0")) {
            try WriteTables(nominal: die.nominal, source: .current(amperes: 0))
        }
    }

    @Test func cornersKeepLessWithHeat() throws {
        let device = try device(0)
        let corner = try DeviceCorner(device: device, temperatureKelvin: 300)
        // Brown's rate is within 3 % at this barrier.
        let perRelaxation = ClosedForm.activationRate(overdrive: 0, thermalStability: 50)
        let rate = perRelaxation * corner.junction.layer.relaxationPerSecond
        let lost = try corner.retentionLoss(seconds: 0.1 / rate)
        #expect(abs(lost - 0.0906) < 0.01)
        let all = try corner.retentionLoss(seconds: 100 / rate)
        #expect(abs(all - 0.5) < 1e-9)
        let weak = try corner.readDisturb(amperes: 10e-6, seconds: 5e-9)
        let strong = try corner.readDisturb(amperes: 20e-6, seconds: 5e-9)
        #expect(strong > weak && weak > 0)
        let failing = try corner.writeErrorRate(amperes: 84e-6, seconds: 5e-9)
        #expect(failing < 0.02)
    }

    @Test func lifetimeIsCyclesOverWrites() {
        #expect(Endurance.lifetimeSeconds(cycles: 1e12, writes: 100, inSeconds: 2) == 2e10)
        #expect(Endurance.lifetimeSeconds(cycles: 1e12, writes: 0, inSeconds: 2) == .infinity)
    }
}
