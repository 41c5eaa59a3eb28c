import Engine
import Golden
import Randomness
import Testing
import Verification

/// A bank with its write controller as RTL, driven by name: one write after another, random junctions that fail.
final class WriteBench {
    /// A write of one row, or of several rows of the same strings.
    struct Request {
        var rows: [(address: Int, data: UInt64, plane: Int)]
        var changedOnly = true
        var verify = true
        var retries = 0
    }

    /// The masks that were on the ports in the last cycle of a pulse.
    struct Failing {
        var first: UInt64
        var second: UInt64
        var erasing: [UInt64]
    }

    struct Outcome {
        /// From the cycle in which the first row was accepted to the one with `done`, both counted.
        var cycles = 0
        var failed = false
        /// Pulses in order, and how many cycles had `pulse`.
        var pulses: [Failing] = []
        var pulseCycles = 0
    }

    static let counters = [
        "set_pulses", "reset_pulses", "erase_pulses", "program_pulses", "read_backs", "verify_senses", "retries",
        "failed_bits", "changed_bits", "writes",
    ]

    let bench: Bench
    let hardware: Engine.BankWriter
    var random: KeyedStream
    /// One junction in so many fails; nil for none.
    var failureOneIn: UInt32?
    private var columnMask: UInt64 { hardware.columns == 64 ? .max : 1 << UInt64(hardware.columns) - 1 }

    init(_ hardware: Engine.BankWriter, seed: UInt64) throws {
        bench = try Bench(BankWriterPair.self, hardware)
        self.hardware = hardware
        random = KeyedStream(seed: seed, stream: 0x5742)
    }

    func setCode(plane: Int, towardsOne: Bool, cycles: Int, amplitude: Int = 0) throws {
        try bench.set("host_code_write", 1)
        try bench.set("host_code_plane", UInt64(plane))
        try bench.set("host_code_towards_one", towardsOne ? 1 : 0)
        try bench.set("host_code_cycles", UInt64(cycles))
        try bench.set("host_code_amplitude", UInt64(amplitude))
        try bench.step()
        try bench.set("host_code_write", 0)
    }

    private func mask() -> UInt64 {
        guard let failureOneIn else { return 0 }
        var mask: UInt64 = 0
        for column in 0..<hardware.columns where random.nextIndex(below: failureOneIn) == 0 {
            mask |= 1 << UInt64(column)
        }
        return mask
    }

    private func driveFailures() throws -> Failing {
        let failing = Failing(first: mask(), second: mask(), erasing: (0..<8).map { _ in mask() })
        try bench.set("write_fail", failing.first)
        if hardware.cellKind == .complementary { try bench.set("complement_fail", failing.second) }
        if hardware.cellKind == .nandSpin {
            for (row, mask) in failing.erasing.enumerated() { try bench.set("erase_fail_\(row)", mask) }
        }
        return failing
    }

    /// Offers the rows one after another and waits until the write is done.
    func run(_ request: Request) throws -> Outcome {
        var outcome = Outcome()
        var next = 0
        for _ in 0..<100_000 {
            let failing = try driveFailures()
            let isOffered = next < request.rows.count
            try bench.set("host_valid", isOffered ? 1 : 0)
            if isOffered {
                let row = request.rows[next]
                try bench.set("host_address", UInt64(row.address))
                try bench.set("host_data", row.data)
                try bench.set("host_plane", UInt64(row.plane))
                if hardware.cellKind == .nandSpin {
                    try bench.set("host_last", next == request.rows.count - 1 ? 1 : 0)
                }
                try bench.set("host_changed_only", request.changedOnly ? 1 : 0)
                try bench.set("host_verify", request.verify ? 1 : 0)
                try bench.set("host_retries", UInt64(request.retries))
            }
            if isOffered, try bench.get("host_ready") == 1 { next += 1 }
            if next > 0 { outcome.cycles += 1 }
            if try bench.get("pulse") == 1 { outcome.pulseCycles += 1 }
            if try bench.get("write") == 1 { outcome.pulses.append(failing) }
            let isDone = try bench.get("host_done") == 1
            if isDone { outcome.failed = try bench.get("host_failed") == 1 }
            try bench.step()
            if isDone { return outcome }
        }
        Issue.record("a write does not end: \(request)")
        return outcome
    }

