import Configuration
import Learning

/// The recipe of a network, `hwgen train RECIPE.toml`: values of the training, then one table `[layers.NAME]` for each layer.
///
///     name = "small"
///     [layers.conv]
///     kind = "convolution"
///     outputs = 8
///     window = 3
///     [layers.classes]
///     kind = "fully-connected"
///     outputs = 10
///
/// Layers follow each other as in the file. Keys that are absent have the values of `NetworkRecipe`.
struct RecipeFile {
    let recipe: NetworkRecipe
    let file: String
    /// Where each key's value stands, by its path.
    private let places: [String: TOMLDocument.Position]

    /// Reads a recipe; whether its values are in range is for `NetworkRecipe.validate` to say.
    ///
    /// Throws `ConfigurationError` for the first key or kind of value that a recipe has not, `RecipeFileError` for a name or
    /// a layer's kind that is absent.
    static func read(_ path: String) throws -> RecipeFile {
        let document = try ConfigurationFile.document(path, isInterrupted: { Interrupt.isRequested })
        return try RecipeFile(document, named: path)
    }

    init(_ document: TOMLDocument, named file: String) throws {
        var recipe = NetworkRecipe(name: "")
        var places: [String: TOMLDocument.Position] = [:]
        for entry in document.entries {
            let reader = RecipeEntry(entry: entry, file: file)
            places[entry.keyPath] = entry.position
            switch entry.keys.count {
            case 1 where entry.keys[0].name != "layers": try reader.set(&recipe)
            case 2 where entry.keys[0].name == "layers": throw reader.wrongValue("a table [layers.NAME] with a kind")
            case 3 where entry.keys[0].name == "layers":
                let name = entry.keys[1].name
                if recipe.layers.last?.name != name {
                    guard !recipe.layers.contains(where: { $0.name == name }) else {
                        throw reader.wrongValue("all keys of layer \(name) in one place")
                    }
                    recipe.layers.append(.init(name, .convolution))
                }
                try reader.set(&recipe.layers[recipe.layers.count - 1])
            default:
                throw reader.unknownKey(entry.keys[0], allowed: RecipeEntry.names + ["layers"])
            }
        }
        guard !recipe.name.isEmpty else { throw Self.absent("name", "the network's name", file: file) }
        for layer in recipe.layers where places["layers.\(TOMLDocument.written(layer.name)).kind"] == nil {
            let kinds = NetworkRecipe.Layer.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.absent("layers.\(layer.name).kind", kinds, file: file)
        }
        self.recipe = recipe
        self.file = file
        self.places = places
    }

    private static func absent(_ key: String, _ allowed: String, file: String) -> RecipeFileError {
        RecipeFileError(file: file, error: .value(key: key, found: "absent", allowed: allowed))
    }

    /// An error of the recipe's check with its place in the file, where its key stands there.
    func located(_ error: RecipeError) -> any Error {
        guard case .value(let key, let found, let allowed) = error else { return error }
        guard let position = places[key] else { return RecipeFileError(file: file, error: error) }
        return ConfigurationError.value(
            .init(file: file, position: position), key: key, found: found, allowed: allowed)
    }
}

/// What is wrong with a recipe's values where no key in the file says them.
struct RecipeFileError: Error, Equatable, CustomStringConvertible {
    let file: String
    let error: RecipeError
    var description: String { "\(file): \(error)" }
}
