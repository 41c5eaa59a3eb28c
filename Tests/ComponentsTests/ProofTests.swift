import Components
import Formal
import HDL
import Testing

/// Law: what the components assert holds in every state that they can reach, for all inputs that keep the rules. The
/// harnesses in `Components/Proofs` are proved beside the prover, in FormalTests.
@Suite("Components proved", .serialized)
struct ProofTests {
    static let designs = [
        NamedDesign(SkidBuffer(width: 3)),
        NamedDesign(PriorityArbiter(count: 3, width: 2)),
        NamedDesign(StreamDemultiplexer(count: 3, width: 2)),
        NamedDesign(WidthConverter(inputWidth: 2, outputWidth: 6)),
        NamedDesign(WidthConverter(inputWidth: 6, outputWidth: 2)),
    ]

    @Test("every assertion is proved by induction and every cover reached", arguments: designs)
    func proved(_ design: NamedDesign) throws {
        try check(design.elaborated(), ProofOptions(depth: 10, inductionDepth: 2, secondsPerRun: 60))
    }

    @Test("the register bank keeps the rules of its bus")
    func registerBank() throws {
        try check(elaborate(exampleBank()), ProofOptions(depth: 5, inductionDepth: 2, secondsPerRun: 60))
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
