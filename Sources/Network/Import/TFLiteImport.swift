extension QuantizedNetwork {
    /// An 8-bit integer model of TensorFlow Lite as a network that gives the same numbers: each code is the model's signed
    /// byte + 128.
    ///
    /// A softmax at the end is left out: the class is that of what it takes. Throws `NetworkImportError`, which names every layer that
    /// has no counterpart, and `NetworkFileError` for numbers that a network cannot have.
    public init(tensorFlowLite bytes: [UInt8], fileName: String, name: String) throws {
        var translation = try TFLiteTranslation(TFLiteModel(bytes: bytes, fileName: fileName), fileName: fileName)
        try translation.run()
        try self.init(
            name: name, input: translation.input, layers: translation.layers, sources: translation.sources,
            training: ["imported": "TensorFlow Lite"], fileName: fileName)
        // What the model says of its tensors is what follows from its layers.
        for (index, declared) in translation.formats.enumerated() where formats[index] != declared {
            throw NetworkImportError.model(
                file: fileName, reason: "the shape of \(translation.names[index]) does not follow from its layer")
        }
    }
}

/// Turns the operations of a model into layers, one after the other.
struct TFLiteTranslation {
    /// Operations by their number in the schema.
    enum Code: Int {
        case add = 0
        case averagePool = 1
        case convolution = 3
        case depthwise = 4
        case fullyConnected = 9
        case maxPool = 17
        case reshape = 22
        case softmax = 25
    }

    /// Names of operators that models often have beside these.
    private static let otherOperators = [
        2: "CONCATENATION", 6: "DEQUANTIZE", 14: "LOGISTIC", 18: "MUL", 28: "TANH", 34: "PAD", 39: "TRANSPOSE",
        40: "MEAN",
        41: "SUB", 97: "RESIZE_NEAREST_NEIGHBOR", 114: "QUANTIZE", 117: "HARD_SWISH",
    ]

    let model: TFLiteModel
    let fileName: String
    let input: ActivationFormat
    private(set) var layers: [QuantizedNetwork.Layer] = []
    private(set) var sources: [[Int]] = []
    /// What the model says of each layer's output.
    private(set) var formats: [ActivationFormat] = []
    private(set) var names: [String] = []
    /// The layer that gives each tensor.
    private var sourceOfTensor: [Int: Int] = [:]
    /// What layers without counterpart give: of those that take it only the kind is looked at.
    private var unknownTensors: Set<Int> = []

    init(_ model: TFLiteModel, fileName: String) throws {
        self.model = model
        self.fileName = fileName
        do {
            input = try Self.format(of: model.tensors[model.inputs[0]])
        } catch {
            throw NetworkImportError.unsupported(file: fileName, layers: [error])
        }
        sourceOfTensor[model.inputs[0]] = QuantizedNetwork.inputSource
    }

    mutating func run() throws {
        var unsupported: [UnsupportedLayer] = []
        for (index, operation) in model.operations.enumerated() {
            guard let output = operation.outputs.first, output >= 0, !operation.inputs.isEmpty else {
                throw NetworkImportError.damaged(file: fileName)
            }
            do {
                try translate(operation, output, isLast: index + 1 == model.operations.count)
            } catch let error as UnsupportedLayer {
                unsupported.append(error)
                unknownTensors.insert(output)
            } catch is FlatBuffer.Damage {
                throw NetworkImportError.damaged(file: fileName)
            }
        }
        guard unsupported.isEmpty else {
            throw NetworkImportError.unsupported(file: fileName, layers: unsupported)
        }
        guard !layers.isEmpty, sourceOfTensor[model.outputs[0]] == layers.count - 1 else {
            throw NetworkImportError.model(file: fileName, reason: "its output is not that of its last layer")
        }
    }

    private mutating func translate(
        _ operation: TFLiteModel.Operation, _ output: Int, isLast: Bool
    ) throws {
        let name = model.tensors[output].name
        func refuse(_ reason: String) -> UnsupportedLayer { UnsupportedLayer(layer: name, reason: reason) }
        guard let code = Code(rawValue: operation.code) else {
            throw refuse(
                "operator \(operation.code)\(Self.otherOperators[operation.code].map { " (\($0))" } ?? "") has no counterpart"
            )
        }
        let operands = code == .add ? Array(operation.inputs.prefix(2)) : [operation.inputs[0]]
        if !unknownTensors.isDisjoint(with: operands) {
            unknownTensors.insert(output)
            return
        }
        let sources = try operands.map { tensor in
            guard let source = sourceOfTensor[tensor] else { throw refuse("it takes a tensor that no layer gives") }
            return source
        }
        let declared = code == .softmax ? input : try Self.format(of: model.tensors[output])
        // Only a fully connected layer takes a tensor in another shape than its layer gives it.
        if code != .fullyConnected, code != .reshape, code != .softmax {
            for (operand, source) in zip(operands, sources) {
                let given = source == QuantizedNetwork.inputSource ? input : formats[source]
                guard try Self.format(of: model.tensors[operand]) == given else {
                    throw refuse("it takes a tensor that was reshaped")
                }
            }
        }
        switch code {
        case .reshape:
            let given = try Self.format(of: model.tensors[operation.inputs[0]])
            guard given.features == declared.features, given.zeroPoint == declared.zeroPoint,
                model.tensors[operation.inputs[0]].scales == model.tensors[output].scales
            else { throw refuse("a reshape that changes more than the shape") }
            // Codes keep their order.
            sourceOfTensor[output] = sources[0]
            return
        case .softmax:
            guard isLast else { throw refuse("a softmax that is not the last layer") }
            sourceOfTensor[output] = sources[0]
            return
        case .convolution: layers.append(.convolution(try convolution(operation, isDepthwise: false)))
        case .depthwise: layers.append(.convolution(try convolution(operation, isDepthwise: true)))
        case .fullyConnected: layers.append(.fullyConnected(try fullyConnected(operation)))
        case .maxPool: layers.append(.pooling(try pooling(operation, .maximum)))
        case .averagePool: layers.append(.pooling(try pooling(operation, .average)))
        case .add: layers.append(.addition(try addition(operation)))
        }
        self.sources.append(sources)
        formats.append(declared)
        names.append(name)
        sourceOfTensor[output] = layers.count - 1
    }
}
