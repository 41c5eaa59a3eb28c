import Network

/// The cycles of the layers without weights.
enum TensorTiming {
    /// Cycles from a layer's start to the storing of its last code.
    ///
    /// A sum takes the words' cycles and the adder's; a maximum one cycle for each word under a window and one for each
    /// pixel. A mean may wait for its divider: it is counted by its walker and its unit, which run alone.
    static func cycles(of descriptor: LayerDescriptor, _ parameters: NetworkEngine.Parameters) -> Int {
        if descriptor[.kind] == LayerKind.addition.rawValue {
            let words = descriptor[.bankWords] * parameters.pixelLanes
            return words * (parameters.wordCodes + 2) + ResidualAdder.latency
        }
        if descriptor[.isAverage] == 0 { return maximumCycles(descriptor) }
        var stage = PoolingStage(parameters)
        let shape = descriptor.shape
        stage.clock(descriptor, shape, start: true, word: CodeWord(), hold: false)
        var cycles = 1
        while !stage.isLayerDone {
            stage.clock(descriptor, shape, start: false, word: CodeWord(), hold: false)
            cycles += 1
        }
        return cycles
    }

    private static func maximumCycles(_ descriptor: LayerDescriptor) -> Int {
        let width = descriptor[.outputWidth]
        let height = descriptor[.outputPixels] / width
        /// Pixels under the windows of a row or column of places, those in the padding left out.
        func covered(places: Int, stride: Int, pad: Int, window: Int, extent: Int) -> Int {
            (0..<places).reduce(0) { $0 + min($1 * stride - pad + window, extent) - max($1 * stride - pad, 0) }
        }
        let rows = covered(
            places: height, stride: descriptor[.strideY], pad: descriptor[.padTop], window: descriptor[.windowHeight],
            extent: descriptor[.inputHeight])
        let columns = covered(
            places: width, stride: descriptor[.strideX], pad: descriptor[.padLeft], window: descriptor[.windowWidth],
            extent: descriptor[.inputWidth])
        // The last word is there a cycle after it is asked for, its result two cycles later.
        return descriptor[.outputPixels] + rows * columns * descriptor[.pixelWords] + 3
    }
}
