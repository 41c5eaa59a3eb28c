public import Engine
public import Golden

/// Write controller: requests of all sorts, a bank that answers late, junctions that fail, rows that read wrong.
public enum WriteControllerPair: BlockPair {
    public static let name = "write-controller"
    public static let summary = "writes rows of junctions by pulses: changed bits, verified, repeated, strings at once"

    public static func twin(of hardware: Engine.WriteController) -> Golden.WriteController {
        Golden.WriteController(Golden.WriteController.Parameters(hardware))
    }

    public static func driver(of hardware: Engine.WriteController, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(Golden.WriteController.Parameters(hardware), seed: seed)
    }

    public struct Driver: StimulusDriver {
        let parameters: Golden.WriteController.Parameters
        var random: StimulusRandom
        private var host: WriteStimulus
        /// The junctions that the pulses move, and the row that was sensed.
        private var array: Golden.SubArray
        private var sensed = BitRow.none

        init(_ parameters: Golden.WriteController.Parameters, seed: UInt64) {
            self.parameters = parameters
            random = StimulusRandom(seed: seed)
            host = WriteStimulus(parameters: parameters, seed: seed)
            array = Golden.SubArray(rows: parameters.rows, columns: parameters.columns, kind: parameters.kind)
        }

        public var idle: Golden.WriteController.Inputs { Golden.WriteController.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.WriteController.Inputs, twin: Golden.WriteController
        ) -> StimulusStep {
            let request = twin.request
            inputs.senseReady = !random.once(in: 3)
            inputs.writeReady = random.bit()
            if request.sense && inputs.senseReady { sensed = array.cells(request.address) }
            inputs.row = random.row(columns: parameters.columns)
            if twin.takesRow { inputs.row = random.once(in: 20) ? inputs.row : sensed }
            if let pulse = request.pulse, pulse.isLastCycle {
                // From none to all of the junctions fail.
                let rare = random.row(columns: parameters.columns) & random.row(columns: parameters.columns)
                var failing = random.failures(columns: parameters.columns)
                if !random.once(in: 4) { failing.first &= rare }
                array.pulse(pulse.junctions, at: request.address, failing: failing)
            }
            host.next(&inputs.host, twin: twin)
            return .reset(if: random.once(in: 4000))
        }
    }
}

/// Bank with its write controller: failures of a rate from none to 30 %, a reader that comes between, upsets at latch edges.
public enum BankWriterPair: BlockPair {
    public static let name = "bank-writer"
    public static let summary = "a bank of any kind of cells with its write controller, and a reader beside it"
    public static let takesUpsetRate = true

    public static func twin(of hardware: Engine.BankWriter) -> Golden.BankWriter {
        Golden.BankWriter(Golden.BankWriter.Parameters(hardware))
    }

    public static func driver(of hardware: Engine.BankWriter, seed: UInt64, upsetRate: Double) throws -> Driver {
        try Driver(Golden.BankWriter.Parameters(hardware), seed: seed, upsetRate: upsetRate)
    }

    public struct Driver: StimulusDriver {
        private var stimulus: BankWriterStimulus

        init(_ parameters: Golden.BankWriter.Parameters, seed: UInt64, upsetRate: Double) throws {
            stimulus = try BankWriterStimulus(parameters, seed: seed, upsetRate: upsetRate)
        }

        public var idle: Golden.BankWriter.Inputs { Golden.BankWriter.Inputs(stimulus.parameters) }
        public var upsets: Int { stimulus.upsets }

        public mutating func next(
            _ inputs: inout Golden.BankWriter.Inputs, twin: Golden.BankWriter
        ) -> StimulusStep {
            stimulus.next(&inputs, twin: twin)
        }
    }
}

/// Array that holds weights and activations: rows are written, two of them sensed at once.
public enum DualRowAndPair: BlockPair {
    public static let name = "dual-row-and"
    public static let summary = "weight and activation rows in one array, the popcount of two rows' AND"
    public static let takesUpsetRate = true

    public static func twin(of hardware: Engine.DualRowAnd) -> Golden.DualRowAnd {
        Golden.DualRowAnd(Golden.BankWriter.Parameters(hardware.writer))
    }

    public static func driver(of hardware: Engine.DualRowAnd, seed: UInt64, upsetRate: Double) throws -> Driver {
        try Driver(Golden.BankWriter.Parameters(hardware.writer), seed: seed, upsetRate: upsetRate)
    }

    public struct Driver: StimulusDriver {
        private var stimulus: BankWriterStimulus

        init(_ parameters: Golden.BankWriter.Parameters, seed: UInt64, upsetRate: Double) throws {
            stimulus = try BankWriterStimulus(parameters, seed: seed, upsetRate: upsetRate)
        }

        public var idle: Golden.BankWriter.Inputs { Golden.BankWriter.Inputs(stimulus.parameters) }
        public var upsets: Int { stimulus.upsets }

        public mutating func next(
            _ inputs: inout Golden.DualRowAnd.Inputs, twin: Golden.DualRowAnd
        ) -> StimulusStep {
            stimulus.next(&inputs, twin: twin.writer)
        }
    }
}

extension Golden.WriteController.Parameters {
    /// The parameters of the hardware.
    public init(_ hardware: Engine.WriteController) {
        self.init()
        rows = hardware.rows
        columns = hardware.columns
        kind = Golden.CellKind(hardware.cellKind)
        period = hardware.period
        planes = hardware.planes
        longestPulse = hardware.longestPulse
        amplitudes = hardware.amplitudes
        mostRetries = hardware.mostRetries
    }
}

extension Golden.BankWriter.Parameters {
    /// The parameters of the hardware.
    public init(_ hardware: Engine.BankWriter) {
        self.init()
        controller = Golden.WriteController.Parameters(hardware.controller)
        phases = Golden.SensePhases(hardware.phases)
        isDualRow = hardware.dualRow == 1
    }
}
