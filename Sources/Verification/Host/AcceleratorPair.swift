import Components
public import Engine
public import Golden
import Network
public import Verilog

/// The accelerator on random networks: everything goes through packets, registers and results, with pauses on all channels,
/// packets and accesses with faults, packets and starts at the wrong time, resets at any time.
public enum AcceleratorPair: BlockPair {
    public static let name = "accelerator"
    public static let summary = "the network engine behind AXI4-Lite registers and AXI4-Stream packets"

    public static let takesUpsetRate = true

    public static func twin(of hardware: Engine.Accelerator) -> Golden.Accelerator {
        Golden.Accelerator(Golden.NetworkEngine.Parameters(hardware.engine))
    }

    public static func driver(
        of hardware: Engine.Accelerator, seed: UInt64, upsetRate: Double
    ) throws -> Driver {
        try Driver(Golden.NetworkEngine.Parameters(hardware.engine), seed: seed, upsetRate: upsetRate)
    }

    /// The register map as a C header and as a table.
    public static func documents(of hardware: Engine.Accelerator) throws -> [Emission.File] {
        let bank = try Engine.AcceleratorRegisters.bank()
        return [
            Emission.File(name: "\(bank.moduleName).h", bytes: Array(bank.cHeader.utf8)),
            Emission.File(name: "\(bank.moduleName).md", bytes: Array(bank.markdown.utf8)),
        ]
    }

    public struct Driver: StimulusDriver {
        private let parameters: Golden.NetworkEngine.Parameters
        private let checksResults: Bool
        private var random: StimulusRandom
        private var networks: RandomNetwork
        private var host: HostDriver
        /// Images left with the present network, and the codes of the one that runs.
        private var images = 3
        private var codes: [UInt8]?
        private var noise = BitRow.none
        private var noiseCycles = 0
        /// Images whose results came and were compared with the network's integer inference, those that differed, and answers
        /// of the bus that were not what they should be.
        public private(set) var checkedImages = 0
        public private(set) var wrongImages = 0
        public var wrongAnswers: Int { host.bus.wrongAnswers }
        public var upsets: Int { host.upsets }

        init(_ parameters: Golden.NetworkEngine.Parameters, seed: UInt64, upsetRate: Double) throws {
            self.parameters = parameters
            // A sum that leaves a narrow accumulator is not that of the inference.
            checksResults = upsetRate == 0 && parameters.accumulatorWidth == 32
            random = StimulusRandom(seed: seed)
            networks = RandomNetwork(random: StimulusRandom(seed: ~seed), parameters)
            let (network, mapping) = try networks.draw()
            host = try HostDriver(
                network, mapping, seed: seed, upsetRate: upsetRate, disorder: HostDisorder(parameters, seed: seed))
        }

        public var idle: Golden.Accelerator.Inputs { Golden.Accelerator.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.Accelerator.Inputs, twin: Golden.Accelerator
        ) -> StimulusStep {
            if host.isIdle {
                check()
                if images == 0, let (network, mapping) = try? networks.draw() {
                    images = 3
                    host.load(network, mapping)
                }
                images -= 1
                let codes = random.image(host.network.input)
                host.present(codes)
                self.codes = codes
            }
            noiseCycles = (noiseCycles + 1) % 4
            if noiseCycles == 0 { noise = random.row(columns: parameters.columns) }
            let noise = noise
            host.next(&inputs, twin: twin, noise: { noise })
            if random.once(in: 10_000) {
                host.restart()
                return .reset
            }
            return .run
        }

        private mutating func check() {
            guard checksResults, let codes else { return }
            checkedImages += 1
            if host.network.infer(activations: codes) != host.result { wrongImages += 1 }
        }
    }
}
