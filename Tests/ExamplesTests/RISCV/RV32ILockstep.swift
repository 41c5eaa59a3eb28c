import BitVectors
import Examples
import HDL
import Simulation

/// The core on the simulator, with a memory for instructions and one for data that answer after random waits.
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
        var random = SplitMix(seed)
        var model = RV32IModel()
        model.pc = resetAddress
        model.memory = data
        var memory = data
        let simulator = try Simulator(design)
        func word(_ name: String) -> UInt32 { UInt32(simulator.get(name).words[0]) }
        // What the memory holds for register 0, which nobody must see.
        simulator.setWord(
            of: "registers", at: 0, BitVector(Int(UInt32.random(in: 1 ... .max, using: &random)), width: 32))
        simulator.set("rst", 1)
        simulator.settle()
        recorder?.record(simulator, reset: true)
        simulator.step()
        simulator.set("rst", 0)

        var wait = Int.random(in: 0...longestWait, using: &random)
        var done = 0
        var idle = 0
        var cycles = 0
        var pending: [UInt32] = []
        while done < limit {
            // A memory that is not ready, and one that writes, show anything.
            simulator.set("fetch_ready", 0)
            simulator.set("fetch_instruction", Int(UInt32.random(in: 0 ... .max, using: &random)))
            simulator.set("data_ready", 0)
            simulator.set("data_read_data", Int(UInt32.random(in: 0 ... .max, using: &random)))
            simulator.settle()
            let isFetch = word("fetch_valid") == 1
            let isTransfer = word("data_valid") == 1
            var stores: [RV32IModel.Store] = []
            if isFetch || isTransfer {
                let names =
                    isFetch
                    ? ["fetch_address"] : ["data_address", "data_write_strobes", "data_write_data"]
                let request = names.map(word)
                if !pending.isEmpty, request != pending {
                    throw Difference.request("request \(request) was \(pending)", after: done)
                }
                pending = request
                if wait == 0 {
                    let place = request[0]
                    if place % 4 != 0 { throw Difference.request("address \(place)", after: done) }
                    if isFetch {
                        let index = Int(place &- resetAddress) / 4
                        simulator.set("fetch_instruction", index < program.count ? Int(program[index]) : 0)
                        simulator.set("fetch_ready", 1)
                    } else {
                        stores = Self.stores(at: place, strobes: request[1], value: request[2])
                        if stores.isEmpty {
                            let value = (0..<4).reduce(UInt32(0)) { $0 | UInt32(memory[place &+ $1] ?? 0) << (8 * $1) }
                            simulator.set("data_read_data", Int(value))
                        }
                        simulator.set("data_ready", 1)
                    }
                    pending = []
                    wait = .random(in: 0...longestWait, using: &random)
                } else {
                    wait -= 1
                }
                simulator.settle()
            }
            idle = isFetch || isTransfer ? 0 : idle + 1
            for store in stores { memory[store.address] = store.byte }
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
                let cause = Int(word("cause"))
                return End(
                    trap: try trap(cause, at: word("retired_address"), &model, program, after: done),
                    instructions: done, cycles: cycles, memory: memory)
            }
            if idle > 2 { throw Difference.stuck(after: done) }
            recorder?.record(simulator)
            simulator.step()
            cycles += 1
            if let failure = simulator.failures.first { throw Difference.check(failure.name) }
        }
        return End(trap: nil, instructions: done, cycles: cycles, memory: memory)
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

    private static func stores(at place: UInt32, strobes: UInt32, value: UInt32) -> [RV32IModel.Store] {
        (0..<4).filter { strobes >> $0 & 1 == 1 }.map {
            RV32IModel.Store(address: place &+ UInt32($0), byte: UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))))
        }
    }
}
