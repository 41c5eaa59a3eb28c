import Components
import Formal
import HDL
import Testing
import Verilog

/// Law: a synchroniser gives its input some edges late in runs of any length; a pulse synchroniser loses and makes no
/// pulse, and a reset synchroniser begins at once and ends at its edge, in all runs up to a depth, whatever the clocks and
/// the reset do. A fault in the text of each violates the property that is named.
@Suite("Proofs of crossings", .serialized)
struct CrossingProofTests {
    @Test("a synchroniser", arguments: [2, 3])
    func synchronizer(stages: Int) throws {
        let design = try elaborate(SynchronizerProof(Synchronizer(width: 2, stages: stages)))
        let options = ProofOptions(depth: stages + 3, inductionDepth: stages + 1, secondsPerRun: 120)
        try expect(.proved, of: design, options)
    }

    static let pulseOptions = ProofOptions(depth: 14, inductionDepth: 0, secondsPerRun: 200)
    static let resetOptions = ProofOptions(depth: 12, inductionDepth: 0, secondsPerRun: 200, reset: .anyTime)

    @Test("a pulse synchroniser, as far as was searched")
    func pulseSynchronizer() throws {
        let design = try elaborate(PulseSynchronizerProof(PulseSynchronizer()))
        try expect(.holdsToDepth, of: design, Self.pulseOptions)
    }

    @Test("a reset synchroniser, as far as was searched", arguments: [Clocking.Level.high, .low])
    func resetSynchronizer(level: Clocking.Level) throws {
        let design = try elaborate(ResetSynchronizerProof(ResetSynchronizer(level: level)))
        try expect(.holdsToDepth, of: design, Self.resetOptions)
    }

    @Test("a fault in a synchroniser is found")
    func synchronizerFault() throws {
        let design = try elaborate(SynchronizerProof(Synchronizer(width: 2, stages: 2)))
        try expectFailure(
            of: "is_the_input_of_some_edges_before", "stage_1 <= value", instead: "stage_1 <= stage_0", in: design,
            ProofOptions(depth: 6, inductionDepth: 0, includesCovers: false))
    }

    @Test(
        "a fault in a pulse synchroniser is found",
        arguments: [
            ("assign ready = is_idle", "assign ready = 1'b1", "at_most_one_under_way"),
            ("seen <= arrived_1", "seen <= 1'b0", "at_most_one_under_way"),
            ("is_idle = toggle == returned_1", "is_idle = 1'b1", "none_under_way_when_ready"),
        ])
    func pulseFault(original: String, fault: String, property: String) throws {
        let design = try elaborate(PulseSynchronizerProof(PulseSynchronizer()))
        try expectFailure(of: property, fault, instead: original, in: design, Self.pulseOptions)
    }

    @Test(
        "a fault in a reset synchroniser is found",
        arguments: [
            ("stage_1 <= stage_0", "stage_1 <= 1'b0", "is_active_until_enough_edges"),
            ("assign reset = stage_1", "assign reset = stage_1 & ~rst", "is_active_at_once"),
        ])
    func resetFault(original: String, fault: String, property: String) throws {
        let design = try elaborate(ResetSynchronizerProof(ResetSynchronizer()))
        try expectFailure(of: property, fault, instead: original, in: design, Self.resetOptions)
    }

    private func expect(_ wanted: Verdict, of design: Design, _ options: ProofOptions) throws {
        let report = try ProofRunner(options).prove(design)
        #expect(!report.properties.isEmpty)
        for property in report.properties {
            let wanted: Verdict = property.kind == .cover ? .reached : wanted
            #expect(property.verdict == wanted, "\(property.name)")
        }
    }

    private func expectFailure(
        of property: String, _ fault: String, instead original: String, in design: Design, _ options: ProofOptions
    ) throws {
        var problem = try ProofProblem(design, emit(design))
        try problem.plant(fault, instead: original)
        var options = options
        options.includesCovers = false
        let report = try ProofRunner(options).prove(problem)
        #expect(report[property]?.verdict == .failed, "\(verdicts(report))")
        #expect(report[property]?.trace != nil)
    }
}
