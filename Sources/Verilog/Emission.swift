public import HDL

/// A design as Verilog: one file a module, and what the signals are called.
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
    /// Every named signal with its Verilog name, in order of declaration.
    public let names: [EmittedName]
}

/// Writes a design as Verilog-2005 (and `$countones`), one module a file. The same design gives the same bytes.
/// - Throws: `EmissionError` when the name of a module or a port is not one in Verilog.
public func emit(_ design: Design) throws(EmissionError) -> Emission {
    var files: [Emission.File] = []
    var names: [EmittedName] = []
    for circuit in design.circuits {
        guard Namer.isLegal(circuit.name) else {
            throw .illegalModuleName(circuit.name, location: circuit.location)
        }
        var lowering = Lowering(circuit)
        let lowered = try lowering.run()
        files.append(Emission.File(name: "\(circuit.name).v", bytes: Printer.text(of: lowered.module)))
        names += lowered.names
    }
    return Emission(top: design.top.name, modules: files, names: names)
}
