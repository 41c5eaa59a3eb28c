public import BitVectors

/// What drives a design through a run: the values of its inputs before each step, and the clocks whose edges follow.
///
/// Law: applied cycle by cycle to a design that begins with its power-up values, it makes the property fail (or be reached)
/// in the last cycle. A simulation sets the inputs and settles, looks at the properties, then makes the edges.
public struct ProofStimulus: Sendable, Equatable, Encodable {
    public struct Cycle: Sendable, Equatable {
        /// Every input and every reset of the top module by its port, in the order of the ports.
        public let inputs: [(name: String, value: BitVector)]
        /// Clock domains that have an active edge at the end of the cycle, `main` or a clock port's name.
        public let edges: [String]

        public init(inputs: [(name: String, value: BitVector)], edges: [String]) {
            self.inputs = inputs
            self.edges = edges
        }

        public static func == (left: Cycle, right: Cycle) -> Bool {
            left.edges == right.edges && left.inputs.elementsEqual(right.inputs, by: ==)
        }
    }

    public let design: String
    public let cycles: [Cycle]

    public init(design: String, cycles: [Cycle]) {
        self.design = design
        self.cycles = cycles
    }
}

extension ProofStimulus.Cycle: Encodable {
    enum CodingKeys: String, CodingKey { case inputs, edges }

    /// Values are sized Verilog literals, so that wide ones survive.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let values = inputs.map { ($0.name, "\($0.value.width)'h\($0.value.hexDigits)") }
        try container.encode(Dictionary(values) { first, _ in first }, forKey: .inputs)
        try container.encode(edges, forKey: .edges)
    }
}
