import BitVectors
public import HDL

/// How many nodes of each operation and width were compared.
public struct Coverage: Sendable, Equatable {
    public struct Cell: Hashable, Sendable {
        public let operation: Operation
        public let width: Int
        public init(_ operation: Operation, _ width: Int) {
            self.operation = operation
            self.width = width
        }
    }
    public struct FunctionCell: Hashable, Sendable {
        public let function: WordFunction
        public let width: Int
        public init(_ function: WordFunction, _ width: Int) {
            self.function = function
            self.width = width
        }
    }
    public private(set) var counts: [Cell: Int] = [:]
    /// Calls of word functions: after elaboration they are operations.
    public private(set) var functionCounts: [FunctionCell: Int] = [:]

    public init() {}

    /// Counts the nodes that something depends on after constant folding, of all definitions.
    ///
    /// The width is that of the first operand where the operation has operands: of the words and not of the condition,
    /// of the word and not of the address; of the result for a concatenation.
    public mutating func add(_ design: Design) {
        for circuit in design.circuits {
            for index in usedNodes(of: circuit) {
                let node = circuit.nodes[Int(index)]
                add(node.operation, Coverage.width(of: node, in: circuit), 1)
            }
        }
    }

    /// Counts the calls of word functions.
    public mutating func add(_ recipe: Recipe) {
        for case .word(let call, _) in recipe.steps.map(\.kind) { add(call.function, call.coveredWidth, 1) }
    }

    public mutating func add(_ function: WordFunction, _ width: Int, _ count: Int) {
        functionCounts[FunctionCell(function, width), default: 0] += count
    }

    public mutating func add(_ operation: Operation, _ width: Int, _ count: Int) {
        guard Recipe.widths.contains(width) else { return }
        counts[Cell(operation, width), default: 0] += count
    }

    private static func width(of node: Node, in circuit: Circuit) -> Int {
        switch node.operation {
        case .not, .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet, .oneHotToBinary, .and, .or, .xor,
            .add, .subtract, .multiply, .divide, .modulo, .divideSigned, .moduloSigned, .equal, .notEqual, .less,
            .lessOrEqual, .lessSigned, .lessOrEqualSigned, .shiftLeft, .shiftRight, .shiftRightSigned, .slice,
            .dynamicBit:
            Int(circuit.nodes[Int(node.a)].width)
        default: Int(node.width)
        }
    }

    /// Whether a circuit can have such a node: clocks and resets have one bit, of which there is no part, and no
    /// concatenation has less than two.
    public static func isPossible(_ cell: Cell) -> Bool {
        switch cell.operation {
        case .clock, .reset: cell.width == 1
        case .slice, .concatenate: cell.width > 1
        // Of one bit they are nothing to compute, so that constant folding leaves none.
        case .reduceAnd, .reduceOr, .reduceXor, .popcount, .isolateLowestSet, .oneHotToBinary, .shiftRightSigned:
            cell.width > 1
        default: true
        }
    }

    /// Cells that nothing filled though something could.
    public var empty: [Cell] {
        Operation.allCases.flatMap { operation in Recipe.widths.map { Cell(operation, $0) } }
            .filter { Coverage.isPossible($0) && counts[$0, default: 0] == 0 }
    }

    /// Functions and widths that no call was drawn of.
    public var emptyFunctions: [FunctionCell] {
        WordFunction.allCases.flatMap { function in
            Coverage.widths(of: function).map { FunctionCell(function, $0) }
        }.filter { functionCounts[$0, default: 0] == 0 }
    }

    /// Those with a choice of the width; conditions are one or two.
    private static func widths(of function: WordFunction) -> [Int] {
        [.allOf, .anyOf].contains(function) ? [1, 2] : Recipe.widths
    }

    /// The table of word functions in Markdown.
    public var functionTable: String {
        let rows = WordFunction.allCases.map { function in
            let widths = Coverage.widths(of: function)
            let cells = Recipe.widths.map { width in
                widths.contains(width) ? String(functionCounts[FunctionCell(function, width), default: 0]) : "-"
            }
            return "| \(function) | " + cells.joined(separator: " | ") + " |"
        }
        return Coverage.table("function", rows)
    }

    private static func table(_ subject: String, _ rows: [String]) -> String {
        let head = "| \(subject) | " + Recipe.widths.map(String.init).joined(separator: " | ") + " |"
        let rule = "|---|" + String(repeating: "---:|", count: Recipe.widths.count)
        return ([head, rule] + rows).joined(separator: "\n")
    }

    /// The table in Markdown: a row for each operation, a column for each width.
    public var table: String {
        let rows = Operation.allCases.map { operation in
            let cells = Recipe.widths.map { width -> String in
                let cell = Cell(operation, width)
                return Coverage.isPossible(cell) ? String(counts[cell, default: 0]) : "-"
            }
            return "| \(operation) | " + cells.joined(separator: " | ") + " |"
        }
        return Coverage.table("operation", rows)
    }
}
