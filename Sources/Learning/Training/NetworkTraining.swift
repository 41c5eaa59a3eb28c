public import Network

/// Trains convolutional networks for the engine: real numbers first, then quantisation in the loop, then pruning.
public enum NetworkTraining {
    /// What a run needs beside recipe and data.
    public struct Options: Sendable {
        public var threads = 1
        /// The file of the run's state, written after each epoch; nil for none.
        public var checkpoint: String?
        /// Whether the run goes on from that file.
        public var resumes = false

        public init() {}
    }

    /// What is told while a run goes on.
    public enum Event: Sendable {
        /// A step is done; its mean loss in nats.
        case step(loss: Double)
        /// An epoch is done; its number counts from zero.
        case epoch(number: Int, NetworkTrainingLog.Epoch)
    }

    /// A trained network with its log: what the last epoch gave, whose validation accuracy is the last one of the log.
    ///
    /// `progress` is called after each step and each epoch, and says whether to go on. Throws `RecipeError` for a recipe out
    /// of range, `CheckpointError` for a checkpoint that cannot be used, and `TrainingStopped`. Law: the same recipe and data
    /// give the same network for any number of threads, and however often the run was stopped and resumed.
    public static func train(
        data: DataSplit, recipe: NetworkRecipe, options: Options = Options(), progress: (Event) -> Bool = { _ in true }
    ) throws -> (network: QuantizedNetwork, log: NetworkTrainingLog) {
        try recipe.validate(for: data.training)
        let trainer = NetworkTrainer(data: data, recipe: recipe, threads: options.threads)
        if options.resumes, let path = options.checkpoint { try trainer.restore(from: path) }
        while trainer.epoch < recipe.epochs {
            guard let epoch = try trainer.runEpoch({ progress(.step(loss: $0)) }) else { throw TrainingStopped() }
            if let path = options.checkpoint { try trainer.save(to: path) }
            if !progress(.epoch(number: trainer.epoch - 1, epoch)), trainer.epoch < recipe.epochs {
                throw TrainingStopped()
            }
        }
        return try trainer.result()
    }
}

/// A training run was stopped; its checkpoint, if any, is that of the last whole epoch.
public struct TrainingStopped: Error, Equatable, CustomStringConvertible {
    public var description: String { "stopped" }
}
