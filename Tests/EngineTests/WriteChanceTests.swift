import Devices
import Golden
import Randomness
import Sensing
import Spintronics
import Testing

/// Law: which junctions a pulse does not move follows from seed, row, write number and attempt, whatever the cycles of
/// the writes; how often, from the device, the pulse's length and its direction.
@Suite struct WriteChanceTests {
    /// A host's writes, one after another, and what they leave.
    private struct Run {
        var parameters = BankWriter.Parameters()
        var seed: UInt64 = 1
        var codes = PulseCode(cycles: 1)
        /// Cycles that a reader lets pass between its senses; nil for no reader.
        var readEvery: Int?

        struct Result: Equatable {
            var rows: [BitRow]
            var failures: Int
            var counters: WriteCounters
            var writes: [Int]
            /// Pulses of all junctions together.
            var wear: UInt32
        }

        func result(_ requests: [WriteHost]) throws -> (Result, cycles: Int) {
            let controller = parameters.controller
            var twin = BankWriter(parameters)
            var events = WriteFailureEvents(
                try WriteChance(
                    seed: seed, rate: 0.2, rows: controller.rows, columns: controller.columns,
                    planes: controller.planes, attempts: controller.mostRetries + 1, kind: controller.kind),
                parameters: controller)
            var inputs = BankWriter.Inputs(parameters)
            for plane in 0..<controller.planes {
                for towardsOne in [false, true] {
                    inputs.host.codeWrite = true
                    inputs.host.codePlane = plane
                    inputs.host.codeTowardsOne = towardsOne
                    inputs.host.code = codes
                    twin.clock(inputs, reset: false)
                }
            }
            inputs.host.codeWrite = false
            var cycles = 0
            var next = 0
            while next < requests.count || twin.controller.isBusy {
                inputs.host.valid = next < requests.count
                if next < requests.count { inputs.host = requests[next] }
                if inputs.host.valid, twin.controller.isReady(address: inputs.host.address) { next += 1 }
                inputs.failures = events.masks(twin.controller, twin.bank) ?? WriteFailureMasks()
                if let readEvery {
                    inputs.address = cycles % controller.rows
                    inputs.start = cycles % readEvery == 0 && twin.isReaderReady(address: inputs.address)
                }
                twin.clock(inputs, reset: false)
                cycles += 1
            }
            let rows = (0..<controller.rows).map { twin.bank.array.cells($0) }
            return (
                Result(
                    rows: rows, failures: events.failures, counters: twin.controller.counters, writes: events.writes,
                    wear: (twin.bank.array.pulses + twin.bank.array.complementPulses).reduce(0, +)),
                cycles
            )
        }
    }

    private func requests(_ seed: UInt64, columns: Int, kind: CellKind) -> [WriteHost] {
        var random = KeyedStream(seed: seed, stream: 0x5743)
        return (0..<60).map { number in
            var host = WriteHost()
            host.valid = true
            host.address = random.nextIndex(below: 16)
            host.data = BitRow(random.nextUInt64() >> UInt64(64 - columns), 0, 0, 0, 0, 0, 0, 0)
            host.changedOnly = random.nextIndex(below: 2) == 0
            host.retries = random.nextIndex(below: 4)
            host.plane = random.nextIndex(below: 3)
            host.last = kind != .nandSpin || random.nextIndex(below: 2) == 0 || number == 59
            return host
        }
    }

    @Test(arguments: [CellKind.stt, .complementary, .sot, .nandSpin])
    func timingChangesNoEvent(kind: CellKind) throws {
        for seed: UInt64 in 1...3 {
            var run = Run()
            run.seed = seed
            run.parameters.controller.kind = kind
            run.parameters.controller.rows = 16
            run.parameters.controller.columns = 40
            let requests = requests(seed, columns: 40, kind: kind)
            let (first, cycles) = try run.result(requests)
            #expect(first.failures > 50, "seed \(seed)")
            run.codes = PulseCode(cycles: 9)
            run.readEvery = 4
            run.parameters.phases = SensePhases(precharge: 2, evaluate: 5, latch: 1)
            run.parameters.controller.period = 8
            let (slow, slowCycles) = try run.result(requests)
            #expect(slowCycles > 2 * cycles)
            #expect(slow == first, "seed \(seed)")
            run.seed = seed + 100
            #expect(try run.result(requests).0 != first, "another seed, another run")
        }
    }

