import Components
import Formal
import HDL
import Testing
import Verilog

/// Law: a FIFO loses, doubles, changes and swaps no item, and an item at the arbiter waits for each other input at most once,
/// in runs of any length. A fault in the text of each violates the property that is named.
@Suite("Proofs of components", .serialized)
struct ComponentProofTests {
    @Test("a FIFO loses and doubles nothing", arguments: [(1, false), (3, false), (4, false), (4, true)])
    func fifo(depth: Int, isOfRegisters: Bool) throws {
        let fifo = StreamFIFO(width: 2, depth: depth, storage: isOfRegisters ? .registers : .memory)
        try expectProof(elaborate(StreamFIFOProof(fifo)))
    }

    @Test("an arbiter is fair", arguments: [1, 2, 3, 4])
    func arbiter(count: Int) throws {
        try expectProof(elaborate(RoundRobinArbiterProof(RoundRobinArbiter(count: count, width: 2))))
    }

    @Test(
        "a fault in a FIFO changes, loses or doubles an item",
        arguments: [
            ("assign input_ready = ~fifo_is_full;", "assign input_ready = 1'b1;"),
            ("(fifo_read_pointer == 2'd2) ? 2'd0", "(fifo_read_pointer == 2'd1) ? 2'd0"),
            ("fifo_words[fifo_write_pointer] <= input_payload", "fifo_words[fifo_read_pointer] <= input_payload"),
            ("fifo_item_count <= fifo_item_count - 2'd1", "fifo_item_count <= fifo_item_count"),
        ])
    func fifoFault(original: String, fault: String) throws {
        let design = try elaborate(StreamFIFOProof(StreamFIFO(width: 2, depth: 3)))
        try expectFailure(of: "followed_item_comes_out", fault, instead: original, in: design, depth: 10)
    }

    @Test(
        "a fault in an arbiter lets an input wait, or changes what is offered",
        arguments: [
            ("arbiter_requests & arbiter_turns_left", "arbiter_requests", "input_2_waits_for_each_other_once"),
            (
                "(|arbiter_locked_grant) ? arbiter_locked_grant : arbiter_chosen", "arbiter_chosen",
                "arbiter_output_keeps_its_item"
            ),
        ])
    func arbiterFault(original: String, fault: String, property: String) throws {
        let design = try elaborate(RoundRobinArbiterProof(RoundRobinArbiter(count: 3, width: 2)))
        try expectFailure(of: property, fault, instead: original, in: design, depth: 8)
    }

    private func expectProof(_ design: Design) throws {
        let report = try ProofRunner(ProofOptions(depth: 6, inductionDepth: 2, secondsPerRun: 120)).prove(design)
        let open = report.properties.filter { $0.verdict != .proved && $0.verdict != .reached }
        #expect(open.isEmpty, "\(open.map { "\($0.name) \($0.verdict)" })")
        #expect(report.properties.contains { $0.verdict == .proved })
    }

    private func expectFailure(
        of property: String, _ fault: String, instead original: String, in design: Design, depth: Int
    ) throws {
        var problem = try ProofProblem(design, emit(design))
        try problem.plant(fault, instead: original)
        let options = ProofOptions(depth: depth, inductionDepth: 0, secondsPerRun: 200, includesCovers: false)
        let report = try ProofRunner(options).prove(problem)
        #expect(report[property]?.verdict == .failed, "\(verdicts(report))")
        #expect(report[property]?.trace != nil)
    }
}
