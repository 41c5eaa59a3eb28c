import Foundation

/// Cells of x = cos θ on −1…1, of equal size in the polar angle θ, so that they are fine where the wells are narrow.
///
/// The number of cells is even, so that an edge stands at x = 0 and the probability of x < 0 is a sum of whole cells.
struct PolarGrid: Hashable, Sendable {
    /// x of the n + 1 edges, ascending from −1 to 1.
    let edges: [Double]
    /// Middle of each cell.
    let centers: [Double]
    let widths: [Double]

    init(cells: Int) {
        precondition(cells >= 4 && cells.isMultiple(of: 2), "\(cells) cells; an even number from 4 on is allowed")
        edges = (0...cells).map { index in
            // Sines about the middle keep the grid symmetric to the last bit.
            index == cells ? 1 : index == 0 ? -1 : sin(.pi * (Double(index) / Double(cells) - 0.5))
        }
        centers = zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 }
        widths = zip(edges, edges.dropFirst()).map { $1 - $0 }
    }

    var cells: Int { centers.count }
    /// Cells below it have x < 0.
    var middle: Int { cells / 2 }
}