    /// Each pulse wears the junctions that have it, an erasure all eight of its strip.
    @Test(arguments: [CellKind.stt, .complementary, .sot, .nandSpin])
    func wearIsThePulsesThatWereCounted(kind: CellKind) throws {
        var run = Run()
        run.parameters.controller.kind = kind
        run.parameters.controller.rows = 16
        run.parameters.controller.columns = 12
        let result = try run.result(Array(requests(7, columns: 12, kind: kind).suffix(12))).0
        let counters = result.counters
        let expected =
            counters.setPulses + counters.resetPulses + 8 * counters.erasePulses + counters.programPulses
        #expect(result.wear == expected && expected > 0)
    }

    @Test func eachAttemptAndWriteHasEventsOfItsOwn() throws {
        var chance = try WriteChance(
            seed: 3, rate: 0.3, rows: 4, columns: 60, planes: 2, attempts: 4, kind: .complementary)
        func masks(_ row: Int, _ write: Int, _ attempt: Int, plane: Int = 0) -> WriteFailureMasks {
            chance.failures(
                WriteChance.Event(address: row, plane: plane, write: write, attempt: attempt), towardsOne: true)
        }
        let first = masks(0, 0, 0)
        #expect(masks(1, 0, 0) != first && masks(0, 1, 0) != first && masks(0, 0, 1) != first)
        #expect(first.first != first.second, "the junctions of a pair fail by themselves")
        // In any order of asking.
        #expect(masks(0, 0, 0) == first)
        #expect(masks(0, 0, 0, plane: 1) == first, "the plane says how likely, not which draw")
        var failed = 0
        for write in 0..<500 { failed += masks(2, write, 0).first.onesCount }
        // 30,000 trials: a standard deviation of 79.
        #expect(abs(failed - 9000) < 400, "\(failed)")
    }

    private static let supply = WriteSource.voltage(supplyVolts: 0.9, accessOhms: 1000)

    private func die(
        _ name: String, _ arrangement: ArrayDie.Arrangement = .midReference, banks: Int = 1
    ) throws -> ArrayDie {
        let device = try #require(try DeviceCatalog.device(name))
        return ArrayDie(
            cells: try CellPopulation(device: device, dieSeed: 3), amplifier: PrechargeSenseAmplifier(.ptm45),
            arrangement: arrangement, mode: .fixed, sigmaThresholdVolts: 0.03, banks: banks)
    }

    /// Share of junctions that fail, in a direction, over many writes.
    private func share(_ chance: inout WriteChance, plane: Int, towardsOne: Bool, rows: Int) -> Double {
        var failed = 0
        for row in 0..<rows {
            for write in 0..<40 {
                let event = WriteChance.Event(address: row, plane: plane, write: write, attempt: 0)
                failed += chance.failures(event, towardsOne: towardsOne).first.onesCount
            }
        }
        return Double(failed) / Double(rows * 40 * 48)
    }

