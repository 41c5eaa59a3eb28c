/// The text of each node of a circuit: its name, or the expression that is written inside its only user.
///
/// One entry of 24 bytes a node holds the name too, so that most nodes ask for no memory of their own.
struct NodeTexts {
    typealias Expression = VerilogModule.Expression

    private struct Entry {
        var expression: Expression?
        /// Whether the expression is the node's own name.
        var isName = false
        var size: Int32 = 1
    }

    private var entries: [Entry]

    init(count: Int) { entries = Array(repeating: Entry(), count: count) }

    /// What is written where the node is used; nil when it has no text yet.
    subscript(node: Int32) -> Expression? { entries[Int(node)].expression }

    /// The node's name in the text; nil when it has none.
    func name(of node: Int32) -> String? {
        let entry = entries[Int(node)]
        guard entry.isName, case .identifier(let name) = entry.expression else { return nil }
        return name
    }

    /// Gives the node a name, which is its text from then on.
    mutating func setName(_ name: String, of node: Int32) {
        entries[Int(node)] = Entry(expression: .identifier(name), isName: true)
    }

    /// Whether the node has a name in the text.
    func hasName(_ node: Int32) -> Bool { entries[Int(node)].isName }

    /// Leaves and prefix operators of the text, which bounds what is written in one place.
    func size(of node: Int32) -> Int32 { entries[Int(node)].size }

    /// Writes an expression where the node is used.
    mutating func set(_ expression: Expression, size: Int32 = 1, for node: Int32) {
        entries[Int(node)] = Entry(expression: expression, size: size)
    }

    /// Drops the text of a node whose users are all written, so that its memory is had for the next one.
    mutating func forget(_ node: Int32) { entries[Int(node)].expression = nil }
}
