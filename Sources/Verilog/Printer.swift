import BitVectors

/// Writes a module as text. Bytes, not `String`, since this is where emission spends its time.
struct Printer {
    private(set) var bytes: [UInt8] = []
    /// Where the present line began.
    private var lineStart = 0
    /// Column from which a list goes on in the next line.
    static let longLine = 90
    var column: Int { bytes.count - lineStart }

    static func text(of module: VerilogModule) -> [UInt8] {
        var printer = Printer()
        printer.bytes.reserveCapacity(module.items.count * 48)
        printer.print(module)
        return printer.bytes
    }

    mutating func put(_ texts: String...) {
        for text in texts {
            bytes.append(contentsOf: text.utf8)
            if bytes.last == UInt8(ascii: "\n") { lineStart = bytes.count }
        }
    }

    mutating func putIndent(_ level: Int) {
        for _ in 0..<level { put("    ") }
    }

    /// ` [7:0]` with its leading space; nothing for one bit.
    mutating func putRange(_ width: Int) {
        if width > 1 {
            put(" [\(width - 1):0]")
        }
    }

    private mutating func print(_ module: VerilogModule) {
        put("module ", module.name, " (\n")
        for (index, port) in module.ports.enumerated() {
            put("    ", port.direction.rawValue, port.isVariable ? " reg" : " wire")
            putRange(port.width)
            put(" ", port.name)
            put(index + 1 < module.ports.count ? ",\n" : "\n")
        }
        put(");\n")
        for item in module.items { print(item) }
        put("endmodule\n")
    }

    private mutating func print(_ item: VerilogModule.Item) {
        switch item {
        case .blank:
            put("\n")
        case .wire(let name, let width, let value):
            put("    wire")
            putRange(width)
            put(" ", name)
            if let value {
                put(" = ")
                putTop(value)
            }
            put(";\n")
        case .variable(let name, let width):
            put("    reg")
            putRange(width)
            put(" ", name, ";\n")
        case .memory(let name, let width, let depth):
            put("    reg")
            putRange(width)
            put(" ", name, " [0:\(depth - 1)];\n")
        case .assign(let name, let value):
            put("    assign ", name, " = ")
            putTop(value)
            put(";\n")
        case .clear(let memory, let index, let width, let depth):
            put("    integer \(index);\n    initial begin\n")
            put(
                "        for (\(index) = 0; \(index) < \(depth); \(index) = \(index) + 1)\n            \(memory)[\(index)] = "
            )
            putLiteral(.zeros(width))
            put(";\n    end\n")
        case .sequential(let statements):
            put("    always @(posedge clk) begin\n")
            print(statements, level: 2, operator: " <= ")
            put("    end\n")
        case .combinational(let statements):
            put("    always @* begin\n")
            print(statements, level: 2, operator: " = ")
            put("    end\n")
        case .instance(let module, let name, let connections):
            put("    ", module, " ", name, " (\n")
            for (index, connection) in connections.enumerated() {
                put("        .", connection.port, "(")
                putTop(connection.value)
                put(index + 1 < connections.count ? "),\n" : ")\n")
            }
            put("    );\n")
        }
    }
}
