import Components
import Formal
import HDL
import Testing
import Verilog

/// Law: an asynchronous FIFO loses, doubles, changes and swaps no item, in runs of any length, whatever the edges of its clocks
/// and whatever its synchronisers catch of a code that changes. A fault in its text violates the property that is named.
@Suite("Proof of the asynchronous FIFO", .serialized)
struct AsynchronousFIFOProofTests {
    static let claims = [
        "fifo_never_overflows", "fifo_never_underflows", "output_stays_valid", "output_keeps_its_item",
        "observer.holds_at_most_its_depth_and_one", "observer.offers_only_what_is_inside",
        "observer.followed_item_is_inside", "observer.followed_item_comes_out",
        "observer.never_writes_the_word_that_is_fetched",
    ]

    @Test("every property is proved and the cover reached", arguments: [(1, 2, 2), (1, 2, 3), (1, 4, 2)])
    func proof(width: Int, depth: Int, stages: Int) throws {
        let harness = AsynchronousFIFOProof(AsynchronousFIFO(width: width, depth: depth, stages: stages))
        let options = ProofOptions(depth: 3, coverDepth: 16, inductionDepth: 1, secondsPerRun: 200)
        let design = try elaborate(harness)
        let report = try ProofRunner(options).prove(design)
        for property in report.properties {
            let wanted: Verdict = property.kind == .cover ? .reached : .proved
            #expect(property.verdict == wanted, "\(property.name)")
        }
        let stimulus = try #require(report["followed_item_leaves"]?.trace?.stimulus)
        let replay = try stimulus.replay(on: design)
        #expect(replay.covers["followed_item_leaves"] == 1)
        #expect(replay.failures == [])
        for claim in Self.claims { #expect(report[claim]?.verdict == .proved, "\(claim)") }
    }

    @Test(
        "a planted fault violates a property",
        arguments: [
            // Full one word too late.
            (
                "is_full = fifo_write_pointer_gray == ~fifo_read_gray_1",
                "is_full = fifo_write_pointer - {fifo_read_gray_1[1], ^fifo_read_gray_1} == 2'd3",
                "observer.followed_item_comes_out", 9
            ),
            // Never empty.
            ("is_empty = fifo_read_pointer_gray == fifo_write_gray_1", "is_empty = 1'b0", "fifo_never_underflows", 9),
            // One of the pointers crosses as a binary number.
            (
                "fifo_write_pointer_following ^ {1'b0, fifo_write_pointer_following[1]}",
                "fifo_write_pointer_following", "fifo_write_pointer_changes_in_one_bit", 9
            ),
            // Every word at one address.
            (
                "fifo_words[fifo_write_pointer[0]] <= input_payload", "fifo_words[1'b0] <= input_payload",
                "observer.followed_item_comes_out", 9
            ),
            // An item that waits at the output is overtaken.
            (
                "~fifo_is_empty & (~fifo_output_valid_register | output_ready)", "~fifo_is_empty",
                "observer.invariant_output_is_held", 11
            ),
        ])
    func fault(original: String, planted: String, property: String, depth: Int) throws {
        var problem = try self.problem()
        try problem.plant(planted, instead: original)
        let report = try ProofRunner(
            ProofOptions(depth: depth, inductionDepth: 0, secondsPerRun: 200, includesCovers: false)
        ).prove(problem)
        #expect(report[property]?.verdict == .failed, "\(verdicts(report))")
        #expect(report[property]?.trace != nil)
    }

    /// Without late bits two binary pointers are as good as codes, since a simulation catches them whole.
    @Test("binary pointers are out of order only when bits of a change are caught late", arguments: [false, true])
    func binaryPointers(isLate: Bool) throws {
        var problem = try self.problem()
        problem.makePointersBinary()
        try problem.plant(
            "fifo_write_pointer_gray == (fifo_read_gray_1 ^ 2'd2)",
            instead: "fifo_write_pointer_gray == ~fifo_read_gray_1")
        if !isLate {
            try problem.plant("late_read_bits = 2'd0", instead: "late_read_bits = late_read_bits")
            try problem.plant("late_write_bits = 2'd0", instead: "late_write_bits = late_write_bits")
        }
        let report = try ProofRunner(
            ProofOptions(depth: 8, inductionDepth: 1, secondsPerRun: 200, includesCovers: false)
        ).prove(problem)
        // Either way the check that asks for one changed bit fails.
        #expect(report["fifo_write_pointer_changes_in_one_bit"]?.verdict == .failed, "\(verdicts(report))")
        let order = report["observer.invariant_pointers_are_in_order"]
        #expect(order?.verdict == (isLate ? .failed : .proved), "\(verdicts(report))")
        let claim = report["observer.followed_item_comes_out"]
        #expect(claim?.verdict == (isLate ? .holdsToDepth : .proved), "\(verdicts(report))")
    }

    private func problem() throws -> ProofProblem {
        let design = try elaborate(AsynchronousFIFOProof(AsynchronousFIFO(width: 1, depth: 2)))
        return try ProofProblem(design, emit(design))
    }
}

extension ProofProblem {
    /// Takes the coding and decoding of pointers of two bits out of the text.
    fileprivate mutating func makePointersBinary() {
        for (index, file) in files.enumerated() {
            let text = String(decoding: file.bytes, as: UTF8.self)
                .replacing(#/\{(\w+)\[1\], \^(\w+)\}/#) { $0.1 }
                .replacing(#/(\w+) \^ \{1'b0,\s+(\w+)\[1\]\}/#) { $0.1 }
            files[index] = Emission.File(name: file.name, bytes: Array(text.utf8))
        }
    }
}
