import Components
import Formal
import HDL
import Testing

/// Law: what the components assert holds in every state that they can reach, for all inputs that keep the rules.
@Suite("Components proved")
struct ProofTests {
    static let designs = [
        NamedDesign(SkidBuffer(width: 3)),
        NamedDesign(StreamFIFOProof(StreamFIFO(width: 2, depth: 1))),
        NamedDesign(StreamFIFOProof(StreamFIFO(width: 2, depth: 3))),
        NamedDesign(StreamFIFOProof(StreamFIFO(width: 2, depth: 4))),
        NamedDesign(StreamFIFOProof(StreamFIFO(width: 2, depth: 5, storage: .registers))),
        NamedDesign(RoundRobinArbiterProof(RoundRobinArbiter(count: 1, width: 2))),
        NamedDesign(RoundRobinArbiterProof(RoundRobinArbiter(count: 2, width: 2))),
        NamedDesign(RoundRobinArbiterProof(RoundRobinArbiter(count: 4, width: 2))),
        NamedDesign(PriorityArbiter(count: 3, width: 2)),
        NamedDesign(StreamDemultiplexer(count: 3, width: 2)),
        NamedDesign(WidthConverter(inputWidth: 2, outputWidth: 6)),
        NamedDesign(WidthConverter(inputWidth: 6, outputWidth: 2)),
    ]

    @Test("every assertion is proved by induction and every cover reached", arguments: designs)
    func proved(_ design: NamedDesign) throws {
        try check(design.elaborated(), ProofOptions(depth: 6, inductionDepth: 2, secondsPerRun: 20))
    }

    @Test("the register bank keeps the rules of its bus")
    func registerBank() throws {
        try check(elaborate(exampleBank()), ProofOptions(depth: 6, inductionDepth: 2, secondsPerRun: 120))
    }

    private func check(_ design: Design, _ options: ProofOptions) throws {
        let report = try ProofRunner(options).prove(design)
        #expect(!report.properties.isEmpty)
        for property in report.properties {
            let wanted: Verdict = property.kind == .cover ? .reached : .proved
            #expect(property.verdict == wanted, "\(property.name) at \(property.file):\(property.line)")
        }
    }
}
