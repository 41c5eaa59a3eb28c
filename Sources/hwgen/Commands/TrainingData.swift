import Learning

/// The data set of a recipe, from the folder of `--data` or Debian's package.
struct TrainingData {
    let split: DataSplit

    init(_ command: ParsedCommand, for recipe: NetworkRecipe) throws {
        let given = command.pairs("data").last
        if let given, given.key != recipe.data { throw TrainingDataError.otherSet(given.key, recipe.data) }
        switch (recipe.data, given) {
        case ("cifar10", let given?): split = try CIFAR10.load(directory: given.value)
        case ("cifar10", nil): throw TrainingDataError.noFolder(recipe.data)
        default: split = try FashionMNIST.load(directory: given?.value)
        }
    }
}

/// A data set that does not suit the recipe.
enum TrainingDataError: Error, Equatable, CustomStringConvertible {
    case otherSet(String, String)
    case noFolder(String)

    var description: String {
        switch self {
        case .otherSet(let found, let wanted): "--data: found data set '\(found)', allowed '\(wanted)', the recipe's"
        case .noFolder(let name): "--data: found none, allowed \(name)=DIR with the folder of its published files"
        }
    }
}
