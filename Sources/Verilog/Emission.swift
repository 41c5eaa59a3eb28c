public import HDL

/// A design as Verilog: one file a module, what the signals are called, and where everything comes from.
public struct Emission: Sendable {
    public struct File: Sendable, Equatable {
        /// Name without a folder; a module's file is named for it.
        public let name: String
        public let bytes: [UInt8]

        public init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// Name of the top module.
    public let top: String
    /// One file a module, the top last.
    public let modules: [File]
    /// Models of the black boxes, for simulation only.
    public let simulationSources: [File]
    /// Every named signal with its Verilog name, in order of declaration.
    public let names: [EmittedName]
    /// Every check with its place in the text.
    public let checks: [EmittedCheck]
    /// The lines of each module's file that come from a place in the description, in the order of `modules`.
    public let origins: [[LineOrigin]]
}

/// How a design is written; the defaults suit simulators and synthesis alike.
public struct EmissionOptions: Hashable, Sendable {
    /// How a count of ones is written.
    public enum Popcount: String, Hashable, Sendable, CaseIterable {
        /// `$countones`, which Verilator turns into one instruction.
        case countOnes = "countones"
        /// Sums of neighbouring bits, then of pairs, and so on, in plain Verilog-2005.
        case sums
    }
    public var popcount = Popcount.countOnes
    /// Whether registers and memories get their power-up values; without, a simulator may begin with others, so that a
    /// missing reset shows.
    public var powerUpValues = true
    /// Whether lines end with the place in the description that they come from.
    public var sourceComments = false

    public init() {}
}

/// Writes a design as Verilog-2005 (and `$countones`), one module a file. The same design gives the same bytes.
/// - Throws: `EmissionError` when the name of a module or a port is not one in Verilog.
public func emit(
    _ design: Design, _ options: EmissionOptions = EmissionOptions()
) throws(EmissionError) -> Emission {
    var files: [Emission.File] = []
    var models: [Emission.File] = []
    var names: [EmittedName] = []
    var checks: [EmittedCheck] = []
    var origins: [[LineOrigin]] = []
    for circuit in design.circuits {
        guard Namer.isLegal(circuit.name) else {
            throw .illegalModuleName(circuit.name, location: circuit.location)
        }
        if let box = circuit.blackBox {
            if let source = box.simulationSource, !models.contains(where: { $0.name == source.file }) {
                models.append(Emission.File(name: source.file, bytes: Array(source.text.utf8)))
            }
            continue
        }
        var lowering = Lowering(circuit, of: design, options)
        let lowered = try lowering.run()
        files.append(Emission.File(name: "\(circuit.name).v", bytes: lowered.text.bytes))
        names += lowered.names
        checks += lowered.checks
        origins.append(lowered.text.lines)
    }
    return Emission(
        top: design.top.name, modules: files, simulationSources: models, names: names, checks: checks,
        origins: origins)
}
