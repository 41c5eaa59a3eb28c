public import HDL
public import Verilog

/// What is to be proved: Verilog files, their top module with its inputs and clocks, and the properties in it.
///
/// Made from a design and its emission, whose text a caller may have changed to plant a fault.
public struct ProofProblem: Sendable {
    /// A data input of the top module.
    public struct Input: Sendable, Equatable {
        public let name: String
        public let width: Int

        public init(name: String, width: Int) {
            self.name = name
            self.width = width
        }
    }

    /// A clock of the top module, and its reset.
    public struct Clock: Sendable, Equatable {
        /// Name of the clock domain, as a simulation's `step(clocks:)` takes it.
        public let domain: String
        public let port: String
        public let edge: Clocking.Edge
        /// Port of the reset; nil when the domain has none, or nothing uses it.
        public let reset: String?
        public let resetLevel: Clocking.Level

        public init(
            domain: String, port: String, edge: Clocking.Edge = .rising, reset: String? = nil,
            resetLevel: Clocking.Level = .high
        ) {
            self.domain = domain
            self.port = port
            self.edge = edge
            self.reset = reset
            self.resetLevel = resetLevel
        }
    }

    /// A check of one module's description and the block of the Verilog in which it stands.
    public struct Check: Sendable, Equatable {
        public let module: String
        public let name: String
        public let kind: CheckDeclaration.Kind
        /// Label of its block.
        public let block: String
        /// Place in the Swift source.
        public let file: String
        public let line: Int
        /// Whether it is looked at before the edges of a clock; if not, at every moment.
        public let isClocked: Bool

        public init(
            module: String, name: String, kind: CheckDeclaration.Kind, block: String, file: String, line: Int,
            isClocked: Bool = true
        ) {
            self.module = module
            self.name = name
            self.kind = kind
            self.block = block
            self.file = file
            self.line = line
            self.isClocked = isClocked
        }
    }

    /// A module that stands in the flattened design: its path from the top, which has the empty path.
    public struct Occurrence: Sendable, Equatable {
        public let path: String
        public let module: String

        public init(path: String, module: String) {
            self.path = path
            self.module = module
        }
    }

    public let top: String
    public var files: [Emission.File]
    public let inputs: [Input]
    public let clocks: [Clock]
    public let checks: [Check]
    /// The top first, then its instances, each before those inside it.
    public let occurrences: [Occurrence]
    /// Whether every register takes its value at the same instants, so that a step of the proof is a clock cycle.
    /// Otherwise the clocks are signals like others, and a step is a moment at which any of them may change.
    public let hasOneClock: Bool

    public init(
        top: String, files: [Emission.File], inputs: [Input], clocks: [Clock], checks: [Check],
        occurrences: [Occurrence], hasOneClock: Bool
    ) {
        self.top = top
        self.files = files
        self.inputs = inputs
        self.clocks = clocks
        self.checks = checks
        self.occurrences = occurrences
        self.hasOneClock = hasOneClock
    }
}
