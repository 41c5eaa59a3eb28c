/// The strongly connected components of a directed graph, each after those that it leads to (Tarjan, 1972).
///
/// Linear in vertices and edges, and without recursion, so depth is bounded by memory alone.
struct StrongComponents {
    /// The vertices, those of a component side by side, in an order in which edges lead back.
    private(set) var order: [Int32] = []
    /// Number of the component of each vertex, ascending along `order`.
    private(set) var component: [Int32]
    /// Parts of `order` that are components with an edge inside.
    private(set) var cyclic: [Range<Int>] = []

    /// - Parameters:
    ///   - offsets: where the edges of each vertex begin in `targets`, and the number of edges last.
    ///   - targets: the vertices that the edges lead to.
    init(offsets: [Int32], targets: [Int32]) {
        let count = offsets.count - 1
        component = Array(repeating: -1, count: count)
        order.reserveCapacity(count)
        var number = [Int32](repeating: -1, count: count)
        var open: [Int32] = []
        // The lowest number that a vertex reaches is asked for only while it lies on the path.
        var path: [(vertex: Int32, edge: Int32, lowest: Int32)] = []
        var visited: Int32 = 0
        var components: Int32 = 0
        func enter(_ vertex: Int32) {
            number[Int(vertex)] = visited
            open.append(vertex)
            path.append((vertex, offsets[Int(vertex)], visited))
            visited += 1
        }
        for root in 0..<count where number[root] < 0 {
            enter(Int32(root))
            while let (vertex, edge, lowest) = path.last {
                let place = Int(vertex)
                if edge < offsets[place + 1] {
                    path[path.count - 1].edge += 1
                    let next = targets[Int(edge)]
                    if number[Int(next)] < 0 {
                        enter(next)
                    } else if component[Int(next)] < 0 {
                        path[path.count - 1].lowest = min(lowest, number[Int(next)])
                    }
                    continue
                }
                path.removeLast()
                if !path.isEmpty { path[path.count - 1].lowest = min(path[path.count - 1].lowest, lowest) }
                if lowest < number[place] { continue }
                let start = order.count
                while let member = open.popLast() {
                    component[Int(member)] = components
                    order.append(member)
                    if member == vertex { break }
                }
                components += 1
                let edges = offsets[place]..<offsets[place + 1]
                if order.count - start > 1 || edges.contains(where: { targets[Int($0)] == vertex }) {
                    cyclic.append(start..<order.count)
                }
            }
        }
    }
}
