/// Why a file of another tool cannot become a network.
public enum NetworkImportError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file is not a TensorFlow Lite model.
    case notAModel(file: String)
    /// The file is one, but its tables lead outside of it.
    case damaged(file: String)
    /// Something of the model as a whole is not supported.
    case model(file: String, reason: String)
    /// Layers that hwgen has no counterpart of: all of them.
    case unsupported(file: String, layers: [UnsupportedLayer])

    public var description: String {
        switch self {
        case .notAModel(let file): "\(file): is not a TensorFlow Lite model: it does not carry the letters TFL3"
        case .damaged(let file): "\(file): is damaged: a table leads outside the file"
        case .model(let file, let reason): "\(file): \(reason)"
        case .unsupported(let file, let layers):
            "\(file): \(layers.count) unsupported layer\(layers.count == 1 ? "" : "s"): "
                + layers.map { "\($0.layer): \($0.reason)" }.joined(separator: "; ")
        }
    }
}

/// A layer that cannot be imported, and why.
public struct UnsupportedLayer: Error, Equatable, Sendable {
    /// The layer's name in the model, that of its output.
    public let layer: String
    public let reason: String

    public init(layer: String, reason: String) {
        self.layer = layer
        self.reason = reason
    }
}
