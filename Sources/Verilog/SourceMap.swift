import HDL

extension Emission {
    /// Where each line of the Verilog comes from, as JSON: `files` are the places' files, and each module's rows are
    /// `[first line of the Verilog, number of lines, index into files, line there]`, a module a line.
    public var sourceMap: File {
        var files: [String] = []
        var numbers: [String: Int] = [:]
        var rows: [String] = []
        for (module, origins) in zip(modules, self.origins) {
            let entries = origins.map { origin in
                let file = "\(origin.location.file)"
                let number = numbers[file] ?? files.count
                if number == files.count {
                    numbers[file] = number
                    files.append(file)
                }
                return "[\(origin.line),\(origin.count),\(number),\(origin.location.line)]"
            }
            rows.append("    \(quoted(module.name)): [\(entries.joined(separator: ","))]")
        }
        let text = """
            {
              "files": [\(files.map(quoted).joined(separator: ", "))],
              "modules": {
            \(rows.joined(separator: ",\n"))
              }
            }

            """
        return File(name: "\(top).sources.json", bytes: Array(text.utf8))
    }
}

/// A text as a JSON string; names of files and modules hold no control characters.
private func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
}
