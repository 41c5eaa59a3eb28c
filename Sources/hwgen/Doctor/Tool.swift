/// A program, library or data set of the machine, as `hwgen doctor` found it.
struct Tool: Equatable, Sendable, Encodable {
    let name: String
    let isFound: Bool
    /// As the tool or its package says it; nil where neither does.
    let version: String?
    /// Where it was found.
    let path: String?
    /// The Debian package that brings it, nil where no package does.
    let package: String?
    /// Whether `hwgen` cannot do its main job without it.
    let isRequired: Bool
    /// What it is there for.
    let purpose: String
    /// What to do when it is missing and no package brings it.
    let remedy: String?

    private enum CodingKeys: String, CodingKey {
        case name, version, path, package, purpose, remedy
        case isFound = "found"
        case isRequired = "required"
    }

    /// Every key is written, also for what is not known: `null`.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(isFound, forKey: .isFound)
        try container.encode(version, forKey: .version)
        try container.encode(path, forKey: .path)
        try container.encode(package, forKey: .package)
        try container.encode(isRequired, forKey: .isRequired)
        try container.encode(purpose, forKey: .purpose)
        try container.encode(remedy, forKey: .remedy)
    }
}
