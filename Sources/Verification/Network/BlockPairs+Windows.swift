public import Engine
public import Golden

extension Golden.WindowGatherer.Parameters {
    /// The twin's view of the gatherer's parameters.
    init(_ gatherer: Engine.WindowGatherer) {
        self.init()
        columns = gatherer.columns
        wordCodes = gatherer.wordCodes
        activationBits = gatherer.activationBits
        depth = gatherer.depth
        pixels = gatherer.pixels
        pixelLanes = gatherer.pixelLanes
        chunks = gatherer.chunks
    }
}

extension StimulusRandom {
    /// A window on a tensor, both small; strides, paddings and words of a pixel as they come.
    mutating func layerShape(wordCodes: Int, depth: Int) -> Golden.LayerShape {
        var shape = Golden.LayerShape()
        shape.base = below(depth)
        shape.height = 1 + below(7)
        shape.width = 1 + below(7)
        shape.pixelWords = 1 + below(3)
        shape.lastCodes = 1 + below(wordCodes)
        let (top, left) = (below(3), below(3))
        shape.windowHeight = top + 1 + below(3)
        shape.windowWidth = left + 1 + below(3)
        (shape.padTop, shape.padLeft) = (top, left)
        shape.strideX = 1 + below(3)
        shape.strideY = 1 + below(3)
        shape.strideLine = shape.strideY * shape.width
        shape.padLine = top * shape.width
        // Windows that begin in the tensor or in the padding before it.
        shape.outputWidth = (shape.width - 1 + left) / shape.strideX + 1
        shape.outputPixels = shape.outputWidth * ((shape.height - 1 + top) / shape.strideY + 1)
        return shape
    }

    /// Random codes of so many bits.
    mutating func word(codes: Int, bits: Int) -> CodeWord {
        var word = CodeWord()
        for number in 0..<codes { word[number] = UInt8(below(1 << bits)) }
        return word
    }
}

/// Window gatherer: layers of random shapes one after the other, halves freed late or at once.
public enum WindowGathererPair: BlockPair {
    public static let name = "window-gatherer"
    public static let summary = "packs the windows of a convolution into chunks (im2col)"

    public static func twin(of hardware: Engine.WindowGatherer) -> Golden.WindowGatherer {
        Golden.WindowGatherer(Golden.WindowGatherer.Parameters(hardware))
    }

    public static func driver(of hardware: Engine.WindowGatherer, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(hardware: hardware, random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.WindowGatherer
        var random: StimulusRandom
        /// Groups of the layer that are not stored yet, and halves that are full.
        var groups = 0
        var full = 0
        var isSlow = false

        public var idle: Golden.WindowGatherer.Inputs {
            Golden.WindowGatherer.Inputs(wordCodes: hardware.wordCodes, activationBits: hardware.activationBits)
        }

        public mutating func next(
            _ inputs: inout Golden.WindowGatherer.Inputs, twin: Golden.WindowGatherer
        ) -> StimulusStep {
            inputs.start = groups == 0 && random.once(in: 4)
            if inputs.start {
                inputs.shape = random.layerShape(wordCodes: hardware.wordCodes, depth: hardware.depth)
                inputs.padding = UInt8(random.below(1 << hardware.activationBits))
                groups = (inputs.shape.outputPixels + hardware.pixels - 1) / hardware.pixels
                isSlow = random.bit()
            }
            inputs.word = random.word(codes: hardware.wordCodes, bits: hardware.activationBits)
            inputs.free = full > 0 && random.once(in: isSlow ? 60 : 2)
            if inputs.free { full -= 1 }
            if twin.isWriting && twin.isWriteLast {
                full += 1
                groups -= 1
            }
            guard random.once(in: 3000) else { return .run }
            (groups, full) = (0, 0)
            return .reset
        }
    }
}

/// Window buffer: chunks stored, halves issued and freed at random.
public enum WindowBufferPair: BlockPair {
    public static let name = "window-buffer"
    public static let summary = "two groups of gathered windows as bit-planes"

    static func parameters(of buffer: Engine.WindowBuffer) -> Golden.WindowBuffer.Parameters {
        var parameters = Golden.WindowBuffer.Parameters()
        parameters.columns = buffer.columns
        parameters.chunks = buffer.chunks
        parameters.activationBits = buffer.activationBits
        parameters.planeLanes = buffer.planeLanes
        parameters.pixels = buffer.pixels
        parameters.pixelLanes = buffer.pixelLanes
        return parameters
    }

    public static func twin(of hardware: Engine.WindowBuffer) -> Golden.WindowBuffer {
        Golden.WindowBuffer(parameters(of: hardware))
    }

    public static func driver(of hardware: Engine.WindowBuffer, seed: UInt64, upsetRate: Double) -> Driver {
        Driver(parameters: parameters(of: hardware), random: StimulusRandom(seed: seed))
    }

    public struct Driver: StimulusDriver {
        let parameters: Golden.WindowBuffer.Parameters
        var random: StimulusRandom

        public var idle: Golden.WindowBuffer.Inputs { Golden.WindowBuffer.Inputs(parameters) }

        public mutating func next(
            _ inputs: inout Golden.WindowBuffer.Inputs, twin: Golden.WindowBuffer
        ) -> StimulusStep {
            inputs.write = random.bit()
            inputs.writeHalf = random.below(2)
            inputs.writePixel = random.below(parameters.pixels)
            inputs.writeChunk = random.below(parameters.chunks)
            // Often with planes, or all of them, zero.
            let largest = random.below(1 << parameters.activationBits) & random.below(1 << parameters.activationBits)
            for column in inputs.writeCodes.indices {
                inputs.writeCodes[column] = UInt8(random.below(1 << parameters.activationBits) & largest)
            }
            inputs.writeLast = random.once(in: 5)
            inputs.issueChunk = random.below(parameters.chunks)
            inputs.issued = random.once(in: 6)
            inputs.free = random.once(in: 6)
            inputs.chunk = random.below(parameters.chunks)
            inputs.step = random.below(parameters.pixelSteps)
            inputs.planeGroup = random.below(parameters.planeGroups)
            return .reset(if: random.once(in: 2000))
        }
    }
}
