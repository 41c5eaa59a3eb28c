/// What is wrong with the saved state of a training run; one line that names the file.
public enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file cannot be read or written; `reason` is the operating system's.
    case notReadable(file: String, reason: String)
    case notWritable(file: String, reason: String)
    /// The file is no checkpoint, of another version, cut short or changed.
    case damaged(file: String, reason: String)
    /// The file belongs to another recipe.
    case otherRecipe(file: String)

    public var description: String {
        switch self {
        case .notReadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .notWritable(let file, let reason): "\(file): cannot be written: \(reason)"
        case .damaged(let file, let reason): "\(file): is no checkpoint of a training run: \(reason)"
        case .otherRecipe(let file):
            "\(file): is the checkpoint of another recipe; allowed is that of the recipe that is trained"
        }
    }
}
