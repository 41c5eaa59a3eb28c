import Network

/// The rows of one layer's weights, filter by filter: what is stored, and the list by which it is walked.
struct RowImage {
    private(set) var rows: [BitRow] = []
    /// The same rows as the timing sees them.
    private(set) var walkedRows: [LayerTiming.Row] = []
    private(set) var entries: [RowListController.Entry] = []
    /// Stored rows that are sensed: all but the one that stands for a filter without any.
    private(set) var sensedRows = 0
    /// Sum of each filter's weights, for the zero point of the activations.
    private(set) var weightSums: [Int] = []

    /// - Parameters:
    ///   - planes: magnitude bit-planes of a weight.
    ///   - chunks: chunks of a window.
    ///   - skipsRows: rows without a set cell are neither stored nor walked.
    ///   - weights: calls its argument with every weight of a filter that is not zero, and the weight's place.
    init(
        filters: Int, planes: Int, chunks: Int, skipsRows: Bool,
        weights: (_ filter: Int, _ body: (_ weight: Int, _ place: (chunk: Int, column: Int)) -> Void) -> Void
    ) {
        var group = Array(repeating: BitRow.none, count: chunks * planes * 2)
        for filter in 0..<filters {
            for index in group.indices { group[index] = .none }
            var sum = 0
            weights(filter) { weight, place in
                sum += weight
                for plane in 0..<planes where abs(weight) >> plane & 1 == 1 {
                    group[(place.chunk * planes + plane) * 2 + (weight < 0 ? 1 : 0)].set(place.column)
                }
            }
            weightSums.append(sum)
            append(group, planes: planes, chunks: chunks, skipsRows: skipsRows)
        }
        if !entries.isEmpty { entries[entries.count - 1].isLast = true }
    }

    /// The rows of a filter that are walked; one empty row for a filter that has none.
    private mutating func append(_ group: [BitRow], planes: Int, chunks: Int, skipsRows: Bool) {
        let first = entries.count
        let firstRow = rows.count
        for chunk in 0..<chunks {
            var walked = 0
            for position in 0..<2 * planes where !skipsRows || group[chunk * planes * 2 + position] != .none {
                walked |= 1 << position
                rows.append(group[chunk * planes * 2 + position])
                walkedRows.append(LayerTiming.Row(chunk: chunk, isEnd: false, isEmpty: false))
                sensedRows += 1
            }
            if walked != 0 { entries.append(RowListController.Entry(rows: walked, chunk: chunk)) }
        }
        if entries.count == first {
            entries.append(RowListController.Entry())
            rows.append(.none)
            walkedRows.append(LayerTiming.Row(chunk: 0, isEnd: true, isEmpty: true))
        }
        walkedRows[firstRow].isEnd = true
        walkedRows[walkedRows.count - 1].isEnd = true
        entries[entries.count - 1].isLastOfFilter = true
    }
}
