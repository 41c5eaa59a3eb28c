/// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into another, no
/// stretch edited twice (optimal string alignment; Damerau 1964). Time and space: the product of the lengths.
package func editDistance(_ first: String, _ second: String) -> Int {
    let rows = Array(first)
    let columns = Array(second)
    var distance = [[Int]](repeating: Array(0...columns.count), count: rows.count + 1)
    for row in 0..<rows.count {
        distance[row + 1][0] = row + 1
        for column in 0..<columns.count {
            let isSame = rows[row] == columns[column]
            var best = min(distance[row][column + 1], distance[row + 1][column]) + 1
            best = min(best, distance[row][column] + (isSame ? 0 : 1))
            if row > 0, column > 0, rows[row] == columns[column - 1], rows[row - 1] == columns[column] {
                best = min(best, distance[row - 1][column - 1] + 1)
            }
            distance[row + 1][column + 1] = best
        }
    }
    return distance[rows.count][columns.count]
}

/// The name that a person most likely meant, nil where none is near.
///
/// Near is a third of the letters wrong at most, or the beginning (two letters or more) of exactly one name. Case
/// and leading dashes do not count; of equally near names the first is taken.
package func nearestName(to found: String, among names: [String]) -> String? {
    // Nobody mistypes a text of hundreds of letters, and the distance is quadratic.
    guard !found.isEmpty, found.utf8.count <= 64 else { return nil }
    func bare(_ name: String) -> String { String(name.lowercased().drop { $0 == "-" }) }
    let meant = bare(found)
    let ranked = names.map { (name: $0, distance: editDistance(meant, bare($0))) }
    let limit = max(1, meant.count / 3)
    if let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit, best.distance < meant.count {
        return best.name
    }
    let completions = names.filter { bare($0).hasPrefix(meant) }
    return completions.count == 1 && meant.count >= 2 ? completions[0] : nil
}
