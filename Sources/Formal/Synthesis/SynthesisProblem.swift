public import HDL
public import Verilog

/// Verilog to synthesise.
public struct SynthesisProblem: Sendable {
    public var top: String
    /// One file a module.
    public var files: [Emission.File]
    /// Names of the ports that are clocks.
    public var clocks: [String]

    public init(top: String, files: [Emission.File], clocks: [String]) {
        self.top = top
        self.files = files
        self.clocks = clocks
    }

    /// A design in the text that was emitted for it.
    /// - Throws: `SynthesisError.blackBox` when a module has no body, `SynthesisError.innerClock` when a clock is made
    ///   inside, since nobody knows when its edges come.
    public init(_ design: Design, _ emission: Emission) throws(SynthesisError) {
        if let box = design.circuits.first(where: { $0.blackBox != nil }) { throw .blackBox(box.name) }
        for circuit in design.circuits {
            if let domain = circuit.clockMadeInside { throw .innerClock(domain.name, module: circuit.name) }
        }
        self.init(
            top: emission.top, files: emission.modules,
            clocks: design.top.domains.filter(\.isClockUsed).map(\.clockName))
    }
}
