public import Engine
public import Golden

/// Row list controller: lists of random groups, rows taken with pauses, new layers at any time.
public enum RowListControllerPair: BlockPair {
    public static let name = "row-list-controller"
    public static let summary = "shows the useful rows of a list, pass after pass"

    public static func twin(of hardware: Engine.RowListController) -> Golden.RowListController {
        Golden.RowListController(entries: hardware.entries, planes: hardware.planes)
    }

    public static func driver(of hardware: Engine.RowListController, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.RowListController
        var random: StimulusRandom
        var pauses: UInt32 = 2

        public var idle: Golden.RowListController.Inputs { Golden.RowListController.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.RowListController.Inputs, twin: Golden.RowListController
        ) -> StimulusStep {
            inputs.write = random.bit()
            inputs.writeAddress = random.below(hardware.entries)
            let rows = random.below(1 << hardware.groupRows)
            inputs.entry = Golden.RowListController.Entry(
                rows: random.once(in: 4) ? 0 : random.bit() ? rows : rows & random.below(1 << hardware.groupRows),
                chunk: random.below(hardware.chunks), isLastOfFilter: random.once(in: 3), isLast: random.once(in: 9))
            inputs.start = random.once(in: 200)
            if inputs.start {
                inputs.base = random.below(hardware.entries)
                pauses = [1, 2, 20][random.below(3)]
            }
            inputs.take = twin.isValid && (pauses == 1 || !random.once(in: pauses))
            return .reset(if: random.once(in: 2000))
        }
    }
}

/// Row scheduler: rows, windows and banks that are ready at random.
public enum RowSchedulerPair: BlockPair {
    public static let name = "row-scheduler"
    public static let summary = "issues the rows of a layer's passes to interleaved banks"

    public static func twin(of hardware: Engine.RowScheduler) -> Golden.RowScheduler {
        Golden.RowScheduler(banks: hardware.banks, depth: hardware.depth)
    }

    public static func driver(of hardware: Engine.RowScheduler, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.RowScheduler
        var random: StimulusRandom

        public var idle: Golden.RowScheduler.Inputs { Golden.RowScheduler.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.RowScheduler.Inputs, twin: Golden.RowScheduler
        ) -> StimulusStep {
            inputs.start = random.once(in: 300)
            if inputs.start { inputs.base = random.below(hardware.depth) }
            inputs.valid = !random.once(in: 8)
            inputs.last = random.once(in: 30)
            inputs.idle = random.once(in: 4)
            inputs.windowReady = !random.once(in: 10)
            inputs.interval = random.below(hardware.intervals)
            inputs.bankReady = random.below(1 << hardware.banks) | random.below(1 << hardware.banks)
            return .reset(if: random.once(in: 2000))
        }
    }
}

/// Pixel accumulator: random rows and planes, filters of random lengths, sums that leave a narrow accumulator.
public enum PixelAccumulatePair: BlockPair {
    public static let name = "pixel-accumulate"
    public static let summary = "AND, popcount, shift, accumulate for several pixels at once"

    static func parameters(of datapath: Engine.PixelAccumulate) -> Golden.PixelAccumulate.Parameters {
        var parameters = Golden.PixelAccumulate.Parameters()
        parameters.columns = datapath.columns
        parameters.planeLanes = datapath.planeLanes
        parameters.activationBits = datapath.activationBits
        parameters.planes = datapath.planes
        parameters.pixels = datapath.pixels
        parameters.pixelLanes = datapath.pixelLanes
        parameters.accumulatorWidth = datapath.accumulatorWidth
        return parameters
    }

    public static func twin(of hardware: Engine.PixelAccumulate) -> Golden.PixelAccumulate {
        Golden.PixelAccumulate(parameters(of: hardware))
    }

    public static func driver(of hardware: Engine.PixelAccumulate, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(parameters: parameters(of: hardware), random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let parameters: Golden.PixelAccumulate.Parameters
        var random: StimulusRandom

        public var idle: Golden.PixelAccumulate.Inputs { Golden.PixelAccumulate.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.PixelAccumulate.Inputs, twin: Golden.PixelAccumulate
        ) -> StimulusStep {
            inputs.valid = !random.once(in: 5)
            inputs.row = random.row(columns: parameters.columns)
            for plane in inputs.activations.indices {
                inputs.activations[plane] = random.row(columns: parameters.columns)
            }
            inputs.work.negative = random.bit()
            inputs.work.plane = random.below(parameters.planes)
            inputs.work.planeGroup = random.below(parameters.planeGroups)
            inputs.work.step = random.below(parameters.pixelSteps)
            inputs.work.first = random.once(in: 30)
            inputs.work.last = random.once(in: 10)
            inputs.work.empty = random.once(in: 10)
            inputs.work.used = UInt64(random.below(1 << parameters.pixelLanes))
            let bias = Int32(truncatingIfNeeded: random.below(1 << 32))
            inputs.work.bias = random.once(in: 8) ? bias : bias >> 20
            inputs.clear = random.once(in: 100)
            return .reset(if: random.once(in: 1000))
        }
    }
}
