public import Engine
public import Golden

/// Activation buffer: filled and drained at random rates, never freed before it was issued.
public enum ActivationBufferPair: BlockPair {
    public static let name = "activation-buffer"
    public static let summary = "two images of activation bit-planes"

    public static func twin(of hardware: Engine.ActivationBuffer) -> Golden.ActivationBuffer {
        Golden.ActivationBuffer(
            columns: hardware.columns, chunks: hardware.chunks, activationBits: hardware.activationBits,
            planeLanes: hardware.planeLanes)
    }

    public static func driver(of hardware: Engine.ActivationBuffer, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.ActivationBuffer
        var random: StimulusRandom
        /// Images issued and not freed.
        var underWay = 0
        public var idle: Golden.ActivationBuffer.Inputs {
            Golden.ActivationBuffer.Inputs(
                columns: hardware.columns, activationBits: hardware.activationBits,
                planeGroups: hardware.planeGroups)
        }

        public mutating func next(
            _ inputs: inout Golden.ActivationBuffer.Inputs, twin: Golden.ActivationBuffer
        ) -> StimulusStep {
            inputs.valid = !random.once(in: 4)
            for plane in inputs.planes.indices { inputs.planes[plane] = random.row(columns: hardware.columns) }
            inputs.issued = twin.isImageReady && random.once(in: 5)
            inputs.free = underWay > 0 && random.once(in: 5)
            inputs.chunk = random.below(hardware.chunks)
            inputs.planeGroup = random.below(hardware.planeGroups)
            let reset = random.once(in: 2000)
            underWay += (inputs.issued ? 1 : 0) - (inputs.free ? 1 : 0)
            if reset { underWay = 0 }
            return .reset(if: reset)
        }
    }
}

/// AND-accumulate: random rows, planes and significances, images of random lengths.
public enum AndAccumulatePair: BlockPair {
    public static let name = "and-accumulate"
    public static let summary = "AND, popcount, shift, accumulate over bit-planes"

    public static func twin(of hardware: Engine.AndAccumulate) -> Golden.AndAccumulate {
        Golden.AndAccumulate(
            planeLanes: hardware.planeLanes, filters: hardware.filters,
            accumulatorWidth: hardware.accumulatorWidth)
    }

    public static func driver(of hardware: Engine.AndAccumulate, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.AndAccumulate
        var random: StimulusRandom
        public var idle: Golden.AndAccumulate.Inputs {
            Golden.AndAccumulate.Inputs(
                columns: hardware.columns, planeLanes: hardware.planeLanes, planes: hardware.planes,
                planeGroups: hardware.planeGroups)
        }

        public mutating func next(
            _ inputs: inout Golden.AndAccumulate.Inputs, twin: Golden.AndAccumulate
        ) -> StimulusStep {
            inputs.valid = !random.once(in: 5)
            inputs.row = random.row(columns: hardware.columns)
            for lane in inputs.lanes.indices { inputs.lanes[lane] = random.row(columns: hardware.columns) }
            inputs.work.filter = random.below(hardware.filters)
            inputs.work.plane = random.below(hardware.planes)
            inputs.work.planeGroup = random.below(hardware.planeGroups)
            inputs.work.negative = random.bit()
            inputs.work.first = random.once(in: 30)
            inputs.work.last = random.once(in: 30)
            inputs.work.empty = random.once(in: 10)
            return .reset(if: random.once(in: 1000))
        }
    }
}
