import Formal
import Verification

/// What `hwgen synth` prints; the names are those of the JSON keys.
struct SynthReport: Encodable {
    struct Memory: Encodable {
        let name: String
        let words, width, bits: Int
    }
    struct Path: Encodable {
        let start, end: String
        let levels: Int
    }
    struct FirstMismatch: Encodable {
        let cycle: Int
        let port, expected, actual: String
    }

    let design, top, liberty: String
    /// Cells of the library, flip-flops among them; no memories.
    let cells: Int
    let cell_types: [String: Int]
    let area_um2: Double
    let registers: Int
    let memory_bits: Int
    let memories: [Memory]
    let arrival_s: Double
    let minimum_period_s: Double
    let clock_period_s: Double?
    let slack_s: Double?
    let critical_path: Path?
    let seconds: Double
    private(set) var cycles: Int?
    private(set) var seed: UInt64?
    private(set) var mismatches: Int?
    private(set) var first_mismatch: FirstMismatch?

    init(
        design: String, _ synthesis: SynthesisReport, _ library: CellLibrary, _ options: SynthesisOptions,
        seconds: Double
    ) {
        let timing = synthesis.timing
        self.design = design
        top = synthesis.top
        liberty = library.fileName
        cells = synthesis.cells
        cell_types = synthesis.cellTypes
        area_um2 = synthesis.areaSquareMicrometres
        registers = synthesis.registers
        memory_bits = synthesis.memoryBits
        memories = synthesis.memories.map {
            Memory(name: $0.name, words: $0.words, width: $0.width, bits: $0.bits)
        }
        arrival_s = timing.arrivalSeconds
        minimum_period_s = timing.minimumPeriodSeconds
        clock_period_s = options.clockPeriodSeconds
        slack_s = options.clockPeriodSeconds.map { $0 - timing.minimumPeriodSeconds }
        critical_path = timing.criticalPath.map { Path(start: $0.start, end: $0.end, levels: $0.levels) }
        self.seconds = seconds
    }

    /// Adds what the gate-level check found.
    mutating func add(_ result: GateLevelResult, seed: UInt64) {
        self.seed = seed
        cycles = result.cycles
        mismatches = result.mismatches
        first_mismatch = result.firstMismatch.map {
            FirstMismatch(cycle: $0.cycle, port: $0.port, expected: $0.expected, actual: $0.actual)
        }
    }

    /// Whether the period is met and the netlist does what the Verilog does, as far as either was asked.
    var isPassed: Bool { (slack_s ?? 0) >= 0 && (mismatches ?? 0) == 0 }

    private enum CodingKeys: String, CodingKey {
        case design, top, liberty, cells, cell_types, area_um2, registers, memory_bits, memories, arrival_s
        case minimum_period_s, clock_period_s, slack_s, critical_path, seconds, cycles, seed, mismatches, first_mismatch
    }

    /// Every key is written, also for what was not asked for: `null`.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(design, forKey: .design)
        try container.encode(top, forKey: .top)
        try container.encode(liberty, forKey: .liberty)
        try container.encode(cells, forKey: .cells)
        try container.encode(cell_types, forKey: .cell_types)
        try container.encode(area_um2, forKey: .area_um2)
        try container.encode(registers, forKey: .registers)
        try container.encode(memory_bits, forKey: .memory_bits)
        try container.encode(memories, forKey: .memories)
        try container.encode(arrival_s, forKey: .arrival_s)
        try container.encode(minimum_period_s, forKey: .minimum_period_s)
        try container.encode(clock_period_s, forKey: .clock_period_s)
        try container.encode(slack_s, forKey: .slack_s)
        try container.encode(critical_path, forKey: .critical_path)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(cycles, forKey: .cycles)
        try container.encode(seed, forKey: .seed)
        try container.encode(mismatches, forKey: .mismatches)
        try container.encode(first_mismatch, forKey: .first_mismatch)
    }

    var text: String {
        var lines = [
            "\(design): \(cells) cells of \(liberty), \(decimal(area_um2, 0)) um2, \(registers) registers",
            "latest arrival \(nanoseconds(arrival_s)), least clock period \(nanoseconds(minimum_period_s)); "
                + "no wires, ideal clock",
        ]
        if let path = critical_path {
            lines.append("critical path: \(path.start) to \(path.end), \(path.levels) levels")
        }
        if let period = clock_period_s, let slack = slack_s {
            lines.append(
                "clock period \(nanoseconds(period)) \(slack < 0 ? "MISSED" : "met"), slack \(nanoseconds(slack))")
        }
        if !memories.isEmpty {
            lines.append("memories beside the cells, no area: \(memory_bits) bits")
            lines += memories.map { "  \($0.name): \($0.words) words of \($0.width) bits" }
        }
        if let cycles, let seed, let mismatches {
            lines.append("gate level: \(cycles) cycles, seed \(seed), \(mismatches) mismatches")
        }
        if let mismatch = first_mismatch {
            lines.append(
                "MISMATCH in cycle \(mismatch.cycle), port \(mismatch.port): "
                    + "expected \(mismatch.expected), found \(mismatch.actual)")
        }
        return lines.joined(separator: "\n")
    }

    private func nanoseconds(_ seconds: Double) -> String { "\(decimal(seconds * 1e9, 3)) ns" }
}
