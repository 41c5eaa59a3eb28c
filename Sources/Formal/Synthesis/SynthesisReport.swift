import Foundation

/// A design as cells of a library.
///
/// What counts as what: every register is a flip-flop of the library and is in `cells`. A memory that is written, the
/// junction arrays among them, is a macro that other tools make: its bits are counted in `memories` and neither in `cells`,
/// `registers` nor `areaSquareMicrometres`; paths end and begin at its pins. A table that is only read is gates.
public struct SynthesisReport: Sendable, Equatable {
    public struct Memory: Sendable, Equatable {
        /// Path of the memory, instances separated by points.
        public let name: String
        public let words: Int
        /// Bits of a word.
        public let width: Int
        public var bits: Int { words * width }
    }

    public let top: String
    /// Cells by type.
    public let cellTypes: [String: Int]
    /// Sum of the cells' areas in the library's unit, by convention µm²; without wires.
    public let areaSquareMicrometres: Double
    /// Flip-flops among the cells.
    public let registers: Int
    public let memories: [Memory]
    public internal(set) var timing: TimingReport
    /// Verilog of the mapped netlist, memories as arrays.
    public let netlist: String
    /// Verilog of the cells that it uses, from their functions.
    public let cellModels: String

    public var cells: Int { cellTypes.values.reduce(0, +) }
    public var memoryBits: Int { memories.reduce(0) { $0 + $1.bits } }
}

/// What yosys wrote, read.
struct SynthesisOutput {
    static let memoryType = "$mem_v2"

    /// Cells by type of the top module, from `stat -json`.
    /// - Throws: `SynthesisError.unmapped` for operations left, `SynthesisError.unreadableOutput`.
    static func cellTypes(_ statistics: String, top: String) throws(SynthesisError) -> [String: Int] {
        struct Statistics: Decodable {
            struct Module: Decodable { let num_cells_by_type: [String: Int] }
            let modules: [String: Module]
        }
        guard let read = try? JSONDecoder().decode(Statistics.self, from: Data(statistics.utf8)),
            let module = read.modules["\\\(top)"]
        else { throw .unreadableOutput("yosys", reason: "stat -json says nothing about '\(top)'") }
        let types = module.num_cells_by_type.filter { $0.key != memoryType }
        let unmapped = types.filter { $0.key.hasPrefix("$") }
        if !unmapped.isEmpty { throw .unmapped(unmapped) }
        return types
    }

    /// `Chip area for module '\top': 123.45`; nothing stands there when there is no cell.
    static func area(_ text: String, top: String, hasCells: Bool) throws(SynthesisError) -> Double {
        let start = "Chip area for module '\\\(top)': "
        for line in text.split(separator: "\n") {
            let words = line.drop { $0 == " " }
            guard words.hasPrefix(start) else { continue }
            guard let area = Double(words.dropFirst(start.count)) else {
                throw .unreadableOutput("yosys", reason: "found '\(words)'")
            }
            return area
        }
        if hasCells { throw .unreadableOutput("yosys", reason: "stat -liberty says no area of '\(top)'") }
        return 0
    }

    /// The memories of a dump: lines `cell $mem_v2 \name`, `parameter \SIZE 256`, `parameter \WIDTH 64`.
    static func memories(_ dump: String) throws(SynthesisError) -> [SynthesisReport.Memory] {
        var found: [SynthesisReport.Memory] = []
        var name: String?
        var words: Int?
        for line in dump.split(separator: "\n") {
            let fields = line.split(separator: " ", maxSplits: 2)
            guard fields.count >= 2 else { continue }
            switch (fields[0], fields[1]) {
            case ("cell", Substring(memoryType)):
                name = fields.count > 2 ? String(fields[2].drop { $0 == "\\" }) : ""
                words = nil
            case ("parameter", "\\SIZE"):
                words = fields.count > 2 ? Int(fields[2]) : nil
            case ("parameter", "\\WIDTH"):
                guard let name, let words, fields.count > 2, let width = Int(fields[2]) else {
                    throw .unreadableOutput("yosys", reason: "a memory has no size")
                }
                found.append(.init(name: name, words: words, width: width))
            default: break
            }
        }
        return found
    }

    /// Why a run failed, from its log.
    static func failure(_ log: String) -> SynthesisError {
        let lines = log.split(separator: "\n")
        let latches = lines.filter { $0.hasPrefix("Latch inferred for signal ") }.compactMap { line in
            line.split(separator: "`").dropFirst().first.flatMap { $0.split(separator: "'").first }
        }
        if lines.contains(where: { $0.hasPrefix("ERROR: Assertion failed") }), !latches.isEmpty {
            return .latches(latches.map(plain))
        }
        let loop = "Warning: found logic loop in module "
        if let place = lines.firstIndex(where: { $0.hasPrefix(loop) }) {
            let module = lines[place].dropFirst(loop.count).dropLast()
            let members = lines[(place + 1)...].prefix { $0.hasPrefix("    ") }
            let wires = members.filter { $0.hasPrefix("    wire \\") }.map { plain($0.dropFirst("    wire ".count)) }
            return .combinationalLoop(module: String(module), signals: wires.isEmpty ? ["unnamed signals"] : wires)
        }
        let error = lines.last { $0.hasPrefix("ERROR: ") } ?? lines.last ?? "ERROR: it printed nothing"
        // ABC stops without a result, and yosys misses only the file of it.
        let abc = "ABC: Error: "
        if error.contains("ABC output file"), let cause = lines.last(where: { $0.hasPrefix(abc) }) {
            return .toolFailed("ABC", message: String(cause.dropFirst(abc.count)))
        }
        let isCheck = error.contains("in 'check -assert'")
        if isCheck, let warning = lines.last(where: { $0.hasPrefix("Warning: ") }) {
            return .defect(plain(warning.dropFirst("Warning: ".count)))
        }
        return .toolFailed("yosys", message: String(error.hasPrefix("ERROR: ") ? error.dropFirst(7) : error))
    }

    /// A name without the marks of yosys.
    private static func plain(_ name: Substring) -> String { name.replacingOccurrences(of: "\\", with: "") }
}
