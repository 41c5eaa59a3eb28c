import Foundation
import Learning

/// What is shown of a training run: a progress line for each epoch, then what the epoch gave and the time left.
final class TrainingProgress {
    private let recipe: NetworkRecipe
    private let steps: Int
    private let output: Output
    private let startSeconds = ProcessInfo.processInfo.systemUptime
    private var line: ProgressLine?
    /// Epochs that this run has done; a resumed one begins with those that are left.
    private var done = 0
    private var firstEpoch = 0

    init(_ recipe: NetworkRecipe, images: Int, output: Output) {
        self.recipe = recipe
        self.output = output
        steps = (images - recipe.validationImages) / max(1, recipe.batch)
    }

    func show(_ event: NetworkTraining.Event) {
        switch event {
        case .step:
            let line = self.line ?? output.progress("epoch", total: steps, unit: "steps")
            self.line = line
            line.advance()
        case .epoch(let number, let epoch):
            line?.finish()
            line = nil
            if done == 0 { firstEpoch = number }
            done += 1
            let seconds = ProcessInfo.processInfo.systemUptime - startSeconds
            let left = Double(recipe.epochs - firstEpoch - done) * seconds / Double(done)
            let sparsity = epoch.sparsity > 0 ? ", \(percent(epoch.sparsity)) pruned" : ""
            output.note(
                "epoch \(number + 1) of \(recipe.epochs), \(epoch.phase.rawValue): loss \(decimal(epoch.loss, 4)), "
                    + "learned \(percent(epoch.learnedAccuracy)), validation \(percent(epoch.validationAccuracy)), "
                    + "rate \(decimal(Double(epoch.learningRate), 5))\(sparsity), \(ProgressLine.duration(left)) left")
        }
    }
}
