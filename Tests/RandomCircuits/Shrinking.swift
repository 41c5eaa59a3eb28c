public import Foundation

/// Makes a failing circuit as small as it gets: of the simplifications of a recipe the first one that fails too takes its
/// place, until none fails.
///
/// Many candidates share one build, so that it works with a slow compiler too.
/// - Returns: The smallest failing circuit.
public func shrink(
    _ disagreement: Disagreement, batch: Int = 60, in folder: URL
) throws -> Disagreement {
    var smallest = disagreement
    var isDone = false
    while !isDone {
        isDone = true
        var candidates = smallest.recipe.simplifications[...]
        while !candidates.isEmpty {
            let trials = candidates.prefix(batch).enumerated().compactMap { index, recipe -> Trial? in
                var recipe = recipe
                recipe.name = "random_\(disagreement.seed)_\(index)"
                return try? Trial(recipe, seed: disagreement.seed)
            }
            candidates = candidates.dropFirst(batch)
            let folder = folder.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let found = try disagreements(
                trials, with: disagreement.simulator, in: folder)
            if let first = found.first {
                smallest = first
                isDone = false
                break
            }
        }
    }
    return smallest
}
