public import Network

/// Trains a softmax classifier whose quantised weights leave a given share of the array's rows empty.
///
/// Phases: real weights; quantisation in the loop with all rows (the accuracy to compare with); rows given up in steps
/// with retraining in between; retraining with the final rows. The epoch with the best validation accuracy is
/// exported, and what is exported is the very integers that were evaluated. The test images are only ever reported.
public enum RowSparseClassifier {
    /// A trained network with its log; `progress` is called after each epoch.
    ///
    /// Throws `RecipeError` for a recipe out of range and for data of more than 16 classes or too few images.
    /// Complexity: epochs × images × features × outputs products, on one thread.
    public static func train(
        data: DataSplit, recipe: Recipe, progress: (TrainingLog.Epoch) -> Void = { _ in }
    ) throws -> (network: QuantizedNetwork, log: TrainingLog) {
        try recipe.validate()
        try check(data)
        try recipe.checkRows(
            RowGeometry(
                inputs: data.training.features, outputs: data.training.classes, columns: recipe.columns,
                planes: recipe.weightBits - 1))
        return try withoutActuallyEscaping(progress) { progress in
            var run = TrainingRun(data: data, recipe: recipe, progress: progress)
            run.trainDense()
            run.trainQuantized()
            run.prune()
            run.retrain()
            return try run.result(test: data.test)
        }
    }

    private static func check(_ data: DataSplit) throws(RecipeError) {
        let training = data.training
        guard (2...SoftmaxKernel.lanes).contains(training.classes) else {
            throw .data(property: "classes", found: training.classes, allowed: "2 to \(SoftmaxKernel.lanes)")
        }
        guard training.count >= 10 else {
            throw .data(property: "training images", found: training.count, allowed: "10 or more")
        }
        guard data.test.features == training.features else {
            throw .data(property: "test pixels", found: data.test.features, allowed: "\(training.features)")
        }
        guard data.test.classes == training.classes else {
            throw .data(property: "test classes", found: data.test.classes, allowed: "\(training.classes)")
        }
    }
}
