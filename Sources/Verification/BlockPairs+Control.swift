public import Engine
public import Golden

/// Sparse-skip controller: random maps, among them empty, full and one-row ones, walked with and without pauses.
public enum SparseSkipControllerPair: BlockPair {
    public static let name = "sparse-skip-controller"
    public static let summary = "walks the useful rows of a layer and no other"

    public static func twin(of hardware: Engine.SparseSkipController) -> Golden.SparseSkipController {
        Golden.SparseSkipController(groups: hardware.groups, planes: hardware.planes)
    }

    public static func driver(of hardware: Engine.SparseSkipController, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.SparseSkipController
        var random: StimulusRandom
        /// Map writes still to come, and how likely a written group is to have rows: one in `emptiness` is useful.
        var writesLeft = 0
        var emptiness: UInt32 = 2
        var pauses = false
        public var idle: Golden.SparseSkipController.Inputs { Golden.SparseSkipController.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.SparseSkipController.Inputs, twin: Golden.SparseSkipController
        ) -> StimulusStep {
            if random.once(in: 400) {
                writesLeft = 1 + random.below(2 * hardware.groups)
                emptiness = [1, 2, 5, 50, 100_000][random.below(5)]
                pauses = random.bit()
            }
            inputs.mapWrite = writesLeft > 0
            if inputs.mapWrite {
                writesLeft -= 1
                inputs.mapAddress = random.below(hardware.groups)
                inputs.mapRows = random.once(in: emptiness) ? random.below(1 << hardware.groupRows) : 0
                inputs.mapFilter = random.below(hardware.filters)
                inputs.mapChunk = random.below(hardware.chunks)
            }
            inputs.take = !pauses || random.bit()
            return .reset(if: random.once(in: 5000))
        }
    }
}

/// Dense sequencer: taken with and without pauses.
public enum DenseSequencerPair: BlockPair {
    public static let name = "dense-sequencer"
    public static let summary = "walks every row of a layer"

    public static func twin(of hardware: Engine.DenseSequencer) -> Golden.DenseSequencer {
        Golden.DenseSequencer(planes: hardware.planes, filters: hardware.filters, chunks: hardware.chunks)
    }

    public static func driver(of hardware: Engine.DenseSequencer, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        var random: StimulusRandom
        public var idle: Golden.DenseSequencer.Inputs { Golden.DenseSequencer.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.DenseSequencer.Inputs, twin: Golden.DenseSequencer
        ) -> StimulusStep {
            inputs.take = !random.once(in: 8)
            return .reset(if: random.once(in: 5000))
        }
    }
}

/// Bank scheduler: banks that are ready at random, images of random lengths.
public enum BankSchedulerPair: BlockPair {
    public static let name = "bank-scheduler"
    public static let summary = "issues rows round robin to interleaved banks"

    public static func twin(of hardware: Engine.BankScheduler) -> Golden.BankScheduler {
        Golden.BankScheduler(banks: hardware.banks, depth: hardware.depth, interval: hardware.interval)
    }

    public static func driver(of hardware: Engine.BankScheduler, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(banks: hardware.banks, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let banks: Int
        var random: StimulusRandom
        public var idle: Golden.BankScheduler.Inputs { Golden.BankScheduler.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.BankScheduler.Inputs, twin: Golden.BankScheduler
        ) -> StimulusStep {
            inputs.valid = !random.once(in: 6)
            inputs.last = random.once(in: 20)
            inputs.imageReady = !random.once(in: 6)
            inputs.bankReady = random.below(1 << banks) | random.below(1 << banks)
            return .reset(if: random.once(in: 1000))
        }
    }
}
