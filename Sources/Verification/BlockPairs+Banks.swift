public import Engine
public import Golden

/// Sub-array: random reads and writes, some of whose cells fail.
public enum SubArrayPair: BlockPair {
    public static let name = "sub-array"
    public static let summary = "rows of magnetic tunnel junctions with failing writes"

    public static func twin(of hardware: Engine.SubArray) -> Golden.SubArray {
        Golden.SubArray(
            rows: hardware.rows, columns: hardware.columns, kind: Golden.CellKind(hardware.cellKind),
            isDualRow: hardware.dualRow == 1)
    }

    public static func driver(of hardware: Engine.SubArray, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.SubArray
        var random: StimulusRandom
        public var idle: Golden.SubArray.Inputs {
            Golden.SubArray.Inputs(
                ArrayGeometry(
                    columns: hardware.columns, kind: Golden.CellKind(hardware.cellKind),
                    isDualRow: hardware.dualRow == 1))
        }

        public mutating func next(_ inputs: inout Golden.SubArray.Inputs, twin: Golden.SubArray) -> StimulusStep {
            inputs.write = random.bit()
            inputs.writeAddress = random.below(hardware.rows)
            inputs.writeData = random.row(columns: hardware.columns)
            inputs.pulse = random.pulse(columns: hardware.columns)
            inputs.failures = random.failures(columns: hardware.columns)
            // Half of the reads meet the row that is being written.
            inputs.address = random.bit() ? inputs.writeAddress : random.below(hardware.rows)
            inputs.secondAddress = random.below(hardware.rows)
            return .run
        }
    }
}

/// Sense amplifiers: senses at the full rate and with pauses, random upset masks in every cycle.
public enum SenseAmplifierPair: BlockPair {
    public static let name = "sense-amplifier"
    public static let summary = "pre-charge sense amplifiers with their phases and row latch"

    public static func twin(of hardware: Engine.SenseAmplifier) -> Golden.SenseAmplifier {
        Golden.SenseAmplifier(columns: hardware.columns, phases: Golden.SensePhases(hardware.phases))
    }

    public static func driver(of hardware: Engine.SenseAmplifier, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(
            columns: hardware.columns, isDualRow: hardware.dualRow == 1, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let columns: Int
        let isDualRow: Bool
        var random: StimulusRandom
        public var idle: Golden.SenseAmplifier.Inputs {
            Golden.SenseAmplifier.Inputs(columns: columns, isDualRow: isDualRow)
        }

        public mutating func next(
            _ inputs: inout Golden.SenseAmplifier.Inputs, twin: Golden.SenseAmplifier
        ) -> StimulusStep {
            inputs.start = twin.isReady && !random.once(in: 3)
            inputs.cells = random.row(columns: columns)
            inputs.upset = random.row(columns: columns)
            inputs.secondCells = random.row(columns: columns)
            inputs.dual = isDualRow && random.bit()
            return .reset(if: random.once(in: 200))
        }
    }
}

/// Bank: writes between and during senses.
public enum BankPair: BlockPair {
    public static let name = "bank"
    public static let summary = "a sub-array with its sense amplifiers"

    public static func twin(of hardware: Engine.Bank) -> Golden.Bank {
        Golden.Bank(
            rows: hardware.rows, columns: hardware.columns, phases: Golden.SensePhases(hardware.phases),
            kind: Golden.CellKind(hardware.cellKind), isDualRow: hardware.dualRow == 1)
    }

    public static func driver(of hardware: Engine.Bank, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.Bank
        var random: StimulusRandom
        public var idle: Golden.Bank.Inputs {
            Golden.Bank.Inputs(
                ArrayGeometry(
                    columns: hardware.columns, kind: Golden.CellKind(hardware.cellKind),
                    isDualRow: hardware.dualRow == 1))
        }

        public mutating func next(_ inputs: inout Golden.Bank.Inputs, twin: Golden.Bank) -> StimulusStep {
            inputs.write = random.once(in: 3)
            // A small set of rows, so that what is sensed was written.
            inputs.writeAddress = random.below(min(hardware.rows, 16))
            inputs.writeData = random.row(columns: hardware.columns)
            inputs.pulse = random.pulse(columns: hardware.columns)
            inputs.failures = random.failures(columns: hardware.columns)
            inputs.claim = random.bit()
            inputs.start = twin.amplifiers.isReady && !random.once(in: 3)
            inputs.address = random.below(min(hardware.rows, 16))
            inputs.secondAddress = random.below(min(hardware.rows, 16))
            inputs.dual = hardware.dualRow == 1 && random.bit()
            inputs.upset = random.row(columns: hardware.columns)
            return .reset(if: random.once(in: 500))
        }
    }
}

extension Golden.CellKind {
    init(_ kind: Engine.CellKind) { self = Golden.CellKind(rawValue: kind.rawValue) ?? .ideal }
}

extension StimulusRandom {
    /// A pulse of random junctions in either direction.
    mutating func pulse(columns: Int) -> CellPulse {
        var pulse = CellPulse()
        pulse.towardsOne = bit()
        pulse.mask = row(columns: columns)
        pulse.complementMask = row(columns: columns)
        return pulse
    }

    /// Random junctions that fail, or none.
    mutating func failures(columns: Int) -> WriteFailureMasks {
        var masks = WriteFailureMasks()
        if bit() { return masks }
        masks.first = row(columns: columns)
        masks.second = row(columns: columns)
        for index in masks.erasing.indices { masks.erasing[index] = row(columns: columns) }
        return masks
    }
}

extension Golden.SensePhases {
    init(_ phases: Engine.SensePhases) {
        self.init(precharge: phases.precharge, evaluate: phases.evaluate, latch: phases.latch)
    }
}
