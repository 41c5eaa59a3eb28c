internal import Network

extension NetworkTrainer {
    /// The exported network and the finished log.
    func result() throws -> (network: QuantizedNetwork, log: NetworkTrainingLog) {
        var log = log
        log.testAccuracy = try accuracy(data.test, 0..<data.test.count, isQuantized: true)
        log.sparsity = pruner.sparsity
        var training = [
            "seed": "\(recipe.seed)", "recipe": recipe.text, "testAccuracy": "\(log.testAccuracy)",
            "validationAccuracy": "\(log.epochs.last?.validationAccuracy ?? 0)", "groupSparsity": "\(log.sparsity)",
        ]
        training["realTestAccuracy"] = log.realTestAccuracy.map { "\($0)" }
        training["quantizedTestAccuracy"] = log.quantizedTestAccuracy.map { "\($0)" }
        return (try graph.exported(training: training), log)
    }
}
