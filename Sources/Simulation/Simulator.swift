public import BitVectors
public import HDL

/// Simulates a design cycle by cycle: values of two states, compiled once to a flat program.
///
/// A cycle is: set inputs, settle, take an active clock edge, settle. All registers and memories of the clocks that
/// have their edge at once take what they saw before it. Inputs begin at zero, resets inactive, registers at their
/// power-up values.
///
///     let simulator = try Simulator(elaborate(Counter(width: 8)))
///     simulator.set("enable", 1)
///     simulator.step(3)
///     simulator.get("count")      // 8'h03
///
/// A wrong name or a value that does not fit is a slip in the bench: it ends the program with one line that has the
/// place of the call, whichever function was asked. `hasSignal` and `hasInput` say it before.
public final class Simulator {
    let machine: Machine
    let names: SignalNames
    let clocks: [ClockRuntime]
    let checks: [FlatCheck]
    /// Checks of modules without a clock.
    let unclockedChecks: [Int]
    /// The domain that `step` steps.
    let mainDomain: [Int]
    let hasAsynchronousResets: Bool
    let isRecording: Bool
    /// Whether anything has changed since the logic was last computed.
    var isSettled = false
    /// Whether the clock is read as a signal or drives another one, so that its level matters.
    let needsClockLevels: Bool
    /// Levels of the derived clocks after the last settling.
    var derivedLevels: [UInt64]

    /// Instructions of the program that computes the combinational logic, once a step.
    public var instructionCount: Int { machine.instructionCount }
    /// Runs of equal instructions in the program: each costs a dispatch.
    public var dispatchCount: Int { machine.runCount }

    /// Number of steps so far.
    public internal(set) var cycle = 0
    /// Assertions and assumptions that did not hold, in order of time.
    public internal(set) var failures: [CheckFailure] = []
    /// How often each cover was reached, by its hierarchical name.
    public internal(set) var covers: [String: Int] = [:]
    /// Checks of modules without a clock that fail at the present values.
    var failing: Set<Int> = []

    var recorded: Waves?

    /// - Parameter waves: signals to be recorded, for `waves`.
    /// - Throws: `SimulationError` for a black box, a combinational loop, or a wave of a signal that is not there.
    public init(_ design: Design, waves: WaveSelection = .none) throws(SimulationError) {
        var compiler = try Compiler(design)
        compiler.protectEdges()
        compiler.schedule(keeping: compiler.keptPlaces)
        machine = Machine(compiler.program)
        names = SignalNames(compiler)
        checks = compiler.resolvedChecks()
        unclockedChecks = checks.indices.filter { [checks] in checks[$0].domain < 0 }
        clocks = compiler.clocks()
        mainDomain = clocks.isEmpty ? [] : [0]
        hasAsynchronousResets = clocks.contains { $0.isAsynchronous && !$0.resets.words.isEmpty }
        isRecording = waves != .none
        needsClockLevels = compiler.usesClockLevels
        derivedLevels = clocks.map { $0.inactiveLevel }
        for check in checks where check.declaration.kind == .cover { covers[check.name] = 0 }
        switch waves {
        case .none: recorded = nil
        case .all: recorded = Waves(of: names.ordered, top: design.top.name)
        case .signals(let wanted):
            var signals: [SignalHandle] = []
            for name in wanted { signals.append(try names.signal(name)) }
            recorded = Waves(of: signals, top: design.top.name)
        }
        if let loop = machine.run() { throw .combinationalLoop(loop.names) }
        computeLogic()
        noteDerivedLevels()
        isSettled = false
    }

    /// What was recorded up to now.
    public var waves: Waves {
        guard var waves = recorded else { fatalError("no waves were asked for when the simulator was made") }
        settle()
        waves.sample(machine.store, cycle: cycle, isAfterEdge: false)
        return waves
    }

    // MARK: Values

    /// Sets an input port, a reset, or one of the names of the top's ports, to a value of its width.
    public func set(_ name: String, _ value: BitVector, file: StaticString = #fileID, line: UInt = #line) {
        let signal = input(name, file: file, line: line)
        if value.width != signal.width { fatalError(otherWidth(signal, value), file: file, line: line) }
        self[signal] = value
    }

