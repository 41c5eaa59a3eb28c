import Golden
import Randomness

/// Stimulus of a bank with its write controller: a host, a reader, pulses that fail and senses that read wrong.
struct BankWriterStimulus {
    let parameters: BankWriter.Parameters
    private var random: StimulusRandom
    private var host: WriteStimulus
    private var failures: WriteFailureEvents
    private var readPauses: UInt32 = 3
    private let upsetRate: Double
    /// Bits that read wrong so far, those of undecided pairs among them.
    private(set) var upsets = 0

    /// - Parameter upsetRate: probability of a sensed bit to read wrong; of an undecided pair it is one half.
    init(_ parameters: BankWriter.Parameters, seed: UInt64, upsetRate: Double) throws {
        self.parameters = parameters
        self.upsetRate = upsetRate
        random = StimulusRandom(seed: seed)
        let controller = parameters.controller
        host = WriteStimulus(parameters: controller, seed: seed)
        // A rate for each seed, none to 30 %.
        let rate = [0, 0.01, 0.1, 0.3][Int(seed % 4)]
        failures = WriteFailureEvents(
            try WriteChance(
                seed: seed, rate: rate, rows: controller.rows, columns: controller.columns, planes: controller.planes,
                attempts: controller.mostRetries + 1, kind: controller.kind),
            parameters: controller)
    }

    mutating func next(_ inputs: inout BankWriter.Inputs, twin: BankWriter) -> StimulusStep {
        host.next(&inputs.host, twin: twin.controller)
        // Noise where no pulse ends.
        inputs.failures =
            failures.masks(twin.controller, twin.bank) ?? random.failures(columns: parameters.controller.columns)
        if random.once(in: 500) { readPauses = [1, 3, 20][random.below(3)] }
        let rows = parameters.controller.rows
        // The reader often asks for the row that is being written.
        inputs.address = random.once(in: 4) ? twin.controller.request.address : random.below(rows)
        inputs.secondAddress = random.once(in: 4) ? twin.controller.request.address : random.below(rows)
        inputs.dual = parameters.isDualRow && !random.once(in: 4)
        let isReady = twin.isReaderReady(
            address: inputs.address, second: inputs.dual ? inputs.secondAddress : nil)
        inputs.start = isReady && (readPauses == 1 || random.once(in: readPauses))
        inputs.upset = upset(twin.bank)
        return .reset(if: random.once(in: 5000))
    }

    private mutating func upset(_ bank: Bank) -> BitRow {
        let columns = parameters.controller.columns
        guard bank.amplifiers.isLatching else { return random.row(columns: columns) }
        var upset = BitRow.none
        if upsetRate > 0 {
            for column in 0..<columns where Double(random.bits(32)) < upsetRate * 0x1p32 { upset.set(column) }
        }
        if parameters.controller.kind == .complementary { upset ^= bank.undecided & random.row(columns: columns) }
        upsets += upset.onesCount
        return upset
    }
}
