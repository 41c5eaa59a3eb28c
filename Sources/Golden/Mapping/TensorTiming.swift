import Network

/// The cycles of the layers without weights.
enum TensorTiming {
    /// Cycles from a layer's start to the storing of its last code.
    ///
    /// A sum takes the words' cycles and the adder's. A pool is counted by its walker and its unit, which run alone.
    static func cycles(of descriptor: LayerDescriptor, _ parameters: NetworkEngine.Parameters) -> Int {
        if descriptor[.kind] == LayerKind.addition.rawValue {
            let words = descriptor[.bankWords] * parameters.pixelLanes
            return words * (parameters.wordCodes + 2) + ResidualAdder.latency
        }
        var stage = PoolingStage(parameters)
        let shape = descriptor.shape
        stage.clock(descriptor, shape, start: true, word: CodeWord())
        var cycles = 1
        while !stage.isLayerDone {
            stage.clock(descriptor, shape, start: false, word: CodeWord())
            cycles += 1
        }
        return cycles
    }
}