    /// The share of failures is that of the Fokker-Planck equation, for each plane's pulse and each direction.
    @Test(arguments: [ArrayDie.Arrangement.midReference, .complementary])
    func pulsesFailAsThePhysicsSays(arrangement: ArrayDie.Arrangement) throws {
        let die = try die("retention-stt", arrangement, banks: 2)
        let junction = die.cells.nominal
        let tables = try WriteTables(nominal: junction, source: Self.supply, largestOverdrive: 5, longestTime: 8)
        func write(_ seconds: Double) -> ArrayDie.Write { ArrayDie.Write(pulseSeconds: seconds, tables: tables) }
        var chance = try die.pulses(
            [
                .init(towardsZero: write(4e-9), towardsOne: write(3e-9)),
                .init(towardsZero: write(8e-9), towardsOne: write(8e-9)),
            ], rows: 6, columns: 48, attempts: 2, bank: 1, seed: 1)
        for (towardsOne, seconds) in [(true, 3e-9), (false, 4e-9)] {
            let direction: Junction.Direction = towardsOne ? .antiparallelToParallel : .parallelToAntiparallel
            let nominal = FokkerPlanck(thermalStability: junction.layer.thermalStability, cells: 600).outcomes(
                drives: [try junction.drive(Self.supply, direction)],
                plateaus: [seconds * junction.layer.relaxationPerSecond])[0][0].remaining
            let found = share(&chance, plane: 0, towardsOne: towardsOne, rows: 6)
            #expect(found > 0.8 * nominal && found < 1.6 * nominal, "\(towardsOne): \(found), nominal \(nominal)")
            #expect(share(&chance, plane: 1, towardsOne: towardsOne, rows: 6) < 0.5 * found, "longer pulses fail less")
        }
    }

    /// Erasures fail as often as the stochastic equation finds for either state, programming by its own pulses.
    @Test func stringsFailAsThePhysicsSays() throws {
        let die = try die("nand-spin-8")
        let junction = die.cells.nominal
        let tables = try WriteTables(
            nominal: junction, source: .voltage(supplyVolts: 0.7, accessOhms: 1000), largestOverdrive: 6,
            longestTime: 8)
        let write = ArrayDie.Write(pulseSeconds: 3e-9, tables: tables)
        let erase = ArrayDie.EraseFailure(
            fromParallel: SwitchingEstimate(probability: 0.7, writeErrorRate: 0.3),
            fromAntiparallel: SwitchingEstimate(probability: 0.9, writeErrorRate: 0.1))
        var chance = try die.pulses(
            [.init(towardsZero: write, towardsOne: write)], erase: erase, rows: 8, columns: 48, attempts: 1, seed: 1)
        var left = [0, 0]
        let everyColumn = BitRow.allOnes(columns: 48)
        for number in 0..<200 {
            let event = WriteChance.Event(address: 5, plane: 0, write: number, attempt: 0)
            let held = (0..<8).map { $0 < 4 ? everyColumn : .none }
            let masks = chance.failures(ofErasure: event, held: held)
            for row in 0..<8 { left[row < 4 ? 0 : 1] += masks.erasing[row].onesCount }
        }
        // 38,400 trials: standard deviations of 0.0023 and 0.0015.
        #expect(abs(Double(left[0]) / 38_400 - 0.3) < 0.01)
        #expect(abs(Double(left[1]) / 38_400 - 0.1) < 0.008)
        #expect(share(&chance, plane: 0, towardsOne: true, rows: 8) < 1)
    }

    /// A probability that is none is refused in one line.
    @Test func refusesAnImpossibleProbability() {
        #expect {
            _ = try WriteChance(seed: 1, rate: 1.5, rows: 2, columns: 2, planes: 1, attempts: 1, kind: .sot)
        } throws: {
            "\($0)" == "\(RandomnessError.probability(1.5))"
        }
    }

    /// Pulses in a line beside the read path fail by the estimates of the stochastic equation.
    @Test func linePulsesFailByTheirEstimates() throws {
        var chance = try die("retention-stt").linePulses(
            [
                (
                    towardsZero: SwitchingEstimate(probability: 0.8, writeErrorRate: 0.2),
                    towardsOne: SwitchingEstimate(probability: 0.95, writeErrorRate: 0.05)
                )
            ], rows: 8, columns: 48, attempts: 1, seed: 2)
        #expect(abs(share(&chance, plane: 0, towardsOne: false, rows: 8) - 0.2) < 0.015)
        #expect(abs(share(&chance, plane: 0, towardsOne: true, rows: 8) - 0.05) < 0.01)
    }
}
