import Devices
import Golden
import Sensing
import Spintronics
import Testing

/// Law: what a die is like follows from its seed and place, and its errors are those that its cells and amplifiers make.
@Suite struct ArrayDieTests {
    private func die(
        _ seed: UInt64, _ mode: SensingMode, sigmaVolts: Double = 0.03,
        _ arrangement: ArrayDie.Arrangement = .midReference,
        limitSeconds: Double? = nil, write: ArrayDie.Write? = nil
    ) throws -> ArrayDie {
        let device = try #require(try DeviceCatalog.device("retention-stt"))
        return ArrayDie(
            cells: try CellPopulation(device: device, dieSeed: seed), amplifier: PrechargeSenseAmplifier(.ptm45),
            arrangement: arrangement, mode: mode, sigmaThresholdVolts: sigmaVolts, limitSeconds: limitSeconds,
            banks: 4, write: write)
    }

    private func errors(_ chance: CellChance, operation: Int, rows: Int, states: BitRow) -> [BitRow] {
        var chance = chance
        return (0..<rows).map { chance.errors(operation: operation, row: $0, states: states) }
    }

    @Test func weakAmplifiersStayWeakAndDiesDiffer() throws {
        let one = try die(1, .fixed).reads(rows: 16, columns: 64, seed: 5)
        let states = BitRow(0x0123_4567_89AB_CDEF, 0, 0, 0, 0, 0, 0, 0)
        let first = errors(one, operation: 0, rows: 16, states: states)
        #expect(first.contains { $0 != .none })
        for operation in [1, 77, 100_000] {
            #expect(errors(one, operation: operation, rows: 16, states: states) == first)
        }
        // Another seed of events changes nothing that is fixed; another die does.
        let again = try die(1, .fixed).reads(rows: 16, columns: 64, seed: 6)
        #expect(errors(again, operation: 9, rows: 16, states: states) == first)
        let other = try die(2, .fixed).reads(rows: 16, columns: 64, seed: 5)
        #expect(errors(other, operation: 0, rows: 16, states: states) != first)
    }

