public import Engine
public import Golden
import Randomness

extension Golden.DotProductEngine.Parameters {
    /// The twin's view of the engine's parameters.
    public init(_ engine: Engine.DotProductEngine) {
        self.init()
        columns = engine.columns
        banks = engine.banks
        depth = engine.depth
        phases = Golden.SensePhases(engine.phases)
        activationBits = engine.activationBits
        planeLanes = engine.planeLanes
        planes = engine.planes
        filters = engine.filters
        chunks = engine.chunks
        accumulatorWidth = engine.accumulatorWidth
        skips = engine.skip == 1
    }
}

/// The whole engine: random weights and maps of changing sparsity, a stream of random images with pauses, junctions
/// that read wrong at a given rate, and random upset masks wherever no amplifier latches.
public enum DotProductEnginePair: BlockPair {
    public static let name = "dot-product-engine"
    public static let summary = "a fully connected layer: sparse bit-wise dot products in magnetic memory"

    public static let takesUpsetRate = true

    public static func twin(of hardware: Engine.DotProductEngine) -> Golden.DotProductEngine {
        Golden.DotProductEngine(Golden.DotProductEngine.Parameters(hardware))
    }

    public static func driver(
        of hardware: Engine.DotProductEngine, seed: UInt64, upsetRate: Double
    ) throws -> Driver {
        let upsets = try UpsetSource(
            seed: seed, stream: UpsetStreams.sensing, rows: hardware.layerRows, columns: hardware.columns,
            probability: upsetRate)
        return Driver(hardware: hardware, random: StimulusRandom(seed: seed), source: upsets)
    }

    public struct Driver: StimulusDriver {
        let hardware: Engine.DotProductEngine
        var random: StimulusRandom
        var source: UpsetSource
        public private(set) var upsets = 0
        /// What is still to be loaded before the next images: writes of cells, then entries of the map.
        var loads: [Load] = []
        var pauses = false
        var cyclesToReload = 0

        enum Load {
            case row(bank: Int, address: Int)
            case group(Int, rows: Int)
        }

        init(hardware: Engine.DotProductEngine, random: StimulusRandom, source: UpsetSource) {
            self.hardware = hardware
            self.random = random
            self.source = source
        }

        public var idle: Golden.DotProductEngine.Inputs {
            Golden.DotProductEngine.Inputs(Golden.DotProductEngine.Parameters(hardware))
        }

        public mutating func next(
            _ inputs: inout Golden.DotProductEngine.Inputs, twin: Golden.DotProductEngine
        ) -> StimulusStep {
            if cyclesToReload == 0 { planReload() }
            cyclesToReload -= 1
            load(&inputs)
            inputs.valid = loads.isEmpty && !(pauses && random.once(in: 3))
            for plane in inputs.planes.indices { inputs.planes[plane] = random.row(columns: hardware.columns) }
            inputs.clear = random.once(in: 5000)
            for bank in inputs.upset.indices { inputs.upset[bank] = upset(bank: bank, twin) }
            return .reset(if: random.once(in: 10_000))
        }

        /// A new set of weights and a new map, after enough cycles to see several images with the last ones.
        private mutating func planReload() {
            cyclesToReload = 3 * hardware.layerRows * hardware.planeGroups + hardware.rows
            pauses = random.bit()
            loads = []
            let usefulRows = hardware.skip == 1 ? loadMap() : hardware.layerRows
            for rank in 0..<min(usefulRows, hardware.rows) {
                loads.append(.row(bank: rank % hardware.banks, address: rank / hardware.banks))
            }
            loads.reverse()
        }

        /// Plans a random map; returns the number of useful rows.
        private mutating func loadMap() -> Int {
            let emptiness = [1, 2, 6, 40, 100_000][random.below(5)]
            var usefulRows = 0
            for group in 0..<hardware.filters * hardware.chunks {
                var rows = random.once(in: UInt32(emptiness)) ? random.below(1 << (2 * hardware.planes)) : 0
                if usefulRows + rows.nonzeroBitCount > hardware.rows { rows = 0 }
                usefulRows += rows.nonzeroBitCount
                loads.append(.group(group, rows: rows))
            }
            return usefulRows
        }

        private mutating func load(_ inputs: inout Golden.DotProductEngine.Inputs) {
            inputs.write = false
            inputs.map.mapWrite = false
            switch loads.popLast() {
            case .row(let bank, let address):
                inputs.write = true
                inputs.writeBank = bank
                inputs.writeAddress = address
                inputs.writeData = random.row(columns: hardware.columns)
                inputs.writeFail = random.once(in: 4) ? random.row(columns: hardware.columns) : .none
            case .group(let group, let rows):
                inputs.map.mapWrite = true
                inputs.map.mapAddress = group
                inputs.map.mapRows = rows
                inputs.map.mapFilter = group / hardware.chunks
                inputs.map.mapChunk = group % hardware.chunks
            case nil:
                break
            }
        }

        /// The events of the sense that latches in this cycle; noise, which must be ignored, when none does.
        private mutating func upset(bank: Int, _ twin: Golden.DotProductEngine) -> BitRow {
            guard let sense = twin.latchingSense(bank: bank) else {
                return twin.isLatching(bank: bank) ? .none : random.row(columns: hardware.columns)
            }
            let mask = source.row(image: sense.image, row: sense.row)
            upsets += mask.onesCount
            return mask
        }
    }
}

/// Numbers of the keyed streams, so that no two uses of chance share one.
public enum UpsetStreams {
    /// Sensed bits that read wrong.
    public static let sensing: UInt32 = 1
}

extension UpsetSource {
    /// The upsets of one logical sense as a row.
    @inline(__always)
    mutating func row(image: Int, row number: Int) -> BitRow {
        var row = BitRow.none
        withUnsafeMutableBytes(of: &row) { bytes in
            let words = bytes.bindMemory(to: UInt64.self)
            if let start = words.baseAddress { _ = mask(image: image, row: number, into: start) }
        }
        return row
    }
}
