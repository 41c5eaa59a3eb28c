/// The name of a list that needs the fewest edits, when those are fewer than half of its letters.
public func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.utf8)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.utf8)
        let limit = max(other.count, wanted.count) / 2
        guard abs(other.count - wanted.count) <= limit else { continue }
        var row = Array(0...other.count)
        for (i, letter) in wanted.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in other.indices {
                let substituted = diagonal + (letter == other[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        let distance = row[other.count]
        let isBetter = best.map { ($0.distance, $0.name) > (distance, candidate) } ?? true
        if distance <= limit, isBetter { best = (candidate, distance) }
    }
    return best?.name
}
