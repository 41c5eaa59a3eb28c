/// What is wrong with a recipe, or with the data for it.
public enum RecipeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A key's value is out of range.
    case value(key: String, found: String, allowed: String)
    /// The data cannot be learned by this classifier.
    case data(property: String, found: Int, allowed: String)

    public var description: String {
        switch self {
        case .value(let key, let found, let allowed):
            "recipe: \(key) is \(found); allowed is \(allowed)"
        case .data(let property, let found, let allowed):
            "training data: number of \(property) is \(found); allowed is \(allowed)"
        }
    }
}
