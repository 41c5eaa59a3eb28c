public import Engine
public import Golden

/// Packet receiver: random packets, most of them right, with pauses, items that wait, memories in use now and then.
public enum PacketReceiverPair: BlockPair {
    public static let name = "packet-receiver"
    public static let summary = "takes a host's packets apart into items to be stored"

    static func parameters(of hardware: Engine.PacketReceiver) -> Golden.PacketReceiver.Parameters {
        var parameters = Golden.PacketReceiver.Parameters()
        parameters.rows = .init(banks: hardware.banks, depth: hardware.bankRows, words: hardware.rowWords)
        parameters.list = .init(depth: hardware.entries)
        parameters.channels = .init(depth: hardware.channels, words: 3)
        parameters.descriptors = .init(depth: hardware.descriptorWords)
        parameters.activations = .init(
            banks: hardware.activationBanks, depth: hardware.depth, words: hardware.activationWords)
        return parameters
    }

    public static func twin(of hardware: Engine.PacketReceiver) -> Golden.PacketReceiver {
        Golden.PacketReceiver(parameters(of: hardware))
    }

    public static func driver(of hardware: Engine.PacketReceiver, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(parameters: parameters(of: hardware), random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let parameters: Golden.PacketReceiver.Parameters
        var random: StimulusRandom
        private var source = StreamSource()
        /// Once in so many cycles the stream and the memory go on; cycles until the memories are in use, or free.
        private var (pauses, waits) = (1, 1)
        private var busyCycles = 100

        init(parameters: Golden.PacketReceiver.Parameters, random: StimulusRandom) {
            self.parameters = parameters
            self.random = random
        }

        public var idle: Golden.PacketReceiver.Inputs { Golden.PacketReceiver.Inputs() }

        public mutating func next(
            _ inputs: inout Golden.PacketReceiver.Inputs, twin: Golden.PacketReceiver
        ) -> StimulusStep {
            if source.isEmpty {
                (pauses, waits) = ([1, 1, 2, 4][random.below(4)], [1, 1, 3, 9][random.below(4)])
                let packet = random.packet(parameters, words: 24)
                let isGood = !random.once(in: 3)
                source.send(isGood ? packet.words : random.fault().words(of: packet, parameters, &random))
            }
            busyCycles -= 1
            if busyCycles == 0 {
                inputs.busy.toggle()
                busyCycles = 1 + random.below(inputs.busy ? 40 : 200)
            }
            inputs.itemReady = random.below(waits) == 0
            source.next(
                &inputs.stream, ready: twin.isReady(itemReady: inputs.itemReady), pauses: random.below(pauses) != 0)
            guard random.once(in: 1000) else { return .run }
            source.reset()
            return .reset
        }
    }
}

/// Result streamer: requests of sums and codes of all sizes, some beyond the memory, a host that takes words with pauses.
public enum ResultStreamerPair: BlockPair {
    public static let name = "result-streamer"
    public static let summary = "sends a network's sums, or the codes of a tensor, to the host"

    static func parameters(of hardware: Engine.ResultStreamer) -> Golden.ResultStreamer.Parameters {
        var parameters = Golden.ResultStreamer.Parameters()
        parameters.channels = hardware.channels
        parameters.depth = hardware.depth
        parameters.banks = hardware.banks
        parameters.wordCodes = hardware.wordCodes
        parameters.activationBits = hardware.activationBits
        return parameters
    }

    public static func twin(of hardware: Engine.ResultStreamer) -> Golden.ResultStreamer {
        Golden.ResultStreamer(parameters(of: hardware))
    }

    public static func driver(of hardware: Engine.ResultStreamer, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(parameters: parameters(of: hardware), random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let parameters: Golden.ResultStreamer.Parameters
        var random: StimulusRandom
        private var pauses = 1

        init(parameters: Golden.ResultStreamer.Parameters, random: StimulusRandom) {
            self.parameters = parameters
            self.random = random
        }

        public var idle: Golden.ResultStreamer.Inputs { Golden.ResultStreamer.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.ResultStreamer.Inputs, twin: Golden.ResultStreamer
        ) -> StimulusStep {
            inputs.start = random.once(in: 8)
            if !twin.isBusy {
                inputs.request.codes = random.bit()
                let size = inputs.request.codes ? parameters.depth : parameters.channels
                inputs.request.base = random.once(in: 8) ? Int(random.bits(24)) : random.below(size)
                inputs.request.count = random.once(in: 9) ? 0 : 1 + random.below(min(size, 20))
                inputs.request.words = random.once(in: 9) ? 0 : 1 + random.below(random.once(in: 20) ? 65535 : 4)
                pauses = [1, 2, 5][random.below(3)]
            }
            inputs.word = random.word(codes: parameters.wordCodes, bits: parameters.activationBits)
            inputs.sum = Int32(truncatingIfNeeded: random.number(width: 32))
            inputs.resultsReady = random.below(pauses) == 0
            // Now and then a pixel has more words than anyone would wait for.
            return .reset(if: random.once(in: twin.isBusy && inputs.request.words > 4 ? 100 : 2000))
        }
    }
}
