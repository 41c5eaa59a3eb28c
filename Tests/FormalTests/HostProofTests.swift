import Engine
import Formal
import HDL
import Testing
import Verilog

/// Law: the packet receiver stores nothing beyond what a packet declares, the result streamer sends as much as it was asked
/// for, and both keep the rules of their streams, in runs of any length. Each fault in their text violates a part of the law.
@Suite("Proofs of the host interface", .serialized)
struct HostProofTests {
    @Test("the packet receiver stores only what is declared")
    func receiver() throws {
        try expectProof(
            elaborate(PacketReceiverProof()),
            laws: [
                "target_is_declared", "bank_is_declared", "address_is_the_next", "address_is_declared",
                "rows_range_is_inside", "list_range_is_inside", "channels_range_is_inside",
                "descriptors_range_is_inside", "activations_range_is_inside", "packet_ends_right_or_wrong",
                "packet_is_wrong_once", "item_stays_valid", "item_keeps_its_item",
            ])
    }

    @Test("the result streamer sends what was asked for, TLAST on the last word alone")
    func streamer() throws {
        try expectProof(
            elaborate(ResultStreamerProof()),
            laws: [
                "last_is_on_the_last_word", "sends_no_more_than_requested", "is_busy_until_the_last_word",
                "reads_inside_the_memory", "reads_a_bank", "results_stays_valid", "results_keeps_its_item",
            ])
    }

    @Test("the registers of the accelerator keep the rules of AXI4-Lite")
    func registers() throws {
        try expectProof(
            elaborate(AcceleratorRegistersProof()), options: ProofOptions(depth: 5, inductionDepth: 2),
            laws: [
                "registers.axi_b_stays_valid", "registers.axi_r_keeps_its_item",
                "registers.axi_answers_written_addresses", "registers.axi_answers_reads",
            ])
    }

    @Test(
        "a fault in the packet receiver violates a law",
        arguments: [
            // A range may end one behind the memory.
            (
                "(end_of_items <= depth_of_target)", "(end_of_items <= depth_of_target + 33'd1)",
                "list_range_is_inside", 7
            ),
            // The sum of base and number wraps.
            (
                "{1'b0, base} + {1'b0, receiver_stream_tdata}", "{1'b0, base + receiver_stream_tdata}",
                "list_range_is_inside", 7
            ),
            // A bank that is not there.
            ("is_bank = receiver_stream_tdata[15:8] < banks_of_target", "is_bank = 1'b1", "rows_bank_exists", 4),
            // The address does not move on.
            ("address <= address + 3'd1", "address <= address", "address_is_the_next", 8),
            // A word is taken while an item waits.
            ("is_ready = ~holds_item | receiver_item_ready", "is_ready = 1'b1", "item_keeps_its_item", 8),
            // One item too many.
            ("is_item_end & (items_left == 4'd1)", "is_item_end & (items_left == 4'd0)", "address_is_declared", 8),
            // The rest of a packet with a fault is taken for another packet.
            ("state <= STATE_DRAIN", "state <= STATE_TARGET", "packet_is_wrong_once", 5),
            // A short packet ends without a word.
            ("is_end & ~is_last_word", "1'b0 & ~is_last_word", "packet_ends_right_or_wrong", 8),
        ])
    func receiverFault(text: String, planted: String, law: String, depth: Int) throws {
        try expectFailure(of: law, planted, instead: text, in: elaborate(PacketReceiverProof()), depth: depth)
    }

    @Test(
        "a fault in the result streamer violates a law",
        arguments: [
            ("(items_left == 24'd1)", "(items_left == 24'd2)", "last_is_on_the_last_word", 5),
            (
                "is_last_part = ~sends_codes | part_number", "is_last_part = ~sends_codes | ~part_number",
                "last_is_on_the_last_word", 6
            ),
            ("{1'b0, words_of_pixel} <= (", "{1'b0, words_of_pixel} < (", "last_is_on_the_last_word", 7),
            ("(sends_codes ? 25'd6 : 25'd5)", "(sends_codes ? 25'd7 : 25'd5)", "reads_inside_the_memory", 5),
            ("is_taken = is_sending & streamer_results_tready", "is_taken = is_sending", "results_stays_valid", 6),
        ])
    func streamerFault(text: String, planted: String, law: String, depth: Int) throws {
        try expectFailure(of: law, planted, instead: text, in: elaborate(ResultStreamerProof()), depth: depth)
    }

    private func expectProof(
        _ design: Design, options: ProofOptions = ProofOptions(depth: 4, coverDepth: 14, inductionDepth: 1),
        laws: [String]
    ) throws {
        let report = try ProofRunner(options).prove(design)
        let open = report.properties.filter { $0.verdict != .proved && $0.verdict != .reached }
        #expect(open.isEmpty, "\(open.map { "\($0.name) \($0.verdict)" })")
        for law in laws { #expect(report[law]?.verdict == .proved, "\(law)") }
        #expect(report.isComplete)
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