    /// Sets an input port or reset to an integer, unsigned or in two's complement.
    public func set(_ name: String, _ value: Int, file: StaticString = #fileID, line: UInt = #line) {
        let signal = input(name, file: file, line: line)
        let isInside =
            value < 0
            ? signal.width >= 64 || value >> (signal.width - 1) == -1
            : signal.width >= 63 || value >> signal.width == 0
        guard isInside else {
            fatalError("\(value) does not fit in '\(name)' of \(bits(signal.width))", file: file, line: line)
        }
        self[signal] = BitVector(value, width: signal.width)
    }

    /// The value of a port or an inner signal by its hierarchical name, `fifo.count`.
    public func get(_ name: String, file: StaticString = #fileID, line: UInt = #line) -> BitVector {
        self[signal(name, file: file, line: line)]
    }

    /// The value of a signal; an input may be set.
    public subscript(signal: SignalHandle) -> BitVector {
        get {
            if !isSettled, !signal.isInput { settle() }
            let words = (0..<(signal.width + 63) / 64).map { machine.store.at(signal.place)[$0] }
            return BitVector(words: words, width: signal.width)
        }
        set {
            guard signal.isInput else { fatalError("'\(signal.name)' is no input") }
            guard newValue.width == signal.width else {
                fatalError(otherWidth(signal, newValue))
            }
            for (index, word) in newValue.words.enumerated() { machine.store.at(signal.place)[index] = word }
            isSettled = false
        }
    }

    /// A port or an inner signal by its hierarchical name, for fast access.
    public func signal(_ name: String, file: StaticString = #fileID, line: UInt = #line) -> SignalHandle {
        found(file, line) { () throws(SimulationError) in try names.signal(name) }
    }

    /// An input port, or a reset of the top, by its name, for fast access.
    public func input(_ name: String, file: StaticString = #fileID, line: UInt = #line) -> SignalHandle {
        found(file, line) { () throws(SimulationError) in try names.input(name) }
    }

    /// Whether there is a port or an inner signal of a hierarchical name.
    public func hasSignal(_ name: String) -> Bool { (try? names.signal(name)) != nil }

    /// Whether there is an input port, or a reset of the top, of a name.
    public func hasInput(_ name: String) -> Bool { (try? names.input(name)) != nil }

    /// A word of a memory by its hierarchical name.
    public func word(
        of memory: String, at address: Int, file: StaticString = #fileID, line: UInt = #line
    ) -> BitVector {
        let memory = found(file, line) { () throws(SimulationError) in try names.memory(memory) }
        return BitVector(words: Array(words(of: memory, at: address, file, line)), width: memory.width)
    }

    /// Changes a word of a memory, as a loader does.
    public func setWord(
        of memory: String, at address: Int, _ value: BitVector, file: StaticString = #fileID, line: UInt = #line
    ) {
        let memory = found(file, line) { () throws(SimulationError) in try names.memory(memory) }
        guard value.width == memory.width else {
            fatalError(
                "'\(memory.name)' has words of \(bits(memory.width)), its value has \(value.width)", file: file,
                line: line)
        }
        let target = words(of: memory, at: address, file, line)
        for (index, word) in value.words.enumerated() { target[index] = word }
        isSettled = false
    }

    private func words(
        of memory: FlatMemory, at address: Int, _ file: StaticString, _ line: UInt
    ) -> UnsafeMutableBufferPointer<UInt64> {
        guard address >= 0, address < memory.depth else {
            fatalError("word \(address) of '\(memory.name)', which has \(memory.depth)", file: file, line: line)
        }
        let start = machine.store.at(memory.base + UInt32(address * memory.words))
        return UnsafeMutableBufferPointer(start: start, count: memory.words)
    }

    private func otherWidth(_ signal: SignalHandle, _ value: BitVector) -> String {
        "'\(signal.name)' has \(bits(signal.width)), its value has \(value.width)"
    }

    private func bits(_ width: Int) -> String { width == 1 ? "1 bit" : "\(width) bits" }

    /// The result, or the end of the program with the error's text and the place of the call.
    func found<Result>(
        _ file: StaticString, _ line: UInt, _ find: () throws(SimulationError) -> Result
    ) -> Result {
        do {
            return try find()
        } catch {
            fatalError(error.description, file: file, line: line)
        }
    }
}
