import Configuration
import Learning

/// One value of a recipe's file, and where it goes.
struct RecipeEntry {
    let entry: TOMLDocument.Entry
    let file: String

    private static let integers: [(String, any WritableKeyPath<NetworkRecipe, Int> & Sendable)] = [
        ("input-bits", \.inputBits), ("weight-bits", \.weightBits), ("activation-bits", \.activationBits),
        ("batch", \.batch), ("validation-images", \.validationImages), ("shift", \.shift),
        ("real-epochs", \.realEpochs), ("quantized-epochs", \.quantizedEpochs), ("pruning-epochs", \.pruningEpochs),
        ("pruned-epochs", \.prunedEpochs), ("columns", \.columns), ("word-codes", \.wordCodes),
    ]
    private static let reals: [(String, any WritableKeyPath<NetworkRecipe, Double> & Sendable)] = [
        ("clip", \.clip), ("real-rate", \.realRate), ("quantized-rate", \.quantizedRate), ("pruned-rate", \.prunedRate),
        ("momentum", \.momentum), ("weight-decay", \.weightDecay), ("sparsity", \.sparsity),
    ]
    private static let layerIntegers: [(String, any WritableKeyPath<NetworkRecipe.Layer, Int> & Sendable)] = [
        ("outputs", \.outputs), ("window", \.window), ("stride", \.stride), ("padding", \.padding),
    ]

    /// The keys of a recipe, but for its layers.
    static let names = ["name", "data", "seed", "flips"] + integers.map(\.0) + reals.map(\.0)
    /// The keys of a layer.
    static let layerNames = ["kind", "weight-bits", "sparsity"] + layerIntegers.map(\.0)

    func set(_ recipe: inout NetworkRecipe) throws(ConfigurationError) {
        let name = entry.keys[0].name
        switch name {
        case "name": recipe.name = try text()
        case "data": recipe.data = try choice(["fashion-mnist", "cifar10"])
        case "seed": recipe.seed = UInt64(try integer(0...Int.max))
        case "flips": recipe.flips = try boolean()
        default:
            if let (_, path) = Self.integers.first(where: { $0.0 == name }) {
                recipe[keyPath: path] = try integer()
            } else if let (_, path) = Self.reals.first(where: { $0.0 == name }) {
                recipe[keyPath: path] = try real()
            } else {
                throw unknownKey(entry.keys[0], allowed: Self.names + ["layers"])
            }
        }
    }

    func set(_ layer: inout NetworkRecipe.Layer) throws(ConfigurationError) {
        let name = entry.keys[2].name
        switch name {
        case "kind":
            let kinds = NetworkRecipe.Layer.Kind.allCases
            let found = try choice(kinds.map(\.rawValue))
            layer.kind = kinds.first { $0.rawValue == found } ?? layer.kind
        case "weight-bits": layer.weightBits = try integer()
        case "sparsity": layer.sparsity = try real()
        default:
            guard let (_, path) = Self.layerIntegers.first(where: { $0.0 == name }) else {
                throw unknownKey(entry.keys[2], allowed: Self.layerNames)
            }
            layer[keyPath: path] = try integer()
        }
    }

    func wrongValue(_ allowed: String) -> ConfigurationError {
        .value(place(entry.position), key: entry.keyPath, found: entry.value.description, allowed: allowed)
    }

    func unknownKey(_ key: TOMLDocument.Key, allowed: [String]) -> ConfigurationError {
        .unknownKey(
            place(key.position), found: entry.keyPath, allowed: allowed.joined(separator: ", "),
            nearest: nearestName(to: key.name, among: allowed))
    }

    private func place(_ position: TOMLDocument.Position) -> ConfigurationError.Place {
        .init(file: file, position: position)
    }

    private func text() throws(ConfigurationError) -> String {
        // The name becomes that of files.
        guard case .string(let text) = entry.value, !text.isEmpty, !text.hasPrefix("."),
            text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") })
        else { throw wrongValue("a text of letters, digits and marks, without spaces and slashes") }
        return text
    }

    private func choice(_ choices: [String]) throws(ConfigurationError) -> String {
        guard case .string(let text) = entry.value, choices.contains(text) else {
            throw wrongValue(choices.map { "\"\($0)\"" }.joined(separator: ", "))
        }
        return text
    }

    private func boolean() throws(ConfigurationError) -> Bool {
        guard case .boolean(let isTrue) = entry.value else { throw wrongValue("true or false") }
        return isTrue
    }

    private func integer(_ range: ClosedRange<Int> = Int.min...Int.max) throws(ConfigurationError) -> Int {
        guard case .integer(let number) = entry.value, range.contains(number) else {
            throw wrongValue(range.lowerBound == 0 ? "a whole number from 0" : "a whole number")
        }
        return number
    }

    private func real() throws(ConfigurationError) -> Double {
        switch entry.value {
        case .integer(let number): Double(number)
        case .real(let number) where number.isFinite: number
        default: throw wrongValue("a number")
        }
    }
}
