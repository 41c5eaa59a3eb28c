import BitVectors
import Examples
import HDL
import Simulation
import Testing

/// Law: the emitted Verilog shows in another simulator, in every cycle, what the built-in one has shown.
@Suite("Replay in Icarus Verilog")
struct ReplayTests {
    @Test("a random program on RV32I")
    func processor() throws {
        let lockstep = try RV32ILockstep(longestWait: 2)
        let recorder = PortRecorder(lockstep.design)
        _ = try lockstep.run(RandomProgram(seed: 42).words, instructions: 300, seed: 42, recorder: recorder)
        let cycles = recorder.cycles
        #expect(cycles > 600)
        #expect(try recorder.replay() == "0 of \(cycles) cycles differ\n")
    }

    static let others: [ExampleDesign] = {
        var modules: [any Module] = SerialCase.all.map { UART($0.format) }
        modules += [SystolicMultiplier(), SystolicMultiplier(size: 3, elementWidth: 5, sumWidth: 9)] as [any Module]
        modules += PopcountArray.Style.allCases.map {
            PopcountArray($0, .columns, lanes: 37, columns: 2, accumulatorWidth: 9)
        }
        return modules.map { ExampleDesign(module: $0) }
    }()

    @Test("random inputs that stay a while", arguments: others)
    func randomInputs(_ example: ExampleDesign) throws {
        let design = try elaborate(example.module)
        let simulator = try Simulator(design)
        let recorder = PortRecorder(design)
        var random = SplitMix(5)
        for _ in 0..<2000 {
            for port in design.top.ports where port.isInput && random.once(in: 5) {
                let words = (0...port.width / 64).map { _ in UInt64.random(in: 0 ... .max, using: &random) }
                simulator.set(port.name, BitVector(words: words, width: port.width))
            }
            let reset = random.once(in: 500)
            simulator.set("rst", reset ? 1 : 0)
            simulator.settle()
            recorder.record(simulator, reset: reset)
            simulator.step()
        }
        #expect(try recorder.replay() == "0 of 2000 cycles differ\n")
    }
}
