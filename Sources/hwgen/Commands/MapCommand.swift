import Engine
import Golden
import Network
import Verification

/// `hwgen map`: where a network lies in the engine, and the cycles that it takes.
enum MapCommand {
    static let specification = CommandSpecification(
        name: "map", summary: "place a network in the arrays of the network engine and predict its cycles",
        details:
            "Cycles are those of the RTL, exactly; they are computed row by row. Rows without a set cell are neither "
            + "stored nor sensed, unless --dense is given. With --skip-zeros cycles and senses depend on the image: they "
            + "are the most that one takes, and the fewest cycles stand beside.",
        positionals: [NetworkArguments.positional], options: NetworkArguments.options,
        examples: ["hwgen map lenet.hwnet", "hwgen map lenet.hwnet --set columns=128 --set banks=8 --json"])

    struct Report: Encodable {
        struct Layer: Encodable {
            let name: String
            let cycles: Int
            let least_cycles: Int
            let rows: Int
            let dense_rows: Int
            let row_sparsity: Double
            let senses: Int
            let pixel_groups: Int
            let window_chunks: Int
            let window_stall_cycles: Int
            let bank_stall_cycles: Int
            let bottleneck: String?
        }
        let network: String
        /// Rows that are stored, their share of the array, and the share of their cells that are set.
        let rows: Int
        let rows_available: Int
        let utilisation: Double
        let cell_utilisation: Double
        let cycles: Int
        let least_cycles: Int
        let senses: Int
        let activation_words: Int
        let layers: [Layer]
        let parameters: [String: Int]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let arguments = try NetworkArguments(command)
        let engine = arguments.engine
        let mapping = arguments.mapping
        let set = mapping.rows.reduce(0) { $0 + $1.cells.onesCount }
        let layers = mapping.layers.enumerated().map { number, layer in
            Report.Layer(
                name: "\(number) \(layer.kind)", cycles: layer.cycles, least_cycles: layer.leastCycles,
                rows: layer.storedRows,
                dense_rows: layer.denseRows,
                row_sparsity: layer.denseRows == 0 ? 0 : 1 - Double(layer.sensedRows) / Double(layer.denseRows),
                senses: layer.sensedRows * layer.groups, pixel_groups: layer.groups, window_chunks: layer.chunks,
                window_stall_cycles: layer.windowStalls, bank_stall_cycles: layer.bankStalls,
                bottleneck: layer.bottleneck?.rawValue)
        }
        let report = Report(
            network: arguments.network.name, rows: mapping.rows.count, rows_available: engine.bankRows * engine.banks,
            utilisation: Double(mapping.rows.count) / Double(engine.bankRows * engine.banks),
            cell_utilisation: Double(set) / Double(max(1, mapping.rows.count * engine.columns)),
            cycles: mapping.cycles, least_cycles: mapping.leastCycles, senses: mapping.senses,
            activation_words: mapping.activationDepth * engine.pixelLanes,
            layers: layers,
            parameters: Dictionary(
                uniqueKeysWithValues: type(of: engine).parameters.map { ($0.name, engine[keyPath: $0.path]) }))
        try output.result(report, text: text(report, isBound: mapping.skipsZeros))
        return .done
    }

    private static func text(_ report: Report, isBound: Bool) -> String {
        let cycles =
            report.least_cycles < report.cycles ? "\(report.least_cycles) to \(report.cycles)" : "\(report.cycles)"
        let head =
            "\(report.network): \(report.rows) rows of \(report.rows_available), "
            + "\(percent(report.cell_utilisation)) of their cells set; \(cycles) cycles and "
            + "\(isBound ? "at most " : "")\(report.senses) senses an image"
        let title =
            "layer".padding(to: 28) + "rows".padding(to: 9) + "sparsity".padding(to: 10) + "groups".padding(to: 8)
            + "cycles".padding(to: 10) + "stalls: window".padding(to: 16) + "bank".padding(to: 8) + "bound by"
        let lines = report.layers.map { layer in
            layer.name.padding(to: 28) + "\(layer.rows)".padding(to: 9) + percent(layer.row_sparsity).padding(to: 10)
                + "\(layer.pixel_groups)".padding(to: 8) + "\(layer.cycles)".padding(to: 10)
                + "\(layer.window_stall_cycles)".padding(to: 16) + "\(layer.bank_stall_cycles)".padding(to: 8)
                + (layer.bottleneck ?? "")
        }
        return ([head, title] + lines).joined(separator: "\n")
    }
}
