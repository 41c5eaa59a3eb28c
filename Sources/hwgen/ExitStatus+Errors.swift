import CoSim
import Figures
import Formal
import Sensing
import Verification

extension ExitStatus {
    /// How a command ends that an error ended.
    init(for error: any Error) {
        self =
            switch error {
            case ProofError.missingTool, SynthesisError.missingTool, SynthesisError.missingLibrary,
                CoSimError.toolMissing, IcarusError.missing, BenchmarkError.peerMissing,
                FigureError.missingTool, SensingError.missingProgram:
                .toolMissing
            case BenchmarkError.sumsDiffer, BenchmarkError.emptyEmission, BenchmarkError.resultsDiffer: .checkFailed
            case SynthesisError.latches, SynthesisError.combinationalLoop, SynthesisError.defect,
                SynthesisError.unmapped:
                .checkFailed
            case is OutputMismatch, is ModelError, is BenchmarkMismatch: .checkFailed
            case is Interrupted, is Stopped: .interrupted
            default: .badUsage
            }
    }
}

/// The user stopped the work.
struct Interrupted: Error, CustomStringConvertible {
    var description: String { "stopped" }
}
