public import Components
public import HDL

/// The network engine behind the buses of a host: registers on AXI4-Lite, packets that load it and results that it gives on
/// AXI4-Stream, one interrupt.
///
/// Law: a network that packets load gives, for each start, the results that it gives in the network engine, in one packet.
/// What the host does wrong changes nothing that it did right before: it gives an error with its code and its layer, and all
/// goes on. `docs/host.md` has the packets, the registers and the errors.
public struct Accelerator: ConfigurableModule {
    public var engine = NetworkEngine()

    public init() {}

    public init(_ engine: NetworkEngine) { self.engine = engine }

    /// Parameters of engines that want ports which the interface does not have: pulsed cells, and checkpoints.
    private static let withoutPorts: Set<String> = [
        "kind", "longest-pulse", "most-retries", "checkpoint", "shadow-word", "shadow-write", "shadow-retries",
    ]

    public static var parameters: [Parameter<Accelerator>] {
        NetworkEngine.parameters.filter { !withoutPorts.contains($0.name) }.map { parameter in
            let path: WritableKeyPath<Accelerator, NetworkEngine> = \.engine
            return Parameter(
                parameter.name, path.appending(path: parameter.path), parameter.range, parameter.summary)
        }
    }

    public func checkRelations() throws(ParameterError) { try engine.checkRelations() }

    public var moduleName: String { "accelerator" }

    public struct Ports: SignalBundle {
        public let axi: Flipped<AXI4Lite>
        /// Packets of rows, lists, channels, descriptors and activations.
        public let load: Flipped<AXI4Stream>
        public let results: AXI4Stream
        /// Something has happened that is enabled.
        public let interruptRequest: Output
        /// Cells whose write fails, and sensed bits that read wrong, a port a bank: chance in simulation.
        public let writeFail: Input
        public let upset: [Input]
    }

    public func ports() -> Ports {
        Ports(
            axi: Flipped(AXI4Lite(addressWidth: AcceleratorRegisters.addressWidth)),
            load: Flipped(AXI4Stream(dataWidth: PacketReceiver.streamWidth)),
            results: AXI4Stream(dataWidth: ResultStreamer.streamWidth), interruptRequest: Output(),
            writeFail: Input(engine.columns), upset: (0..<engine.banks).map { _ in Input(engine.columns) })
    }

    /// The block that takes packets apart, for this engine.
    public var receiver: PacketReceiver {
        var receiver = PacketReceiver()
        receiver.rowWords = (engine.columns + 31) / 32
        receiver.activationWords = (engine.wordWidth + 31) / 32
        receiver.banks = engine.banks
        receiver.activationBanks = engine.pixelLanes
        receiver.bankRows = engine.bankRows
        receiver.entries = engine.entries
        receiver.channels = engine.channels
        receiver.descriptorWords = engine.descriptorWords
        receiver.depth = engine.depth
        return receiver
    }

    /// The block that sends results, for this engine.
    public var streamer: ResultStreamer {
        var streamer = ResultStreamer()
        streamer.channels = engine.channels
        streamer.depth = engine.depth
        streamer.banks = engine.pixelLanes
        streamer.wordCodes = engine.wordCodes
        streamer.activationBits = engine.activationBits
        return streamer
    }
}