    /// The row as a sense finds it, and with another one their AND.
    func read(_ address: Int, and other: Int? = nil, upset: UInt64 = 0) throws -> UInt64 {
        while try bench.get("reader_ready") == 0 { try bench.step() }
        try bench.set("reader_start", 1)
        try bench.set("reader_address", UInt64(address))
        if hardware.dualRow == 1 {
            try bench.set("reader_second_address", UInt64(other ?? 0))
            try bench.set("reader_dual", other == nil ? 0 : 1)
        }
        try bench.step()
        try bench.set("reader_start", 0)
        for cycle in 1...hardware.phases.period {
            // Noise but for the latch edge.
            try bench.set("upset", cycle == hardware.phases.period ? upset : random.nextUInt64() & columnMask)
            try bench.step()
        }
        try bench.set("upset", 0)
        return try bench.get("reader_row")
    }

    func counts() throws -> [String: Int] {
        try Dictionary(
            uniqueKeysWithValues: Self.counters.map { ($0, Int(try bench.get("host_counters_\($0)"))) })
    }
}

/// What the law of writes says of a bank: a plain recount, bit by bit, that shares no code with controller or twin.
struct WriteReference {
    let kind: Engine.CellKind
    let columns: Int
    let period: Int
    /// Cycles of a pulse: plane, then towards zero and towards one.
    var lengths: [[Int]]
    private(set) var cells: [[Bool]]
    private(set) var seconds: [[Bool]]
    private(set) var counts = Dictionary(uniqueKeysWithValues: WriteBench.counters.map { ($0, 0) })
    private(set) var errors: [(address: Int, bits: Int)] = []

    init(kind: Engine.CellKind, rows: Int, columns: Int, period: Int, lengths: [[Int]]) {
        self.kind = kind
        self.columns = columns
        self.period = period
        self.lengths = lengths
        cells = Array(repeating: Array(repeating: false, count: columns), count: rows)
        seconds = cells
    }

    func word(_ address: Int) -> UInt64 {
        cells[address].enumerated().reduce(0) { $0 | ($1.element ? 1 << UInt64($1.offset) : 0) }
    }

    /// Pairs of a row whose junctions agree.
    func undecided(_ address: Int) -> UInt64 {
        (0..<columns).reduce(0) { $0 | (cells[address][$1] == seconds[address][$1] ? 1 << UInt64($1) : 0) }
    }

    private func bits(_ word: UInt64) -> [Bool] { (0..<columns).map { word >> UInt64($0) & 1 == 1 } }

    /// What a write does, given the masks that its pulses met; returns its cycles, and whether it failed.
    mutating func run(
        _ request: WriteBench.Request, _ pulses: [WriteBench.Failing]
    ) -> (cycles: Int, failed: Bool) {
        counts["writes"]! += 1
        var pulses = pulses[...]
        let result = kind == .nandSpin ? runStrings(request, &pulses) : runRow(request, &pulses)
        #expect(pulses.isEmpty, "\(pulses.count) pulses too many")
        return (result.cycles, result.wrong > 0)
    }

