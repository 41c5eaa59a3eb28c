import Tools
public import CoSim
public import Engine
public import Golden
public import Network

/// The main job: a trained network's images through emitted RTL and golden model in step, dense and sparse, without
/// and with junctions that read wrong.
public struct Demo {
    public let network: QuantizedNetwork
    public let layer: QuantizedNetwork.FullyConnected
    public let mapping: LayerMapping
    /// The engine that skips, the engine's twin that walks every row, and their Verilog.
    public let engine: CheckedDesign<DotProductEnginePair>
    public let denseEngine: CheckedDesign<DotProductEnginePair>
    public let seed: UInt64
    /// Errors of the runs that have any.
    public let errors: ArrayErrors

    /// - Throws: `DemoError` when the network is not one that the engine computes; what emission throws.
    public init(
        _ network: QuantizedNetwork, seed: UInt64, errors: ArrayErrors,
        phases: Engine.SensePhases = Engine.SensePhases()
    ) throws {
        self.network = network
        self.seed = seed
        self.errors = errors
        layer = try Demo.layer(of: network)
        mapping = LayerMapping(layer, columns: Demo.columns)
        var hardware = Demo.engine(for: layer, inputBits: network.input.bits)
        hardware.phases = phases
        engine = try CheckedDesign(DotProductEnginePair.self, hardware)
        var dense = hardware
        dense.skip = 0
        denseEngine = try CheckedDesign(DotProductEnginePair.self, dense)
    }

    /// Cells of a row in the demo's engine.
    public static let columns = 64

    /// The network's one layer.
    public static func layer(of network: QuantizedNetwork) throws(DemoError) -> QuantizedNetwork.FullyConnected {
        guard network.layers.count == 1, case .fullyConnected(let layer)? = network.layers.first else {
            throw .layers(network.layers.count)
        }
        guard network.input.zeroPoint == 0, layer.requantization == nil, layer.encoding == .signMagnitude else {
            throw .arithmetic
        }
        guard layer.outputs <= 256, (layer.inputs + columns - 1) / columns <= 256 else {
            throw .size(inputs: layer.inputs, outputs: layer.outputs)
        }
        return layer
    }

    /// The engine whose default parameters are made to fit a layer.
    public static func engine(
        for layer: QuantizedNetwork.FullyConnected, inputBits: Int
    ) -> Engine.DotProductEngine {
        var engine = Engine.DotProductEngine()
        engine.columns = columns
        engine.activationBits = inputBits
        engine.planeLanes = inputBits
        engine.weightBits = layer.weightBits
        engine.filters = layer.outputs
        engine.chunks = (layer.inputs + columns - 1) / columns
        engine.rows = max(engine.rows, engine.layerRows)
        engine.accumulatorWidth = max(engine.accumulatorWidth, engine.sufficientAccumulatorWidth)
        return engine
    }

    public var parameters: Golden.DotProductEngine.Parameters { .init(engine.hardware) }

    /// One way to run the images.
    public struct Run: Sendable {
        public enum Kind: String, Sendable { case sparse, dense, sequencer }
        public let kind: Kind
        public let errors: ArrayErrors

        public init(kind: Kind, errors: ArrayErrors) {
            self.kind = kind
            self.errors = errors
        }
    }

    /// What a run came to.
    public struct RunResult: Sendable {
        public let kind: Run.Kind
        public let images: Int
        public let correct: Int
        public let cycles: Int
        public let senses: Int
        public let upsets: Int
        /// The first output that differed from the twin's, if any.
        public let mismatch: OutputMismatch?
        /// Images whose sums differ from plain integer arithmetic with the same events.
        public let referenceMismatches: Int
        public let seconds: Double
        public var accuracy: Double { images == 0 ? 0 : Double(correct) / Double(images) }
    }

