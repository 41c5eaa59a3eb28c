/// `hwgen bench engine`: cycles of the network engine beside those of a published engine of the same mathematics.
enum BenchEngineCommand {
    static let specification = CommandSpecification(
        name: "bench engine", summary: "count a dense convolution's cycles in the RTL beside PULP's RBE",
        details:
            "A 3 x 3 convolution of 64 to 64 channels at 2, 4 and 8 bits runs in the RTL. RBE's cycles follow from its "
            + "published design, for computing alone. Cycles are numbers of the design: they do not depend on this machine.",
        options: [
            OptionSpecification("bits", .integer(2...8), help: "bits of weights and activations: this width alone"),
            .seed(),
        ], examples: ["hwgen bench engine", "hwgen bench engine --bits 4 --json"])

    struct Report: Encodable {
        let layers: [EngineBenchmark.Row]
    }

    static func run(_ command: ParsedCommand, _ output: Output) throws -> ExitStatus {
        let seed = try command.unsigned("seed")
        let widths = command.isGiven("bits") ? [try command.integer("bits")] : [2, 4, 8]
        let progress = output.progress("Layers through the RTL", total: widths.count, unit: "layers")
        let benchmark = try EngineBenchmark(seed: seed)
        var rows: [EngineBenchmark.Row] = []
        for bits in widths {
            rows.append(try benchmark.row(bits: bits))
            progress.advance()
            if Interrupt.isRequested { throw Interrupted() }
        }
        progress.finish()
        let lines = rows.map { row in
            "\(row.weight_bits):\(row.activation_bits)".padding(to: 6) + "\(row.cycles)".padding(to: 10)
                + percent(row.utilisation).padding(to: 13) + "\(row.window_stall_cycles)".padding(to: 16)
                + "\(row.bank_stall_cycles)".padding(to: 8) + "\(row.products_per_cycle)".padding(to: 10)
                + "\(row.rbe_cycles)".padding(to: 12) + "\(row.rbe_products_per_cycle)".padding(to: 10)
                + decimal(row.ratio, 2)
        }
        let title =
            "bits".padding(to: 6) + "cycles".padding(to: 10) + "utilisation".padding(to: 13)
            + "stalls: window".padding(to: 16) + "bank".padding(to: 8) + "products".padding(to: 10)
            + "RBE cycles".padding(to: 12) + "products".padding(to: 10) + "RBE cycles / ours, for equal products"
        try output.result(Report(layers: rows), text: ([title] + lines).joined(separator: "\n"))
        return .done
    }
}
