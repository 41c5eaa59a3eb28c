import BitVectors
import Examples
import HDL
import Simulation

/// The core on the simulator, in step with the model.
struct RV32ILockstep {
    enum Difference: Error, CustomStringConvertible {
        case retired(got: RV32IModel.Effect, expected: RV32IModel.Effect, after: Int)
        case halted(got: String, expected: String, after: Int)
        case stuck(after: Int)
        case request(String, after: Int)
        case check(String)

        var description: String {
            switch self {
            case .retired(let got, let expected, let after): "instruction \(after): \(got), expected \(expected)"
            case .halted(let got, let expected, let after): "instruction \(after): \(got), expected \(expected)"
            case .stuck(let after): "instruction \(after): nothing happens"
            case .request(let what, let after): "instruction \(after): \(what)"
            case .check(let name): "check \(name) failed"
            }
        }
    }

    /// Largest number of cycles that a memory lets the core wait.
    let longestWait: Int
    let design: Design
    private let resetAddress: UInt32

    init(longestWait: Int, resetAddress: UInt32 = 0) throws {
        self.longestWait = longestWait
        self.resetAddress = resetAddress
        design = try elaborate(RV32I(resetAddress: Int(resetAddress)))
    }

    /// How a program ended.
    struct End {
        /// The cause, or nil when it ran as many instructions as it should.
        let trap: RV32IModel.Trap?
        let instructions: Int
        let cycles: Int
        /// The bytes that the core has written, and those that were there.
        let memory: [UInt32: UInt8]
    }

    /// Runs a program until it halts or has done a number of instructions, and compares each with the model.
    /// - Throws: `Difference` at the first one.
    func run(
        _ program: [UInt32], data: [UInt32: UInt8] = [:], instructions limit: Int, seed: UInt64,
        recorder: PortRecorder? = nil
    ) throws -> End {
        var model = RV32IModel()
        model.pc = resetAddress
        model.memory = data
        let memories = WaitingMemories(
            program, at: resetAddress, data: data, longestWait: longestWait, random: SplitMix(seed))
        let simulator = try Simulator(design)
        func word(_ name: String) -> UInt32 { UInt32(simulator.get(name).words[0]) }
        // What the register file's memory holds for register 0, which nobody must see.
        simulator.setWord(of: "registers", at: 0, BitVector(0x5A5A_1234, width: 32))
        simulator.set("rst", 1)
        simulator.settle()
        recorder?.record(simulator, reset: true)
        simulator.step()
        simulator.set("rst", 0)

        var done = 0
        var idle = 0
        var cycles = 0
        while done < limit {
            let stores: [RV32IModel.Store]
            do {
                stores = try memories.serve(simulator)
            } catch {
                throw Difference.request(error.what, after: done)
            }
            if word("retired_valid") == 1 {
                let got = RV32IModel.Effect(
                    pc: word("retired_address"), rd: Int(word("retired_destination")), value: word("retired_value"),
                    stores: stores)
                try compare(got, &model, program, after: done)
                done += 1
            } else if !stores.isEmpty {
                throw Difference.request("a store that does not retire", after: done)
            }
            if word("halted") == 1 {
                let trap = try trap(
                    Int(word("cause")), at: word("retired_address"), &model, program, after: done)
                return End(trap: trap, instructions: done, cycles: cycles, memory: memories.data)
            }
            idle = memories.isAsked ? 0 : idle + 1
            if idle > 2 { throw Difference.stuck(after: done) }
            recorder?.record(simulator)
            simulator.step()
            cycles += 1
            if let failure = simulator.failures.first { throw Difference.check(failure.name) }
        }
        return End(trap: nil, instructions: done, cycles: cycles, memory: memories.data)
    }

    private func instruction(at pc: UInt32, _ program: [UInt32]) -> UInt32 {
        let index = Int(pc &- resetAddress) / 4
        return index < program.count ? program[index] : 0
    }

    private func compare(
        _ got: RV32IModel.Effect, _ model: inout RV32IModel, _ program: [UInt32], after done: Int
    ) throws {
        do {
            let expected = try model.execute(instruction(at: model.pc, program))
            if got != expected { throw Difference.retired(got: got, expected: expected, after: done) }
        } catch let trap as RV32IModel.Trap {
            throw Difference.halted(got: "\(got)", expected: "trap \(trap)", after: done)
        }
    }

    private func trap(
        _ cause: Int, at pc: UInt32, _ model: inout RV32IModel, _ program: [UInt32], after done: Int
    ) throws -> RV32IModel.Trap {
        do {
            let effect = try model.execute(instruction(at: model.pc, program))
            throw Difference.halted(got: "cause \(cause)", expected: "\(effect)", after: done)
        } catch let trap as RV32IModel.Trap {
            if trap.rawValue != cause || pc != model.pc {
                throw Difference.halted(
                    got: "cause \(cause) at \(pc)", expected: "\(trap) at \(model.pc)", after: done)
            }
            return trap
        }
    }
}
