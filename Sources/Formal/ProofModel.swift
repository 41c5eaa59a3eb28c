import HDL
import Verilog

/// The design as the solver gets it: one flat module in SMT-LIB, and which of its cells is which property.
struct ProofModel {
    /// A check of one instance.
    struct Property: Hashable {
        /// Number of the check in `ProofProblem.checks`, of the instance in `ProofProblem.occurrences`.
        let check: Int
        let occurrence: Int
    }
    /// A cell of the flat module.
    struct Cell {
        let property: Property
        /// The assertion's number in the SMT-LIB text.
        let number: Int
        let role: CheckDeclaration.Kind
    }

    static let file = "model.smt2"
    /// Properties by the name of their cell, as the solver's driver prints it.
    let cells: [String: Cell]
    /// The SMT-LIB text in lines.
    private let lines: [Substring]
    private let top: String

    /// Has yosys read and flatten the design, and finds the properties.
    static func make(
        _ problem: ProofProblem, _ options: ProofOptions, _ tools: ProofTools, in folder: ProofFolder
    ) throws(ProofError) -> ProofModel {
        let top = ProofTop(problem, reset: options.reset)
        for file in problem.files { try folder.write(file.name, file.bytes) }
        try folder.write("\(top.name).v", top.text)
        try folder.write("model.ys", script(problem, top))
        let outcome = try folder.run(tools.yosys, ["-q", "-s", "model.ys"])
        guard outcome.status == 0, let text = folder.read(file) else {
            let lines = outcome.text.split(separator: "\n")
            let message = lines.first { $0.contains("ERROR") } ?? lines.last ?? "no message"
            throw .toolFailed("yosys", status: outcome.status, message: String(message))
        }
        let model = ProofModel(text, problem, top)
        let found = Set(model.cells.values.map(\.property))
        for property in problem.properties where !found.contains(property) {
            throw .lostProperty(problem.name(of: property))
        }
        return model
    }

    private static func script(_ problem: ProofProblem, _ top: ProofTop) -> String {
        let files = problem.files.map(\.name) + ["\(top.name).v"]
        var lines = [
            "read_verilog -formal \(files.joined(separator: " "))",
            "prep -top \(top.name)",
        ]
        // What an instance takes for granted its surroundings in the design have to keep: an obligation.
        let inner = Set(problem.occurrences.dropFirst().map(\.module)).subtracting([problem.top])
        let obliged = inner.filter { module in problem.checks.contains { $0.module == module && $0.kind == .assume } }
        if !obliged.isEmpty {
            lines.append("chformal -assume -assume2assert \(obliged.sorted().joined(separator: " "))")
        }
        lines.append("flatten")
        if problem.hasOneClock {
            // A check is a register's cycle late by itself; with one clock it can be looked at in its own cycle.
            lines += ["async2sync", "chformal -early"]
        } else {
            lines.append("clk2fflogic")
        }
        lines += ["opt_clean", "dffunmap", "write_smt2 -wires \(file)", ""]
        return lines.joined(separator: "\n")
    }

    private init(_ text: String, _ problem: ProofProblem, _ top: ProofTop) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        self.top = top.name
        let places = CheckPlaces(problem)
        var cells: [String: Cell] = [:]
        for line in lines where line.hasPrefix("; yosys-smt2-") {
            let words = line.split(separator: " ", maxSplits: 4)
            guard words.count >= 4,
                let role = CheckDeclaration.Kind(rawValue: String(words[1].dropFirst("yosys-smt2-".count))),
                let number = Int(words[2])
            else { continue }
            let name = String(words[3])
            if let property = places.property(ofCell: name, instance: top.instance) {
                cells[name] = Cell(property: property, number: number, role: role)
            }
        }
        self.cells = cells
    }

    /// The text without some assertions: neither taken for granted nor shown.
    func text(without dropped: Set<Property>) -> String {
        let numbers = Set(
            cells.values.filter { $0.role == .assert && dropped.contains($0.property) }.map(\.number))
        let kept = lines.compactMap { line -> String? in
            for number in numbers {
                if line.hasPrefix("; yosys-smt2-assert \(number) ") { return nil }
                if line.hasPrefix("(define-fun |\(top)_a \(number)| ") {
                    return "(define-fun |\(top)_a \(number)| ((state |\(top)_s|)) Bool true)"
                }
            }
            return String(line)
        }
        return kept.joined(separator: "\n")
    }
}

extension ProofProblem {
    /// Every check of every instance, in the order of a report; assumptions of the top are no claims.
    var properties: [ProofModel.Property] {
        var found: [ProofModel.Property] = []
        for (occurrence, instance) in occurrences.enumerated() {
            for (check, declaration) in checks.enumerated() where declaration.module == instance.module {
                found.append(ProofModel.Property(check: check, occurrence: occurrence))
            }
        }
        return found
    }

    /// `fifo.never_overflows`: path and check.
    func name(of property: ProofModel.Property) -> String {
        let path = occurrences[property.occurrence].path
        let check = checks[property.check].name
        return path.isEmpty ? check : "\(path).\(check)"
    }

    /// Whether the property is an assumption on what is outside the design, not one that an instance makes.
    func isAssumed(_ property: ProofModel.Property) -> Bool {
        checks[property.check].kind == .assume && property.occurrence == 0
    }
}