    /// Runs images and judges them.
    public func run(
        _ run: Run, _ images: ActivationSet, library: ModelLibrary, progress: @escaping (Int) -> Bool = { _ in true }
    ) throws -> RunResult {
        var parameters = self.parameters
        parameters.skips = run.kind != .sequencer
        let skipping = run.kind == .sparse
        let clock = ContinuousClock()
        let start = clock.now
        var stream = try self.stream(images, parameters, skipping: skipping, run.errors, progress)
        let lockstep = try lockstep(library, parameters)
        var mismatch: OutputMismatch?
        var counted = (cycles: 0, senses: 0)
        do {
            try lockstep.run(&stream)
            // The RTL's own counters, one edge past the last result.
            counted.cycles = Int(try lockstep.model.words(of: "cycles")[0]) - 1
            counted.senses = Int(try lockstep.model.words(of: "senses")[0])
        } catch let found as OutputMismatch {
            mismatch = found
        }
        let seconds = (clock.now - start).seconds
        var reference = EngineReference(
            layer, columns: Demo.columns, skipping: skipping, errors: try chance(run.errors))
        var correct = 0
        var wrong = 0
        for (image, sums) in stream.sums.enumerated() {
            if sums != reference.sums(Array(images.image(image)), image: image) { wrong += 1 }
            if classify(sums) == Int(images.labels[image]) { correct += 1 }
        }
        return RunResult(
            kind: run.kind, images: stream.sums.count, correct: correct, cycles: counted.cycles,
            senses: counted.senses, upsets: stream.upsets, mismatch: mismatch, referenceMismatches: wrong,
            seconds: seconds)
    }

    /// The class with the largest sum, bias included.
    func classify(_ sums: [Int64]) -> Int {
        QuantizedNetwork.largest(of: zip(sums, layer.bias).map { Int32(truncatingIfNeeded: $0 + Int64($1)) })
    }

    private func lockstep(
        _ library: ModelLibrary, _ parameters: Golden.DotProductEngine.Parameters
    ) throws -> Lockstep<Golden.DotProductEngine> {
        let idle = Golden.DotProductEngine.Inputs(parameters)
        return try Lockstep(
            Model(library, seed: seed), twin: Golden.DotProductEngine(parameters), idle: idle)
    }

    private func stream(
        _ images: ActivationSet, _ parameters: Golden.DotProductEngine.Parameters, skipping: Bool,
        _ errors: ArrayErrors, _ progress: @escaping (Int) -> Bool = { _ in true }
    ) throws -> ImageStream {
        ImageStream(
            images, layer: mapping, parameters, skipping: skipping, errors: try chance(errors), progress: progress)
    }

    private func chance(_ errors: ArrayErrors) throws -> ArrayErrors.Chance {
        try errors.chance(rows: mapping.rows.count, columns: Demo.columns, seed: seed)
    }

    /// Cycles of a single image, from its first activations to its result.
    public func singleImageCycles(_ images: ActivationSet, library: ModelLibrary) throws -> Int {
        var stream = try stream(images.prefix(1), parameters, skipping: true, .none)
        try lockstep(library, parameters).run(&stream)
        return stream.cycles
    }

    /// Writes the waves of the first image, its loading left out, and a view of them for GTKWave beside it.
    public func writeWaves(_ images: ActivationSet, library: ModelLibrary, path: String, view viewPath: String) throws {
        var stream = try stream(images.prefix(1), parameters, skipping: true, errors)
        let lockstep = try lockstep(library, parameters)
        try lockstep.run(&stream, cycles: stream.loadCycles)
        try makeFolder(of: path)
        try lockstep.model.openTrace(path: path)
        defer { lockstep.model.closeTrace() }
        try lockstep.run(&stream)
        let name = path.split(separator: "/").last.map(String.init) ?? path
        let view = WaveView.engine(parameters, waveFile: name, top: engine.source.top)
        try writeFile(viewPath, Array(view.text.utf8))
    }

    /// Images as vectors: what drives the engine in each cycle, loading included, and what the golden model answers.
    public func vectors(_ images: ActivationSet) throws -> VectorStream<ImageStream> {
        VectorStream(
            driver: try stream(images, parameters, skipping: true, errors),
            twin: Golden.DotProductEngine(parameters), source: engine.source)
    }
}

/// A network that the demo's engine cannot compute.
public enum DemoError: Error, Equatable, Sendable, CustomStringConvertible {
    case layers(Int)
    case arithmetic
    case size(inputs: Int, outputs: Int)
    case inputs(found: Int, expected: Int)

    public var description: String {
        switch self {
        case .layers(let count):
            "the network has \(count) layer\(count == 1 ? "" : "s"); the engine computes one fully connected layer"
        case .arithmetic:
            "the network's layer has a zero point, requantisation or one-bit weights; the engine gives sums of "
                + "sign-magnitude weights and codes whose zero is 0"
        case .size(let inputs, let outputs):
            "the network's layer is \(inputs) → \(outputs); allowed are 16384 inputs and 256 outputs"
        case .inputs(let found, let expected):
            "the network takes \(found) inputs; the data set's images have \(expected)"
        }
    }
}
