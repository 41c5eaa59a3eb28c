public import Engine
public import Golden
import Network
import Randomness

extension Golden.NetworkEngine.Parameters {
    /// The twin's view of the engine's parameters.
    public init(_ engine: Engine.NetworkEngine) {
        self.init()
        banks = engine.banks
        bankRows = engine.bankRows
        phases = Golden.SensePhases(engine.phases)
        window.columns = engine.columns
        window.chunks = engine.chunks
        window.activationBits = engine.activationBits
        window.planeLanes = engine.planeLanes
        window.pixels = engine.pixels
        window.pixelLanes = engine.pixelLanes
        wordCodes = engine.wordCodes
        depth = engine.depth
        planes = engine.planes
        entries = engine.entries
        channels = engine.channels
        layers = engine.layers
        accumulatorWidth = engine.accumulatorWidth
        poolArea = engine.poolArea
        kind = Golden.CellKind(engine.cellKind)
        longestPulse = engine.longestPulse
        mostRetries = engine.mostRetries
        guard engine.isCheckpointed else { return }
        var shadow = CheckpointController.Parameters()
        (shadow.word, shadow.write, shadow.retries) = (engine.shadowWord, engine.shadowWrite, engine.shadowRetries)
        checkpoint = shadow
    }
}

/// The whole engine on random networks: convolutions of all kinds and sizes, images with pauses, junctions that read wrong
/// at a given rate, random upset masks wherever no amplifier latches.
public enum NetworkEnginePair: BlockPair {
    public static let name = "network-engine"
    public static let summary = "whole networks, layer by layer: sparse bit-wise convolutions in magnetic memory"

    public static let takesUpsetRate = true

    public static func twin(of hardware: Engine.NetworkEngine) -> Golden.NetworkEngine {
        Golden.NetworkEngine(Golden.NetworkEngine.Parameters(hardware))
    }

    public static func driver(
        of hardware: Engine.NetworkEngine, seed: UInt64, upsetRate: Double
    ) throws -> Driver {
        try Driver(Golden.NetworkEngine.Parameters(hardware), seed: seed, upsetRate: upsetRate)
    }

    public struct Driver: StimulusDriver {
        /// Of pulsed cells: high enough for every fifth row to be pulsed again.
        private static let writeFailureRate = 0.01
        private let parameters: Golden.NetworkEngine.Parameters
        private var random: StimulusRandom
        private var networks: RandomNetwork
        private var run: NetworkDriver
        /// Images left with the present network.
        private var images = 0
        private let upsetRate: Double
        /// What stands on the upset ports of banks that latch nothing, and cycles until it changes.
        private var noise = BitRow.none
        private var noiseCycles = 0
        public var upsets: Int { run.upsets }

        init(_ parameters: Golden.NetworkEngine.Parameters, seed: UInt64, upsetRate: Double) throws {
            self.parameters = parameters
            self.upsetRate = upsetRate
            random = StimulusRandom(seed: seed)
            networks = RandomNetwork(random: StimulusRandom(seed: ~seed), parameters)
            let (network, mapping) = try networks.draw()
            run = try NetworkDriver(
                network, mapping, seed: seed, upsetRate: upsetRate, writeFailureRate: Self.writeFailureRate)
            images = 3
        }

        public var idle: Golden.NetworkEngine.Inputs { Golden.NetworkEngine.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.NetworkEngine.Inputs, twin: Golden.NetworkEngine
        ) -> StimulusStep {
            inputs.clear = random.once(in: 5000)
            if run.isIdle {
                if images == 0, let (network, mapping) = try? networks.draw() {
                    images = 3
                    run.load(network, mapping)
                }
                images -= 1
                let format = run.network.input
                run.present(random.image(format))
            }
            noiseCycles = (noiseCycles + 1) % 4
            if noiseCycles == 0 { noise = random.row(columns: parameters.columns) }
            let noise = noise
            run.next(&inputs, twin: twin, noise: { noise })
            inputs.activationRead = !twin.isBusy && random.bit()
            if inputs.activationRead {
                inputs.activationReadBank = random.below(2 * parameters.pixelLanes) & (parameters.pixelLanes - 1)
                inputs.activationReadAddress = random.below(parameters.depth)
            }
            if random.once(in: 20_000) {
                run.restart()
                return .reset
            }
            return .run
        }
    }
}

extension StimulusRandom {
    /// An image of any codes, or with many zeros, or of small codes.
    mutating func image(_ format: ActivationFormat) -> [UInt8] {
        let zeros = once(in: 2) ? 0 : below(4)
        let largest = bit() ? format.largestCode : below(format.largestCode + 1)
        return (0..<format.features).map { _ in below(4) < zeros ? 0 : UInt8(below(largest + 1)) }
    }
}
