public import Engine
public import Golden

/// Pooling walker: layers of random shapes, a pooling unit that is ready or not.
public enum PoolingWalkerPair: BlockPair {
    public static let name = "pooling-walker"
    public static let summary = "walks the words under the windows of a pool"

    public static func twin(of hardware: Engine.PoolingWalker) -> Golden.PoolingWalker {
        Golden.PoolingWalker(banks: hardware.banks, depth: hardware.depth)
    }

    public static func driver(of hardware: Engine.PoolingWalker, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.PoolingWalker
        var random: StimulusRandom
        var isRunning = false
        var pauses: UInt32 = 2

        public var idle: Golden.PoolingWalker.Inputs { Golden.PoolingWalker.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.PoolingWalker.Inputs, twin: Golden.PoolingWalker
        ) -> StimulusStep {
            inputs.start = !isRunning && random.once(in: 4)
            if inputs.start {
                inputs.shape = random.layerShape(wordCodes: hardware.wordCodes, depth: hardware.depth)
                inputs.resultBase = random.below(hardware.depth)
                pauses = [1, 2, 9][random.below(3)]
                isRunning = true
            }
            inputs.ready = pauses == 1 || !random.once(in: pauses)
            if twin.isAtEnd && inputs.ready { isRunning = false }
            guard random.once(in: 3000) else { return .run }
            isRunning = false
            return .reset
        }
    }
}

/// Addition walker: tensors of random sizes.
public enum AdditionWalkerPair: BlockPair {
    public static let name = "addition-walker"
    public static let summary = "walks two tensors side by side, code by code"

    public static func twin(of hardware: Engine.AdditionWalker) -> Golden.AdditionWalker {
        Golden.AdditionWalker(wordCodes: hardware.wordCodes, banks: hardware.banks, depth: hardware.depth)
    }

    public static func driver(of hardware: Engine.AdditionWalker, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.AdditionWalker
        var random: StimulusRandom

        public var idle: Golden.AdditionWalker.Inputs {
            Golden.AdditionWalker.Inputs(wordCodes: hardware.wordCodes, activationBits: hardware.activationBits)
        }

        public mutating func next(
            _ inputs: inout Golden.AdditionWalker.Inputs, twin: Golden.AdditionWalker
        ) -> StimulusStep {
            inputs.start = twin.isIdle && random.once(in: 5)
            if inputs.start {
                inputs.words = 1 + random.below(min(8, hardware.depth))
                inputs.firstBase = random.below(hardware.depth)
                inputs.secondBase = random.below(hardware.depth)
                inputs.resultBase = random.below(hardware.depth)
            }
            inputs.word = random.word(codes: hardware.wordCodes, bits: hardware.activationBits)
            return .reset(if: random.once(in: 2000))
        }
    }
}
