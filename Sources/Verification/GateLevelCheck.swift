import CoSim
public import Formal

/// What the mapped netlist and the Verilog that it was made from did on the same inputs.
public struct GateLevelResult: Sendable, Equatable {
    /// Cycles compared, after two of reset.
    public internal(set) var cycles = 0
    /// Cycles in which an output differed.
    public internal(set) var mismatches = 0
    /// The first difference; `expected` is what the Verilog gave.
    public internal(set) var firstMismatch: OutputMismatch?
}

extension CheckedDesign {
    /// The design as synthesis takes it.
    /// - Throws: `SynthesisError.blackBox`, `SynthesisError.innerClock`.
    public func synthesisProblem() throws(SynthesisError) -> SynthesisProblem { try SynthesisProblem(design, emission) }

    /// Runs the mapped netlist, with its cells as Verilog, beside the design's own Verilog on the block's random
    /// constrained stimulus, and compares every output in every cycle.
    ///
    /// Both are compiled by Verilator. Registers and memories begin at zero on both sides; designs with failing junctions
    /// get a hundredth of the sensed bits wrong, so that these inputs are not idle.
    /// - Parameters:
    ///   - cycles: Cycles to compare, fewer when the stimulus ends before.
    ///   - seed: Seed of the stimulus.
    ///   - goesOn: Asked now and then with the number of cycles done; false stops the run with `Stopped`.
    /// - Throws: `CoSimError`, `ModelError`, `Stopped`.
    public func checkGates(
        of report: SynthesisReport, cycles: Int, seed: UInt64, goesOn: (Int) -> Bool = { _ in true }
    ) throws -> GateLevelResult {
        let gates = ModelSource(
            top: source.top,
            files: [
                ModelSource.File(name: "\(source.top)_netlist.v", text: report.netlist),
                ModelSource.File(name: "\(source.top)_cells.v", text: report.cellModels),
            ], ports: source.ports)
        let expected = try Model(ModelLibrary(source: source))
        let found = try Model(ModelLibrary(source: gates))
        var stream = try vectors(seed: seed, upsetRate: Pair.takesUpsetRate ? 0.01 : 0)
        let reset = stream.resetRecord()
        for model in [expected, found] { _ = try model.run(inputs: reset + reset, cycles: 2) }
        var result = GateLevelResult()
        while result.cycles < cycles {
            let wanted = min(4096, cycles - result.cycles)
            let (inputs, _, prepared) = stream.prepare(cycles: wanted)
            let right = try expected.run(inputs: inputs, cycles: prepared)
            let mapped = try found.run(inputs: inputs, cycles: prepared)
            compare(right, mapped, cycles: prepared, &result)
            if prepared < wanted { break }
            if !goesOn(result.cycles) { throw Stopped() }
        }
        return result
    }

    /// Compares the output records of some cycles.
    private func compare(_ expected: [UInt64], _ found: [UInt64], cycles: Int, _ result: inout GateLevelResult) {
        let layout = RecordLayout(source.ports, .output)
        for cycle in 0..<cycles {
            let words = cycle * layout.words..<(cycle + 1) * layout.words
            if expected[words] == found[words] { continue }
            result.mismatches += 1
            guard result.firstMismatch == nil else { continue }
            for slot in layout.slots {
                let port = words.lowerBound + slot.word..<words.lowerBound + slot.word + slot.port.recordWords
                guard expected[port] != found[port] else { continue }
                result.firstMismatch = OutputMismatch(
                    cycle: result.cycles + cycle, port: slot.port.name,
                    expected: hexadecimal(Array(expected[port]), width: slot.port.width),
                    actual: hexadecimal(Array(found[port]), width: slot.port.width))
                break
            }
        }
        result.cycles += cycles
    }
}
