import Engine
import Formal
import HDL
import Testing
import Verilog

/// Law: for any requests, sensed rows and waiting the write controller repeats no more than asked, pulses nothing that is
/// right, ends every write, and ends it verified or failed. Each fault in its text violates a part of the law.
@Suite("Proofs of the write controller", .serialized)
struct WriteControllerProofTests {
    static let laws = [
        "repeats_no_more_than_asked", "done_is_verified_or_failed", "failure_sets_the_error", "comes_nearer_to_its_end",
        "works_on_what_it_accepts", "ends_with_done",
    ]

    private func expectProved(_ harness: some Module, _ laws: [String], coverDepth: Int) throws {
        let report = try ProofRunner(
            ProofOptions(depth: 5, coverDepth: coverDepth, inductionDepth: 2, secondsPerRun: 300)
        ).prove(elaborate(harness))
        let open = report.properties.filter { $0.verdict != .proved && $0.verdict != .reached }
        #expect(open.isEmpty, "\(open.map { "\($0.name) \($0.verdict)" })")
        for law in laws { #expect(report[law]?.verdict == .proved, "\(law)") }
        #expect(report.isComplete)
    }

    @Test("every property of rows is proved", arguments: [CellKind.stt, .complementary])
    func rows(kind: CellKind) throws {
        let pairs = kind == .complementary ? ["pulses_no_pair_that_is_right"] : []
        try expectProved(
            WriteControllerProof(kind: kind), Self.laws + ["pulses_no_bit_that_is_right"] + pairs, coverDepth: 28)
    }

    @Test("every property of strings is proved")
    func strings() throws {
        try expectProved(
            StringWriteProof(),
            Self.laws + ["pulses_no_strip_that_is_right", "programs_ones_alone", "merges_rows_of_the_same_strings"],
            coverDepth: 24)
    }

    @Test(
        "a planted fault violates a law",
        arguments: [
            // Repeats are not counted.
            ("retries_left <= retries_left - 1'b1", "retries_left <= retries_left", "comes_nearer_to_its_end"),
            // Every bit is pulsed, whatever was sensed.
            ("wrong <= difference", "wrong <= 2'd3", "pulses_no_bit_that_is_right"),
            // Wrong bits are forgotten.
            ("wrong_bits <= _wrong_bits_0", "wrong_bits <= 2'd0", "done_is_verified_or_failed"),
            // The error is not kept.
            ("has_error <= 1'b1", "has_error <= 1'b0", "failure_sets_the_error"),
            // A pulse never ends.
            ("is_last_cycle = ", "is_last_cycle = 1'b0 & ", "comes_nearer_to_its_end"),
            // Pulses do not hold the lines.
            ("(state == STATE_CLAIM) | is_pulse", "state == STATE_CLAIM", "pulses_under_a_claim"),
        ])
    func fault(text: String, planted: String, law: String) throws {
        let design = try elaborate(WriteControllerProof(kind: .stt, mostRetries: 1))
        var problem = try ProofProblem(design, emit(design))
        try problem.plant(planted, instead: text)
        let report = try ProofRunner(
            ProofOptions(depth: 18, inductionDepth: 0, secondsPerRun: 200, includesCovers: false)
        ).prove(problem)
        let failed = report.properties.filter { $0.verdict == .failed }
        #expect(report[law]?.verdict == .failed, "failed: \(failed.map { "\($0.name) \($0.depth)" })")
        for property in failed { #expect(property.trace?.stimulus.cycles.count == property.depth + 1) }
    }
}
