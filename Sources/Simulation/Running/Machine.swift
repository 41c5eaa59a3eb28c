/// A compiled program and the store that it runs on.
final class Machine {
    let store: WordStore
    private let words: Int
    private let code: UnsafeMutableBufferPointer<Instruction>
    private let runs: UnsafeMutableBufferPointer<Run>
    private let pool: UnsafeMutableBufferPointer<UInt32>
    private let repeated: [RepeatedRuns]
    /// Number of instructions of one run of the program.
    let instructionCount: Int
    /// Number of dispatches of one run of the program.
    let runCount: Int

    init(_ program: Program) {
        // A word more: a slice of a wide value reads one word ahead.
        words = program.image.count + 1
        let base = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        base.initialize(repeating: 0, count: words)
        for (index, word) in program.image.enumerated() { base[index] = word }
        store = WordStore(base: base)
        code = .allocate(capacity: program.instructions.count)
        _ = code.initialize(from: program.instructions)
        runs = .allocate(capacity: program.runs.count)
        _ = runs.initialize(from: program.runs)
        pool = .allocate(capacity: program.pool.count)
        _ = pool.initialize(from: program.pool)
        repeated = program.repeated
        instructionCount = program.instructions.count
        runCount = program.runs.count
    }

    deinit {
        store.base.deallocate()
        code.deallocate()
        runs.deallocate()
        pool.deallocate()
    }

    /// Computes all combinational logic from inputs, registers and memories.
    /// - Returns: a loop that does not come to rest, if there is one.
    func run() -> RepeatedRuns? {
        if repeated.isEmpty {
            run(0..<runs.count)
            return nil
        }
        var next = 0
        for loop in repeated {
            run(next..<loop.runs.lowerBound)
            next = loop.runs.upperBound
            var before = loop.results.map { store[$0] }
            var rounds = 0
            while true {
                run(loop.runs)
                let after = loop.results.map { store[$0] }
                if after == before { break }
                before = after
                rounds += 1
                if rounds > loop.bound { return loop }
            }
        }
        run(next..<runs.count)
        return nil
    }

    private func run(_ range: Range<Int>) {
        guard let code = code.baseAddress, let pool = pool.baseAddress else { return }
        execute(UnsafeBufferPointer(rebasing: runs[range]), UnsafePointer(code), UnsafePointer(pool), on: store)
    }
}
