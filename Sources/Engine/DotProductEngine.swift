public import HDL

/// The sparse bit-wise dot-product engine: a fully connected layer in magnetic memory.
///
/// Weight bits lie in the banks as rows of W+ and W- bit-planes, the rows of an image round robin over the banks. The sparse-skip
/// controller (or the dense sequencer) names the next row, the scheduler sends it to its bank, the sensed row meets
/// the activation planes in the AND-accumulate datapath. While one image is computed the next one is filled in.
/// One row takes `max(sense period / banks, plane groups)` cycles; an image takes at least `chunks` cycles to fill.
public struct DotProductEngine: ConfigurableModule {
    /// Rows of all banks together.
    public var rows = 1024
    public var columns = 64
    public var banks = 4
    public var phases = SensePhases()
    public var activationBits = 4
    public var planeLanes = 4
    /// Bits of a sign-magnitude weight, the sign included.
    public var weightBits = 4
    public var filters = 10
    public var chunks = 13
    public var accumulatorWidth = 20
    /// 1 with the sparse-skip controller, 0 with the dense sequencer.
    public var skip = 1

    public init() {}

    public static var parameters: [Parameter<DotProductEngine>] {
        [
            Parameter("rows", \.rows, 2...65536, "rows of all banks together"),
            Parameter("columns", \.columns, 1...512, "cells of a row"),
            Parameter("banks", \.banks, 1...16, "interleaved banks"),
            Parameter("precharge", \.phases.precharge, 1...15, "cycles of pre-charge"),
            Parameter("evaluate", \.phases.evaluate, 1...15, "cycles of evaluation"),
            Parameter("latch", \.phases.latch, 1...15, "cycles of latching"),
            Parameter("activation-bits", \.activationBits, 1...8, "bits of an activation"),
            Parameter("plane-lanes", \.planeLanes, 1...8, "activation bit-planes taken in one cycle"),
            Parameter("weight-bits", \.weightBits, 2...8, "bits of a weight, sign included"),
            Parameter("filters", \.filters, 1...256, "outputs of the layer"),
            Parameter("chunks", \.chunks, 1...256, "pieces of a row's width that make up the inputs"),
            Parameter("accumulator-width", \.accumulatorWidth, 4...64, "bits of a sum"),
            Parameter("skip", \.skip, 0...1, "1 skips empty rows, 0 walks all of them"),
        ]
    }

    /// Magnitude bit-planes of a weight.
    public var planes: Int { weightBits - 1 }
    /// Rows of a bank.
    public var depth: Int { (rows + banks - 1) / banks }
    /// Cycles that the datapath takes for a row.
    public var planeGroups: Int { (activationBits + planeLanes - 1) / planeLanes }
    /// Rows of a layer that fills every group.
    public var layerRows: Int { filters * chunks * 2 * planes }

    /// Bits that every sum of the layer fits in: the largest is all inputs and weights at their largest.
    public var sufficientAccumulatorWidth: Int {
        let largest = columns * chunks * ((1 << activationBits) - 1) * ((1 << planes) - 1)
        return Int.bitWidth - largest.leadingZeroBitCount + 1
    }

    public func checkRelations() throws(ParameterError) {
        if planeLanes > activationBits {
            throw .inconsistent(
                name: "plane-lanes", value: planeLanes, reason: "allowed 1 to activation-bits (\(activationBits))")
        }
        if accumulatorWidth < sufficientAccumulatorWidth {
            throw .inconsistent(
                name: "accumulator-width", value: accumulatorWidth,
                reason: "sums of this layer need \(sufficientAccumulatorWidth) bits")
        }
        if rows < 2 * banks {
            throw .inconsistent(name: "rows", value: rows, reason: "\(banks) banks need \(2 * banks) at least")
        }
        if skip == 0, rows < layerRows {
            throw .inconsistent(
                name: "rows", value: rows, reason: "without skipping the layer needs \(layerRows) rows")
        }
        if filters * chunks > 4096 {
            throw .inconsistent(name: "chunks", value: chunks, reason: "filters × chunks is at most 4096")
        }
    }

    public var moduleName: String { "dot_product_engine" }

    public struct Ports: SignalBundle {
        /// Stores a row of a bank, but for the cells in `writeFail`.
        public let write, writeBank, writeAddress, writeData, writeFail: Input
        /// Sets an entry of the row map, between images only: an image under way would lose its place; absent without
        /// skipping.
        public let mapWrite, mapAddress, mapRows, mapFilter, mapChunk: Input?
        /// The next chunk of activations, one port a bit-plane; taken when `ready`.
        public let valid: Input
        public let planes: [Input]
        public let ready: Output
        /// Sensed bits that read wrong, a port a bank, taken at its latch edge.
        public let upset: [Input]
        /// Sets the counters to zero.
        public let clear: Input
        /// One cycle an image, in which `sums` is its result.
        public let done: Output
        public let sums: [Output]
        /// Clock edges from the first activations to now, and rows sensed.
        public let cycles, senses: Output
        /// The banks' phases, one bit a bank.
        public let precharge, evaluate, latch: Output
    }

    public func ports() -> Ports {
        func whenSkipping(_ width: Int) -> Input? { skip == 1 ? Input(width) : nil }
        return Ports(
            write: Input(), writeBank: Input(addressWidth(banks)), writeAddress: Input(addressWidth(depth)),
            writeData: Input(columns), writeFail: Input(columns), mapWrite: whenSkipping(1),
            mapAddress: whenSkipping(addressWidth(filters * chunks)), mapRows: whenSkipping(2 * planes),
            mapFilter: whenSkipping(addressWidth(filters)), mapChunk: whenSkipping(addressWidth(chunks)),
            valid: Input(), planes: (0..<activationBits).map { _ in Input(columns) }, ready: Output(),
            upset: (0..<banks).map { _ in Input(columns) }, clear: Input(), done: Output(),
            sums: (0..<filters).map { _ in Output(accumulatorWidth) }, cycles: Output(32), senses: Output(32),
            precharge: Output(banks), evaluate: Output(banks), latch: Output(banks))
    }
}
