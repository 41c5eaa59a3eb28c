/// A design to simulate: its Verilog and its ports.
public struct ModelSource: Hashable, Sendable {
    /// One Verilog file; the name is what messages show, without a folder.
    public struct File: Hashable, Sendable {
        public var name: String
        public var text: [UInt8]

        public init(name: String, text: [UInt8]) {
            self.name = name
            self.text = text
        }

        public init(name: String, text: String) {
            self.init(name: name, text: Array(text.utf8))
        }
    }

    /// Name of the top module.
    public var top: String
    public var files: [File]
    /// In declaration order; this order is the order of the records.
    public var ports: [PortDescription]

    public init(top: String, files: [File], ports: [PortDescription]) {
        self.top = top
        self.files = files
        self.ports = ports
    }

    /// Name of the clock, nil for a combinational design.
    public var clock: String? { ports.first { $0.isClock }?.name }

    /// Throws `CoSimError.invalidSource` when the description cannot be that of a design.
    func validate() throws(CoSimError) {
        func reject(_ problem: String) -> CoSimError { .invalidSource(top: top, problem: problem) }
        guard isIdentifier(top) else { throw reject("the name of the top module is not a Verilog identifier") }
        if files.isEmpty { throw reject("it has no file") }
        var fileNames: Set<String> = []
        for file in files {
            guard !file.name.isEmpty, !file.name.contains("/"), !file.name.hasPrefix("-"), !file.name.hasPrefix(".")
            else { throw reject("file name '\(file.name)' is not a plain name") }
            guard fileNames.insert(file.name).inserted else { throw reject("file '\(file.name)' is given twice") }
        }
        if ports.isEmpty { throw reject("it has no port") }
        var names: Set<String> = []
        for port in ports {
            guard isIdentifier(port.name) else { throw reject("port '\(port.name)' is not a Verilog identifier") }
            guard names.insert(port.name).inserted else { throw reject("port '\(port.name)' is given twice") }
            guard port.width >= 1 else { throw reject("port '\(port.name)' has width \(port.width); at least 1") }
        }
        let clocks = ports.filter(\.isClock)
        if clocks.count > 1 { throw reject("it has \(clocks.count) clocks; at most 1") }
        if let clock = clocks.first, clock.width != 1 || clock.direction != .input {
            throw reject("clock '\(clock.name)' is not an input of one bit")
        }
    }
}

private func isIdentifier(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
    return name.utf8.allSatisfy {
        (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95
    }
}