    private mutating func runRow(
        _ request: WriteBench.Request, _ pulses: inout ArraySlice<WriteBench.Failing>
    ) -> (cycles: Int, wrong: Int) {
        let (address, data) = (request.rows[0].address, bits(request.rows[0].data))
        let length = lengths[request.rows[0].plane]
        // Accepting and ending.
        var cycles = 2
        var todo = Array(repeating: true, count: columns)
        if request.changedOnly {
            cycles += 1 + period + 1
            counts["read_backs"]! += 1
            todo = (0..<columns).map { cells[address][$0] != data[$0] }
            counts["changed_bits"]! += todo.count { $0 }
            if !todo.contains(true) { return (cycles, 0) }
        }
        for attempt in 0...request.retries {
            cycles += 1
            for towardsOne in [true, false] {
                let moved = (0..<columns).filter { todo[$0] && data[$0] == towardsOne }
                let others = kind == .complementary ? (0..<columns).filter { todo[$0] && data[$0] != towardsOne } : []
                guard !(moved + others).isEmpty, let failing = pulses.popFirst() else { continue }
                cycles += length[towardsOne ? 1 : 0]
                counts[towardsOne ? "set_pulses" : "reset_pulses"]! += moved.count + others.count
                for column in moved {
                    if failing.first >> UInt64(column) & 1 == 0 { cells[address][column] = towardsOne }
                }
                for column in others where failing.second >> UInt64(column) & 1 == 0 {
                    seconds[address][column] = !towardsOne
                }
            }
            guard request.verify else { return (cycles, 0) }
            cycles += 1 + period + 1
            counts["verify_senses"]! += 1
            todo = (0..<columns).map { cells[address][$0] != data[$0] }
            let wrong = todo.count { $0 }
            if wrong == 0 { return (cycles, 0) }
            if attempt == request.retries {
                counts["failed_bits"]! += wrong
                errors.append((address, wrong))
                return (cycles, wrong)
            }
            counts["retries"]! += 1
        }
        return (cycles, 0)
    }

    private mutating func runStrings(
        _ request: WriteBench.Request, _ pulses: inout ArraySlice<WriteBench.Failing>
    ) -> (cycles: Int, wrong: Int) {
        let first = request.rows[0].address / 8 * 8
        var wanted = (0..<8).map { cells[first + $0] }
        var planes = Array(repeating: lengths.count - 1, count: 8)
        var isWritten = Array(repeating: false, count: 8)
        for row in request.rows {
            wanted[row.address - first] = bits(row.data)
            planes[row.address - first] = row.plane
            isWritten[row.address - first] = true
        }
        var cycles = request.rows.count + 1
        func differing() -> [(row: Int, column: Int)] {
            (0..<8).flatMap { row in
                (0..<columns).filter { cells[first + row][$0] != wanted[row][$0] }.map { (row, $0) }
            }
        }
        let read = (0..<8).filter { request.changedOnly || !isWritten[$0] }
        cycles += read.count * (1 + period + 1) + (8 - read.count) + 1
        counts["read_backs"]! += read.count
        var wrong = differing()
        if request.changedOnly {
            counts["changed_bits"]! += wrong.count
            if wrong.isEmpty { return (cycles, 0) }
        }
        var knows = request.changedOnly
        for attempt in 0...request.retries {
            cycles += 1
            // Strips in which a one has to become zero.
            let erased = (0..<columns).filter { column in
                !knows || wrong.contains { $0.column == column && !wanted[$0.row][column] }
            }
            let held = (0..<8).map { cells[first + $0] }
            if !erased.isEmpty, let failing = pulses.popFirst() {
                cycles += lengths[lengths.count - 1][0]
                counts["erase_pulses"]! += erased.count
                for row in 0..<8 {
                    for column in erased {
                        cells[first + row][column] = failing.erasing[row] >> UInt64(column) & 1 == 1
                    }
                }
            }
            for row in 0..<8 {
                let moved = (0..<columns).filter { column in
                    wanted[row][column] && (erased.contains(column) || !held[row][column])
                }
                guard !moved.isEmpty, let failing = pulses.popFirst() else {
                    cycles += 1
                    continue
                }
                cycles += lengths[planes[row]][1]
                counts["program_pulses"]! += moved.count
                for column in moved {
                    if failing.first >> UInt64(column) & 1 == 0 { cells[first + row][column] = true }
                }
            }
            guard request.verify else { return (cycles, 0) }
            cycles += 8 * (1 + period + 1) + 1
            counts["verify_senses"]! += 8
            wrong = differing()
            knows = true
            if wrong.isEmpty { return (cycles, 0) }
            if attempt == request.retries {
                counts["failed_bits"]! += wrong.count
                errors.append((first + wrong[0].row, wrong.count))
                return (cycles, wrong.count)
            }
            counts["retries"]! += 1
        }
        return (cycles, 0)
    }
}
