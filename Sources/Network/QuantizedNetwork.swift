/// A quantised network: integer weights and biases with the shapes and bit widths that the hardware needs.
///
/// The file (all integers little-endian):
///
/// | bytes | holds |
/// |---|---|
/// | 8 | the ASCII letters `HWGENNET` |
/// | 4 | format version, now 1 |
/// | 4 | length of the header in bytes, h |
/// | h | header: JSON, UTF-8, sorted keys, no white space |
/// | p | payload: the tensors that the header places |
/// | 32 | SHA-256 of every byte before |
///
/// The header holds `name`, `input` (`features`, `bits`), `layers` and `training`, a dictionary of free text (seed,
/// recipe, accuracy). A layer holds `kind` ("fully-connected"), `inputs`, `outputs`, `weightBits`, `weightEncoding`
/// ("sign-magnitude"), `weights` and `bias`. A tensor holds its byte `offset` in the payload, its `bytes`, and its
/// `type` ("int8" or "int32"); tensors follow one another without gaps. The same network always gives the same bytes.
///
/// Version 1 holds exactly one layer: requantisation between layers is not part of it.
public struct QuantizedNetwork: Equatable, Sendable {
    /// The activations that enter the network: unsigned codes.
    public struct Input: Equatable, Sendable {
        /// Number of activations.
        public var features: Int
        /// Bits of each activation, 1…8.
        public var bits: Int

        public init(features: Int, bits: Int) {
            self.features = features
            self.bits = bits
        }
    }

    /// One layer, by kind.
    public enum Layer: Equatable, Sendable {
        case fullyConnected(FullyConnected)
    }

    public let name: String
    public let input: Input
    public let layers: [Layer]
    /// Free text about how the network was made: seed, recipe, accuracy.
    public let training: [String: String]

    /// A network, checked: shapes fit, weights fit their bits, and no 32-bit accumulator can overflow.
    ///
    /// Throws `NetworkFileError.value` or `.weight`, which names the key as the file's header does.
    public init(
        name: String, input: Input, layers: [Layer], training: [String: String] = [:]
    ) throws(NetworkFileError) {
        self.name = name
        self.input = input
        self.layers = layers
        self.training = training
        try validate(fileName: name)
    }

    /// A network as a file's decoder found it, checked under the file's name.
    init(header: NetworkHeader, layers: [Layer], fileName: String) throws(NetworkFileError) {
        name = header.name
        input = Input(features: header.input.features, bits: header.input.bits)
        self.layers = layers
        training = header.training
        try validate(fileName: fileName)
    }
}