    /// The share of wrong bits over dies is the model's closed error probability, cells' spread included.
    @Test func shareOverDiesIsTheErrorProbability() throws {
        var wrong = 0
        let (dies, rows, columns) = (24, 4, 64)
        for seed in 1...dies {
            let chance = try die(UInt64(seed), .fixed, .complementary).reads(rows: rows, columns: columns, seed: 1)
            for row in errors(chance, operation: 0, rows: rows, states: .allOnes(columns: columns)) {
                wrong += row.onesCount
            }
        }
        let nominal = try die(1, .dynamic, .complementary).branches(row: 0, column: 0, storing: true)
        // ln R of the cells spreads by 2 × the diameter's 2 % and 6.5 × the oxide's 1 %.
        let sigma = (0.04 * 0.04 + 0.0651 * 0.0651).squareRoot()
        let spread = SenseBranches(
            left: SenseBranch(ohms: nominal.left.ohms, sigmaLogResistance: sigma),
            right: SenseBranch(ohms: nominal.right.ohms, sigmaLogResistance: sigma))
        let expected = try PrechargeSenseAmplifier(.ptm45).errorProbability(
            spread, spread: SenseSpread(sigmaThresholdVolts: 0.03))
        let trials = Double(dies * rows * columns)
        // Amplifiers serve all rows of a bank here, one each, so trials are independent but for nothing.
        let error = (expected * (1 - expected) / trials).squareRoot()
        #expect(
            abs(Double(wrong) / trials - expected) < 4 * error + 0.1 * expected, "\(wrong) of \(trials), \(expected)")
    }

    @Test func dynamicErrorsComeFromNoiseAndTooShortClocks() throws {
        let states = BitRow.allOnes(columns: 64)
        let quiet = try die(1, .dynamic).reads(rows: 2, columns: 64, seed: 5)
        #expect((0..<200).allSatisfy { errors(quiet, operation: $0, rows: 2, states: states) == [.none, .none] })
        // A latch that comes far too early takes a coin for every bit.
        let hasty = try die(1, .dynamic, limitSeconds: 2e-12).reads(rows: 1, columns: 64, seed: 5)
        let ones = (0..<500).reduce(0) { $0 + errors(hasty, operation: $1, rows: 1, states: states)[0].onesCount }
        #expect(abs(Double(ones) / 32_000 - 0.5) < 0.012)
    }

    @Test func writesFailAsThePhysicsSays() throws {
        let device = try #require(try DeviceCatalog.device("retention-stt"))
        let source = WriteSource.voltage(supplyVolts: 0.9, accessOhms: 1000)
        let tables = try WriteTables(
            nominal: try device.junction(), source: source, largestOverdrive: 5, longestTime: 8)
        func share(_ seconds: Double) throws -> Double {
            let write = ArrayDie.Write(pulseSeconds: seconds, tables: tables)
            var chance = try #require(try die(3, .fixed, write: write).writes(rows: 40, columns: 64, seed: 1))
            var failed = 0
            for row in 0..<40 {
                failed += chance.failures(write: 0, row: row, from: .none, to: .allOnes(columns: 64)).onesCount
            }
            return Double(failed) / 2560
        }
        // The nominal junction by the whole equation, whose current follows the resistance; the die's spread adds to it.
        let junction = try device.junction()
        let drive = try junction.drive(source, .antiparallelToParallel)
        let rate = junction.layer.relaxationPerSecond
        let nominal = FokkerPlanck(thermalStability: junction.layer.thermalStability, cells: 600).outcomes(
            drives: [drive], plateaus: [3e-9 * rate])[0][0].remaining
        let (short, long) = (try share(3e-9), try share(8e-9))
        #expect(short > 0.8 * nominal && short < 1.5 * nominal, "\(short), nominal \(nominal)")
        #expect(long < 0.01)
        let none = try die(3, .fixed).writes(rows: 1, columns: 4, seed: 1)
        #expect(none == nil)
    }

    /// Ten years at 125 °C leave a coin of many bits, at 27 °C all of them; the share is the retention of the cells.
    @Test func timeAndHeatLoseBits() throws {
        let device = try #require(try DeviceCatalog.device("retention-stt"))
        let seconds = 10 * 365.25 * 86_400
        func share(_ kelvin: Double) throws -> Double {
            let hot = try device.setting(.temperature, to: kelvin)
            let cells = try CellPopulation(device: hot, dieSeed: 2)
            let table = SwitchingTable(thermalStability: cells.nominal.layer.thermalStability, longestTime: 0.5)
            let die = ArrayDie(
                cells: cells, amplifier: PrechargeSenseAmplifier(.ptm45), arrangement: .midReference, mode: .fixed,
                sigmaThresholdVolts: 0.03,
                wear: .init(storageSeconds: seconds, readDirection: .parallelToAntiparallel, table: table))
            let chance = try #require(try die.losses(rows: 20, columns: 64, seed: 1))
            let lost = errors(chance, operation: 0, rows: 20, states: .allOnes(columns: 64))
            return Double(lost.reduce(0) { $0 + $1.onesCount }) / 1280
        }
        let (cool, hot) = (try share(300), try share(398.15))
        #expect(cool == 0)
        let expected = try DeviceCorner(device: device, temperatureKelvin: 398.15).retentionLoss(seconds: seconds)
        #expect(abs(expected - 0.5) < 0.01)
        // 1,280 coins: a standard deviation of 0.014.
        #expect(abs(hot - 0.5) < 0.06)
    }

    /// A read current far above what it should be disturbs the state that it leaves and no other.
    @Test func readsDisturbTheStateThatTheirCurrentLeaves() throws {
        let device = try #require(try DeviceCatalog.device("retention-stt"))
        let table = SwitchingTable(
            thermalStability: try device.junction().layer.thermalStability, largestOverdrive: 6, longestTime: 0.5)
        var die = try die(1, .dynamic)
        die.wear = .init(storageSeconds: 0, readDirection: .parallelToAntiparallel, table: table)
        let nominal = try #require(try die.disturbs(rows: 1, columns: 8, seed: 1))
        #expect(errors(nominal, operation: 0, rows: 1, states: .allOnes(columns: 8)) == [.none])
        // Fully polarised electrons for nanoseconds: such reads switch ones often, and zeros never.
        var slow = AmplifierTechnology.ptm45
        slow.read.chargeCoulombs *= 200
        let weak = try device.setting(.polarization, to: 1)
        let longer = SwitchingTable(
            thermalStability: try weak.junction().layer.thermalStability, largestOverdrive: 4, longestTime: 16)
        die = ArrayDie(
            cells: try CellPopulation(device: weak, dieSeed: 1), amplifier: PrechargeSenseAmplifier(slow),
            arrangement: .midReference, mode: .dynamic, sigmaThresholdVolts: 0,
            wear: .init(storageSeconds: 0, readDirection: .parallelToAntiparallel, table: longer))
        let chance = try #require(try die.disturbs(rows: 1, columns: 64, seed: 1))
        #expect(errors(chance, operation: 0, rows: 1, states: .none) == [.none])
        #expect(errors(chance, operation: 0, rows: 1, states: .allOnes(columns: 64))[0].onesCount > 5)
    }

    @Test func deviceWithoutResistancesCannotBeSensed() throws {
        let device = try #require(try DeviceCatalog.device("reference-stt"))
        let die = ArrayDie(
            cells: try CellPopulation(device: device, dieSeed: 1), amplifier: PrechargeSenseAmplifier(.ptm45),
            arrangement: .complementary, mode: .fixed, sigmaThresholdVolts: 0.03)
        #expect(
            throws: DeviceError.argument(name: "sensing: resistance_area_ohm_m2", found: 0, allowed: "above 0")
        ) { try die.reads(rows: 1, columns: 1, seed: 1) }
    }
}
