private import Network

/// Prunes whole (filter, chunk) groups of weights: all rows of a group are then empty, and the engine never senses them.
///
/// Law: of each layer the given share of groups, rounded down, is zero: those whose weights carry the least of their filter's
/// power, weighted by the square of the scale with which the filter is normalised. A group that is pruned stays so. A filter
/// keeps its last group, since a sum without weights tells nothing.
struct GroupPruner {
    /// For each layer of weights its chunks and the share of its groups that is pruned in the end.
    struct Target {
        let product: ProductLayer
        let normalization: NormalizationLayer?
        let chunks: WindowChunks
        let sparsity: Double

        var groups: Int { chunks.count * product.outputShape.channels }
    }

    let targets: [Target]

    init(_ graph: TrainingGraph) {
        let recipe = graph.recipe
        let weighted = recipe.layers.filter(\.hasWeights)
        var targets: [Target] = []
        for (index, layer) in graph.layers.enumerated() {
            guard let product = layer as? ProductLayer else { continue }
            let window = product.columns.window.size
            targets.append(
                Target(
                    product: product,
                    normalization: index + 1 < graph.layers.count
                        ? graph.layers[index + 1] as? NormalizationLayer : nil,
                    chunks: WindowChunks(
                        windowPixels: window.height * window.width, channels: product.inputShape.channels,
                        columns: recipe.columns, wordCodes: recipe.wordCodes),
                    sparsity: recipe.sparsity(of: weighted[targets.count])))
        }
        self.targets = targets
    }

    /// Prunes until `progress` (0…1) of each layer's share is reached.
    func prune(progress: Double) {
        for target in targets {
            let wanted = Int(Double(target.groups) * target.sparsity * progress)
            prune(target, groups: wanted)
        }
    }

    private func prune(_ target: Target, groups wanted: Int) {
        let outputs = target.product.outputShape.channels
        var powers = groupPowers(target)
        var kept = [Int](repeating: 0, count: outputs)
        var pruned = 0
        for (group, power) in powers.enumerated() {
            if power == nil { pruned += 1 } else { kept[group % outputs] += 1 }
        }
        normalise(&powers, target)
        let order = powers.indices.filter { powers[$0] != nil }.sorted {
            let (first, second) = (powers[$0] ?? 0, powers[$1] ?? 0)
            return first == second ? $0 < $1 : first < second
        }
        let chunks = target.chunks.chunkOfWeight
        var drop = Set<Int>()
        for group in order where pruned + drop.count < wanted && kept[group % outputs] > 1 {
            drop.insert(group)
            kept[group % outputs] -= 1
        }
        guard !drop.isEmpty else { return }
        let weights = target.product.weights
        for (index, chunk) in chunks.enumerated() {
            for output in 0..<outputs where drop.contains(chunk * outputs + output) {
                let place = index * outputs + output
                (weights.mask[place], weights.values[place], weights.velocity[place]) = (0, 0, 0)
            }
        }
    }

    /// The sum of squares of each group, nil where it is pruned; groups are chunk × outputs + output.
    private func groupPowers(_ target: Target) -> [Double?] {
        let outputs = target.product.outputShape.channels
        let weights = target.product.weights
        var powers = [Double?](repeating: nil, count: target.groups)
        for (index, chunk) in target.chunks.chunkOfWeight.enumerated() {
            for output in 0..<outputs where weights.mask[index * outputs + output] != 0 {
                let value = Double(weights.values[index * outputs + output])
                powers[chunk * outputs + output] = (powers[chunk * outputs + output] ?? 0) + value * value
            }
        }
        return powers
    }

    /// Shares of a filter's power, times the square of the scale that it is normalised with.
    private func normalise(_ powers: inout [Double?], _ target: Target) {
        guard let normalization = target.normalization else { return }
        let outputs = target.product.outputShape.channels
        for output in 0..<outputs {
            let groups = stride(from: output, to: powers.count, by: outputs)
            let total = groups.reduce(0.0) { $0 + (powers[$1] ?? 0) }
            let scale = Double(normalization.scale.values[output])
            for group in groups {
                powers[group] = powers[group].map { total > 0 ? $0 / total * scale * scale : 0 }
            }
        }
    }

    /// Share of all groups that is masked.
    var sparsity: Double {
        var (pruned, all) = (0, 0)
        for target in targets {
            let powers = groupPowers(target)
            pruned += powers.filter { $0 == nil }.count
            all += powers.count
        }
        return all == 0 ? 0 : Double(pruned) / Double(all)
    }
}
