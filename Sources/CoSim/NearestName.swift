/// The candidate with the smallest edit distance to `name`, the first of equals; nil when none is close enough to help.
func nearestName(to name: String, in candidates: [String]) -> String? {
    let limit = max(2, name.utf8.count / 2)
    let ranked = candidates.map { (distance: editDistance(name, $0), name: $0) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else { return nil }
    return best.name
}

/// Levenshtein distance in bytes. O(n·m).
private func editDistance(_ a: String, _ b: String) -> Int {
    let b = Array(b.utf8)
    var row = Array(0...b.count)
    for (i, x) in a.utf8.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, y) in b.enumerated() {
            let substituted = diagonal + (x == y ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j + 1] + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
