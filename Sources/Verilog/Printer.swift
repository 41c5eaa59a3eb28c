import BitVectors
public import HDL

/// Writes a module as text. Bytes, not `String`, since this is where emission spends its time.
struct Printer {
    private(set) var bytes: [UInt8] = []
    /// Where the present line began.
    private var lineStart = 0
    /// Column from which a list goes on in the next line.
    static let longLine = 90
    var column: Int { bytes.count - lineStart }

    /// Number of the present line, from 1.
    private var line = 1
    private let hasComments: Bool
    private(set) var lines: [LineOrigin] = []

    /// - Parameter hasComments: whether lines end with the place that they come from.
    init(hasComments: Bool = false) { self.hasComments = hasComments }

    /// Room for the text of a module with so many wires: memory that is not written costs nothing.
    mutating func reserve(wires: Int) { bytes.reserveCapacity(wires * 96) }

    /// A constant as the text writes it.
    static func literal(_ value: BitVector) -> String {
        var printer = Printer()
        printer.putLiteral(value)
        return String(decoding: printer.bytes, as: UTF8.self)
    }

    /// Writes up to four texts; a line end stands last in its text, or the text counts its lines.
    mutating func put(_ first: String, _ second: String = "", _ third: String = "", _ fourth: String = "") {
        putText(first)
        if !second.isEmpty { putText(second) }
        if !third.isEmpty { putText(third) }
        if !fourth.isEmpty { putText(fourth) }
    }

    private mutating func putText(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
        if bytes.last == UInt8(ascii: "\n") {
            line += text.utf8.count == 1 ? 1 : text.utf8.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
            lineStart = bytes.count
        }
    }

    /// A number in decimal digits.
    mutating func put(_ number: Int) {
        if number < 10, number >= 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(number))
        } else {
            putText(String(number))
        }
    }

    mutating func putIndent(_ level: Int) {
        for _ in 0..<level { put("    ") }
    }

    /// ` [7:0]` with its leading space; nothing for one bit.
    mutating func putRange(_ width: Int) {
        if width > 1 {
            put(" [")
            put(width - 1)
            put(":0]")
        }
    }

    /// Takes in a text that was written apart: before what was written from `place` on, or at the end.
    mutating func insert(_ other: Printer, at place: Int? = nil) {
        let place = place ?? bytes.count
        let firstLine =
            place == bytes.count ? line : bytes[..<place].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
        let added = other.line - 1
        bytes.insert(contentsOf: other.bytes, at: place)
        for index in lines.indices where lines[index].line >= firstLine { lines[index].line += added }
        lines += other.lines.map { LineOrigin(line: $0.line + firstLine - 1, count: $0.count, location: $0.location) }
        lines.sort { $0.line < $1.line }
        line += added
        lineStart = bytes.count
    }

    /// The module's name and ports.
    mutating func printHeader(_ name: String, _ ports: [VerilogModule.Port]) {
        put("module ", name, ports.isEmpty ? ";\n" : " (\n")
        for (index, port) in ports.enumerated() {
            put("    ", port.direction.rawValue, port.isVariable ? " reg" : " wire")
            putRange(port.width)
            put(" ", port.name)
            put(index + 1 < ports.count ? ",\n" : "\n);\n")
        }
    }

    /// Ends a line, with the place in the description when comments are asked for, and notes it in the map.
    mutating func endLine(_ place: SourceLocation?, _ text: String = ";") {
        put(text)
        if let place {
            if hasComments { put("  // ", place.description) }
            note(place)
        }
        put("\n")
    }

    /// Lines of one place that follow each other are one entry.
    private mutating func note(_ place: SourceLocation) {
        if let last = lines.last, last.line + last.count == line, last.location.isIdentical(to: place) {
            lines[lines.count - 1].count += 1
        } else {
            lines.append(LineOrigin(line: line, count: 1, location: place))
        }
    }

    mutating func print(_ item: VerilogModule.Item) {
        switch item {
        case .blank:
            put("\n")
        case .wire(let name, let width, let value, let place, let isKept):
            put(isKept ? "    (* keep *) wire" : "    wire")
            putRange(width)
            put(" ", name)
            if let value {
                put(" = ")
                putTop(value)
            }
            endLine(place)
        case .variable(let name, let width, let place):
            put("    reg")
            putRange(width)
            put(" ", name)
            endLine(place)
        case .memory(let name, let width, let depth, let place):
            put("    reg")
            putRange(width)
            put(" ", name, " [0:\(depth - 1)]")
            endLine(place)
        case .parameter(let name, let value):
            put("    localparam")
            putRange(value.width)
            put(" ", name, " = ")
            putLiteral(value)
            put(";\n")
        case .assign(let name, let value, let place):
            put("    assign ", name, " = ")
            putTop(value)
            endLine(place)
        case .integer(let name):
            put("    integer ", name, ";\n")
        case .initial(let statements):
            put("    initial begin\n")
            print(statements, level: 2, operator: " = ")
            put("    end\n")
        case .sequential(let trigger, let label, let statements):
            put("    always @(", trigger.isFalling ? "negedge " : "posedge ", trigger.clock)
            if let reset = trigger.reset { put(" or ", trigger.isResetFalling ? "negedge " : "posedge ", reset) }
            put(") begin", label.map { " : " + $0 } ?? "", "\n")
            print(statements, level: 2, operator: " <= ")
            put("    end\n")
        case .combinational(let label, let statements):
            if label == nil, statements.count == 1, case .assign = statements[0] {
                put("    always @* ")
                print(statements, level: 0, operator: " = ")
                return
            }
            put("    always @* begin", label.map { " : " + $0 } ?? "", "\n")
            print(statements, level: 2, operator: " = ")
            put("    end\n")
        case .instance(let module, let parameters, let name, let connections, let place):
            put("    ", module)
            if !parameters.isEmpty {
                put(" #(\n")
                for (index, parameter) in parameters.enumerated() {
                    put("        .", parameter.name, "(", parameter.value)
                    put(index + 1 < parameters.count ? "),\n" : ")\n    )")
                }
            }
            put(" ", name)
            endLine(place, " (")
            for (index, connection) in connections.enumerated() {
                put("        .", connection.port, "(")
                putTop(connection.value)
                put(index + 1 < connections.count ? "),\n" : ")\n")
            }
            put("    );\n")
        }
    }
}

/// Which place of the description lines of the Verilog come from.
public struct LineOrigin: Sendable, Equatable {
    /// First line of the module's file, from 1.
    public internal(set) var line: Int
    /// Number of lines.
    public internal(set) var count: Int
    public let location: SourceLocation
}
