public import Engine
public import Golden

/// The checkpoint controller beside an engine that runs, rests when it is told to, and comes to boundaries: cells whose write
/// fails, warnings, and failures of the supply in the midst of writes.
public enum CheckpointControllerPair: BlockPair {
    public static let name = "checkpoint-controller"
    public static let summary =
        "saves an engine's state in two banks of magnetic cells, and gives it back after a failure"

    private static func parameters(_ hardware: Engine.CheckpointController) -> Golden.CheckpointController.Parameters {
        var parameters = Golden.CheckpointController.Parameters()
        (parameters.state, parameters.word) = (hardware.state, hardware.word)
        (parameters.write, parameters.retries) = (hardware.write, hardware.retries)
        return parameters
    }

    public static func twin(of hardware: Engine.CheckpointController) -> Golden.CheckpointController {
        Golden.CheckpointController(parameters(hardware))
    }

    public static func driver(of hardware: Engine.CheckpointController, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(parameters(hardware), seed: seed)
    }

    public struct Driver: StimulusDriver {
        private let parameters: Golden.CheckpointController.Parameters
        private var random: StimulusRandom
        /// Cycles that the engine still needs to come to rest.
        private var toRest = 0
        private var isCut = false

        init(_ parameters: Golden.CheckpointController.Parameters, seed: UInt64) {
            self.parameters = parameters
            random = StimulusRandom(seed: seed)
        }

        public var idle: Golden.CheckpointController.Inputs { Golden.CheckpointController.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.CheckpointController.Inputs, twin: Golden.CheckpointController
        ) -> StimulusStep {
            if random.once(in: 500) {
                inputs.enable = !random.once(in: 4)
                inputs.interval = random.bit() ? 0 : 1 + random.below(60)
            }
            if random.once(in: 60) { inputs.warning = random.once(in: 4) }
            advance(&inputs, isHeld: twin.holds(running: inputs.running), isCommitted: twin.isCommitted)
            inputs.fail = failing()
            if isCut {
                // The supply failed at the last edge.
                isCut = false
                inputs.cut = false
                return .reset
            }
            inputs.cut = random.once(in: twin.isWriting ? 25 : 400)
            isCut = inputs.cut
            if isCut { inputs.fail = random.bits(64) & mask }
            return .run
        }

        /// A layer runs until it comes to a boundary, and goes on when that is committed; its state changes while it is not at rest.
        private mutating func advance(
            _ inputs: inout Golden.CheckpointController.Inputs, isHeld: Bool, isCommitted: Bool
        ) {
            if inputs.boundary && isCommitted {
                (inputs.boundary, inputs.running) = (false, !inputs.ending)
                inputs.ending = false
            } else if !inputs.running && !inputs.boundary && random.once(in: 10) {
                (inputs.boundary, inputs.ending) = (true, random.once(in: 3))
            }
            if !isHeld {
                toRest = random.below(12)
                if inputs.running && random.once(in: 80) { inputs.running = false }
            } else {
                toRest = max(0, toRest - 1)
            }
            inputs.quiet = toRest == 0 && (isHeld || random.bit())
            // Now and then against the rule, and the controller writes again what it finds changed.
            guard !isHeld || toRest > 0 || random.once(in: 200) else { return }
            for word in inputs.state.indices {
                let width = min(64, parameters.state - 64 * word)
                if random.once(in: 3) { inputs.state[word] = random.bits(width) }
            }
        }

        private var mask: UInt64 { UInt64.max >> UInt64(64 - parameters.word) }

        private mutating func failing() -> UInt64 {
            switch random.below(4) {
            case 0: random.bits(64) & random.bits(64) & random.bits(64) & mask
            case 1: (1 << UInt64(random.below(parameters.word))) & mask
            default: 0
            }
        }
    }
}
