import CoSim
import Golden
import Network
import Verification

/// What `hwgen demo` found, as JSON and as text.
struct DemoReport: Encodable {
    let images: Int
    /// Runs with an output that differs from the golden model's, and images whose sums differ from plain integers.
    let mismatches: Int
    let accuracy_clean: Double
    let accuracy_upset: Double
    let accuracy_upset_dense: Double
    let cycles_dense: Int
    let cycles_sparse: Int
    let cycles_without_controller: Int
    let cycles_single_image: Int
    let speedup: Double
    let sparsity: Double
    let bound: Double
    let rows: Int
    let rows_useful: Int
    let rows_fullest_bank: Int
    /// The least cycles of an image: rows at the datapath's rate, the fullest bank's senses, or filling.
    let cycles_bound_per_image: Int
    let senses_sparse: Int
    let senses_dense: Int
    let upsets: Int
    let upsets_dense: Int
    let upset_rate: Double
    let seed: UInt64
    let cycles_checked: Int
    let network: String
    let rtl: String
    let wave: String
    let first_mismatch: String?
    let wave_view: String

    init(demo: Demo, results: [Demo.RunResult], singleImageCycles: Int, folder: String, wave: String, waveView: String)
    {
        let (sparse, upset, dense, denseUpset, sequencer) = (results[0], results[1], results[2], results[3], results[4])
        images = sparse.images
        mismatches = results.reduce(0) { $0 + ($1.mismatch == nil ? 0 : 1) + $1.referenceMismatches }
        first_mismatch = results.compactMap(\.mismatch).first?.description
        accuracy_clean = sparse.accuracy
        accuracy_upset = upset.accuracy
        accuracy_upset_dense = denseUpset.accuracy
        cycles_dense = dense.cycles
        cycles_sparse = sparse.cycles
        cycles_without_controller = sequencer.cycles
        cycles_single_image = singleImageCycles
        speedup = Double(dense.cycles) / Double(max(sparse.cycles, 1))
        sparsity = demo.mapping.rowSparsity
        // A layer without a useful row still takes one step an image, so the bound stays a number.
        bound = Double(demo.mapping.rows.count) / Double(max(demo.mapping.usefulRows.count, 1))
        rows = demo.mapping.rows.count
        rows_useful = demo.mapping.usefulRows.count
        let least = CycleBound(rows: rows_useful, demo.parameters)
        rows_fullest_bank = least.rowsOfFullestBank
        cycles_bound_per_image = least.cyclesPerImage
        senses_sparse = sparse.senses
        senses_dense = dense.senses
        upsets = upset.upsets
        upsets_dense = denseUpset.upsets
        // Of a die's own amplifiers there is no rate but that which was seen.
        let sensed = upset.senses * Demo.columns
        upset_rate =
            switch demo.errors {
            case .none: 0
            case .rate(let rate): rate
            case .die: sensed == 0 ? 0 : Double(upset.upsets) / Double(sensed)
            }
        seed = demo.seed
        cycles_checked = results.reduce(0) { $0 + $1.cycles }
        network = demo.network.name
        rtl = "\(folder)/rtl/\(demo.engine.source.top).f"
        self.wave = wave
        self.wave_view = waveView
    }

    var text: String {
        let verdict =
            mismatches == 0
            ? "no mismatch: every output agreed with the golden model in \(grouped(cycles_checked)) cycles"
            : "MISMATCHES: \(mismatches)" + (first_mismatch.map { "; the first: \($0)" } ?? "")
        return """
            \(grouped(images)) Fashion-MNIST test images on emitted RTL, seed \(seed)
              \(verdict)

              accuracy without upsets        \(percent(accuracy_clean))
              accuracy with upsets           \(percent(accuracy_upset))  (\(grouped(upsets)) of the sensed bits read wrong, rate \(upset_rate))
              the same, every row sensed     \(percent(accuracy_upset_dense))  (\(grouped(upsets_dense)))

              rows                           \(rows_useful) useful of \(rows), sparsity \(percent(sparsity))
              cycles, every row              \(grouped(cycles_dense))
              cycles, no skip controller     \(grouped(cycles_without_controller))
              cycles, useful rows            \(grouped(cycles_sparse))
              speedup                        \(decimal(speedup, 4)), bound 1/(1-s) = \(decimal(bound, 4))
              bound of an image              \(grouped(cycles_bound_per_image)) cycles: rows, fullest bank (\(rows_fullest_bank) rows) or filling, whichever is most
              a single image                 \(grouped(cycles_single_image)) cycles from its first activations to its result

              Verilog                        \(rtl)
              waves of the first image       \(wave)
              to look at them                gtkwave \(wave_view)
            """
    }
}
