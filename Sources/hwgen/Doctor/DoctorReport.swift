/// What `hwgen doctor` says: every tool, and how to get what is missing.
struct DoctorReport: Equatable, Sendable, Encodable {
    let tools: [Tool]
    /// The command that installs the packages of missing required tools; nil when there are none.
    let installRequired: String?
    /// The same for optional tools.
    let installOptional: String?

    private enum CodingKeys: String, CodingKey {
        case tools
        case installRequired = "install_required"
        case installOptional = "install_optional"
    }

    init(tools: [Tool]) {
        self.tools = tools
        installRequired = Self.aptLine(tools.filter { !$0.isFound && $0.isRequired })
        installOptional = Self.aptLine(tools.filter { !$0.isFound && !$0.isRequired })
    }

    var status: ExitStatus { tools.contains { $0.isRequired && !$0.isFound } ? .toolMissing : .done }

    private static func aptLine(_ missing: [Tool]) -> String? {
        var packages: [String] = []
        for package in missing.compactMap(\.package) where !packages.contains(package) { packages.append(package) }
        return packages.isEmpty ? nil : "sudo apt-get install " + packages.joined(separator: " ")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(tools, forKey: .tools)
        try container.encode(installRequired, forKey: .installRequired)
        try container.encode(installOptional, forKey: .installOptional)
    }

    /// The report for people: a table, then what to do.
    func text(for sink: TextSink) -> String {
        let nameWidth = (tools.map(\.name.count).max() ?? 0) + 2
        let versionWidth = (tools.map { ($0.version ?? "").count }.max() ?? 0) + 2
        var lines: [String] = []
        for isRequired in [true, false] {
            lines.append(sink.colored(isRequired ? "Required" : "Optional", .bold))
            for tool in tools where tool.isRequired == isRequired {
                // The colour goes around the mark alone, so that columns are counted without escape sequences.
                let mark = tool.isFound ? sink.colored("found  ", .green) : sink.colored("missing", .red)
                let version = padded(tool.version ?? "", to: versionWidth)
                lines.append("  \(mark)  \(padded(tool.name, to: nameWidth))\(version)\(tool.purpose)")
            }
            lines.append("")
        }
        return (lines + advice).joined(separator: "\n")
    }

    private var advice: [String] {
        var lines: [String] = []
        if let installRequired { lines.append("Missing and required:  \(installRequired)") }
        for tool in tools where !tool.isFound && tool.package == nil {
            lines.append(
                "Missing and \(tool.isRequired ? "required" : "optional"):  \(tool.name): \(tool.remedy ?? "")")
        }
        if let installOptional { lines.append("Missing and optional:  \(installOptional)") }
        if status == .done { lines.append("Everything required is there.") }
        return lines
    }
}

private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
}
