/// A quantised network: integer weights and biases with the shapes and bit widths that the hardware needs.
///
/// docs/network-file.md has the layout of its file, byte by byte; the same network always gives the same bytes.
public struct QuantizedNetwork: Equatable, Sendable {
    public typealias Input = ActivationFormat

    /// One layer, by kind.
    public enum Layer: Equatable, Sendable {
        case fullyConnected(FullyConnected)
        case convolution(Convolution)
        case pooling(Pooling)
        case addition(Addition)

        /// Its kind, as files and messages call it.
        public var kind: String {
            switch self {
            case .fullyConnected: "fully-connected"
            case .convolution(let layer): layer.isDepthwise ? "depthwise-convolution" : "convolution"
            case .pooling(let layer): layer.kind.rawValue
            case .addition: "add"
            }
        }

        /// How many tensors it takes.
        public var sourceCount: Int {
            if case .addition = self { 2 } else { 1 }
        }
    }

    /// The number that stands for the network's input among a layer's sources.
    public static let inputSource = -1

    public let name: String
    public let input: Input
    public let layers: [Layer]
    /// For each layer the layers before it whose outputs it takes, by number; `inputSource` for the network's input.
    public let sources: [[Int]]
    /// What each layer gives; nil for accumulators, which only the last layer may give.
    public let formats: [ActivationFormat?]
    /// Free text about how the network was made: seed, recipe, accuracy.
    public let training: [String: String]

    /// A network, checked: shapes fit, weights fit their bits, and no 32-bit accumulator can overflow.
    ///
    /// Without `sources` each layer takes the output of the one before. Throws `NetworkFileError.value` or `.weight`,
    /// which names the key as the file's header does.
    public init(
        name: String, input: Input, layers: [Layer], sources: [[Int]]? = nil, training: [String: String] = [:]
    ) throws(NetworkFileError) {
        try self.init(
            name: name, input: input, layers: layers, sources: sources, training: training, fileName: name)
    }

    /// A network as a file's decoder found it, checked under the file's name.
    init(
        name: String, input: Input, layers: [Layer], sources: [[Int]]?, training: [String: String], fileName: String
    ) throws(NetworkFileError) {
        self.name = name
        self.input = input
        self.layers = layers
        self.sources = sources ?? layers.indices.map { [$0 - 1] }
        self.training = training
        formats = try NetworkCheck(fileName: fileName).formats(input: input, layers: layers, sources: self.sources)
    }

    /// What a source gives.
    public func format(ofSource source: Int) -> ActivationFormat? {
        source == Self.inputSource ? input : formats[source]
    }
}
