import BitVectors

/// Writes a module as its parts are decided: the main part, and the part that only simulations and proofs see.
struct ModuleWriter {
    /// One of the two parts.
    struct Part {
        fileprivate(set) var printer: Printer
        fileprivate(set) var isEmpty = true
        private var endsWithBlank = false

        fileprivate init(_ printer: Printer) { self.printer = printer }

        mutating func add(_ item: VerilogModule.Item) {
            printer.print(item)
            isEmpty = false
            if case .blank = item { endsWithBlank = true } else { endsWithBlank = false }
        }

        /// The text so far, leaving none behind.
        fileprivate mutating func take() -> Printer {
            defer { printer = Printer() }
            return printer
        }

        /// An empty line, unless there is one already or nothing to part.
        mutating func addBlank() {
            if !isEmpty, !endsWithBlank { add(.blank) }
        }
    }

    var main: Part
    var formal: Part
    private let headerEnd: Int

    init(_ name: String, _ ports: [VerilogModule.Port], hasComments: Bool, wires: Int) {
        var printer = Printer(hasComments: hasComments)
        printer.reserve(wires: wires)
        printer.printHeader(name, ports)
        headerEnd = printer.bytes.count
        main = Part(printer)
        formal = Part(Printer(hasComments: hasComments))
    }

    /// The whole text: the parameters, which are known last, stand first.
    mutating func finish(parameters: [(name: String, code: BitVector)]) -> Printer {
        // Taken, not copied: the text of a large module is by far the largest thing in memory.
        var text = main.take()
        if !parameters.isEmpty {
            var first = Printer()
            for parameter in parameters { first.print(.parameter(name: parameter.name, value: parameter.code)) }
            first.print(.blank)
            text.insert(first, at: headerEnd)
        }
        if !formal.isEmpty {
            text.put("\n`ifdef FORMAL\n")
            text.insert(formal.printer)
            text.put("`endif\n")
        }
        text.put("endmodule\n")
        return text
    }
}
