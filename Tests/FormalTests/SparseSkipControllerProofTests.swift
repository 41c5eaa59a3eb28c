import Engine
import Formal
import HDL
import Testing
import Verilog

/// Law: the sparse-skip controller visits every row whose bit is set exactly once an image and no other: shown for every map,
/// every moment at which a row is taken, and runs of any length. Each fault in its text violates a part of the law.
@Suite("Proof of the sparse-skip controller", .serialized)
struct SparseSkipControllerProofTests {
    static let laws = [
        "shows_only_useful_rows", "shows_no_row_twice", "misses_no_row", "empty_only_without_rows", "leaves_no_bubble",
        "starts_in_two_cycles",
    ]

    @Test("every property is proved and every cover reached", arguments: [(1, 1, 1), (1, 1, 2), (2, 1, 1)])
    func proof(filterBits: Int, chunkBits: Int, planes: Int) throws {
        let harness = SparseSkipControllerProof(filterBits: filterBits, chunkBits: chunkBits, planes: planes)
        let report = try ProofRunner(ProofOptions(depth: 5, coverDepth: 14, inductionDepth: 1, secondsPerRun: 120))
            .prove(elaborate(harness))
        let open = report.properties.filter { $0.verdict != .proved && $0.verdict != .reached }
        #expect(open.isEmpty, "\(open.map { "\($0.name) \($0.verdict)" })")
        for law in Self.laws { #expect(report[law]?.verdict == .proved, "\(law)") }
        #expect(report.isComplete)
    }

    @Test(
        "a planted fault violates a law",
        arguments: [
            // The group that was fetched remains.
            ("left = candidates & ~found", "left = candidates", "shows_no_row_twice"),
            // Every fetch begins at the top.
            ("(|remaining) ? remaining : occupied", "occupied", "shows_no_row_twice"),
            // A group ends with its first row.
            ("current_rows <= rows_left", "current_rows <= 2'd0", "leaves_no_bubble"),
            // A row is walked without having been taken.
            ("wire [1:0] rows_left = current_rows & ~row", "wire [1:0] rows_left = 2'd0", "misses_no_row"),
            // A group that lost its rows is still thought to have some.
            ("(occupied & ~written) | ", "occupied | ", "leaves_no_bubble"),
            // The last group does not know that it is.
            ("fetched_last <= left == 4'd0", "fetched_last <= 1'b0", "shows_no_row_twice"),
            // Every row of a group is shown, the useless ones too.
            ("fetched_rows <= is_empty ? 2'd1 : entry[1:0]", "fetched_rows <= 2'd3", "shows_only_useful_rows"),
        ])
    func fault(text: String, planted: String, law: String) throws {
        let design = try elaborate(SparseSkipControllerProof())
        var problem = try ProofProblem(design, emit(design))
        try problem.plant(planted, instead: text)
        let report = try ProofRunner(
            ProofOptions(depth: 11, inductionDepth: 0, secondsPerRun: 120, includesCovers: false)
        ).prove(problem)
        let failed = report.properties.filter { $0.verdict == .failed }
        #expect(report[law]?.verdict == .failed, "failed: \(failed.map { "\($0.name) \($0.depth)" })")
        for property in failed { #expect(property.trace?.stimulus.cycles.count == property.depth + 1) }
    }
}
