import BitVectors
import Examples
import HDL
import Simulation
import Testing

/// Law: instruction by instruction the core has the effects that the manual states: the address, the register with its value
/// and the bytes that are stored, or the cause of the trap, whatever the memories let it wait.
@Suite("RV32I")
struct RV32ITests {
    static let edges = RandomProgram.edges

    /// Runs a straight program to its end, an `ebreak`.
    func expectAgreement(_ program: [Instruction], longestWait: Int = 0, data: [UInt32: UInt8] = [:]) throws {
        let lockstep = try RV32ILockstep(longestWait: longestWait)
        let words = (program + [.breakpoint]).map(\.word)
        let end = try lockstep.run(words, data: data, instructions: words.count, seed: 1)
        #expect(end.trap == .breakpoint)
    }

    /// Instructions that load the edge operands into registers x1, x2, ….
    var operands: [Instruction] {
        Self.edges.enumerated().flatMap { Instruction.constant($0.offset + 1, $0.element) }
    }
    var operandRegisters: ClosedRange<Int> { 1...Self.edges.count }

    @Test("computes with every pair of edge operands", arguments: Instruction.registers.keys.sorted())
    func registerInstructions(_ name: String) throws {
        let pairs = operandRegisters.flatMap { a in operandRegisters.map { b in (a, b) } }
        try expectAgreement(operands + pairs.map { .register(name, 20, $0, $1) })
    }

    @Test("computes with immediates at their limits", arguments: Instruction.immediates.keys.sorted())
    func immediateInstructions(_ name: String) throws {
        let values = [-2048, -1, 0, 1, 2047]
        try expectAgreement(operands + operandRegisters.flatMap { a in values.map { .immediate(name, 20, a, $0) } })
    }

    @Test("shifts by every amount", arguments: Instruction.shifts.keys.sorted())
    func shiftInstructions(_ name: String) throws {
        try expectAgreement(operands + operandRegisters.flatMap { a in (0..<32).map { .shift(name, 20, a, $0) } })
    }

    @Test(
        "branches over an instruction, or not, for every pair of edge operands",
        arguments: Instruction.branches.keys.sorted())
    func branchInstructions(_ name: String) throws {
        let pairs = operandRegisters.flatMap { a in operandRegisters.map { b in (a, b) } }
        try expectAgreement(
            operands + pairs.flatMap { [.branch(name, $0, $1, 8), .immediate("addi", 20, 20, 1)] })
    }

    @Test("jumps forward and back, and leaves the return address")
    func jumps() throws {
        try expectAgreement([
            .jumpAndLink(1, 12), .immediate("addi", 5, 5, 1), .jumpAndLink(0, 12), .immediate("addi", 6, 6, 1),
            .jumpAndLink(2, -12), .jumpAndLinkRegister(1, 13, 2), .loadUpperImmediate(7, 0xFFFFF), .fence,
            .addUpperImmediateToAddress(8, 0xFFFFF), .addUpperImmediateToAddress(9, 0x80000), .loadUpperImmediate(0, 1),
            .jumpAndLinkRegister(0, 52, 0), .illegal, .branch("beq", 0, 0, 8), .illegal,
        ])
    }

    @Test("branches and jumps as far as their offsets reach")
    func reach() throws {
        let lockstep = try RV32ILockstep(longestWait: 1, resetAddress: 0x4000_0000)
        func expectLanding(_ instruction: Instruction) throws {
            // All around it is zero, and so illegal.
            let end = try lockstep.run([instruction.word], instructions: 2, seed: 1)
            #expect(end.trap == .illegal && end.instructions == 1, "\(instruction)")
        }
        for power in 2..<12 {
            try expectLanding(.branch("beq", 0, 0, 1 << power))
            try expectLanding(.branch("beq", 0, 0, -1 << power))
            try expectLanding(.branch("beq", 0, 0, -4096 + 1 << power))
        }
        for power in 2..<20 {
            try expectLanding(.jumpAndLink(1, 1 << power))
            try expectLanding(.jumpAndLink(1, -1 << power))
            try expectLanding(.jumpAndLink(1, -1 << 20 + 1 << power))
        }
    }

    @Test("a reset wakes a halted core, and one that waits for a memory")
    func reset() throws {
        let simulator = try Simulator(elaborate(RV32I(resetAddress: 64)))
        func isSet(_ name: String) -> Bool { simulator.get(name) == BitVector(1, width: 1) }
        for word in [Instruction.illegal, .load("lw", 1, 0, 0)] {
            simulator.set("rst", 1)
            simulator.step()
            simulator.set("rst", 0)
            #expect(isSet("fetch_valid") && simulator.get("fetch_address") == BitVector(64, width: 32))
            simulator.set("fetch_instruction", Int(word.word))
            simulator.set("fetch_ready", 1)
            simulator.step()
            simulator.set("fetch_ready", 0)
            simulator.step()
            #expect(isSet("halted") == (word.word == 0) && isSet("data_valid") == (word.word != 0))
        }
    }

    @Test("loads and stores every size at every place in the word")
    func transfers() throws {
        var program = operands + Instruction.constant(30, RandomProgram.data)
        for offset in -8..<8 {
            for source in operandRegisters {
                for (name, size) in [("sb", 1), ("sh", 2), ("sw", 4)] where offset % size == 0 {
                    program.append(.store(name, source, offset, 30))
                }
                for (name, size) in [("lb", 1), ("lbu", 1), ("lh", 2), ("lhu", 2), ("lw", 4)] where offset % size == 0 {
                    program.append(.load(name, 20, offset, 30))
                }
            }
        }
        var data: [UInt32: UInt8] = [:]
        for place in 0..<32 { data[RandomProgram.data - 16 + UInt32(place)] = UInt8(place * 37 % 256) }
        try expectAgreement(program, longestWait: 2, data: data)
    }

    @Test("register 0 stays zero")
    func zeroRegister() throws {
        let writes: [Instruction] = [
            .immediate("addi", 0, 0, 7), .register("sub", 0, 0, 1), .load("lw", 0, 0, 1), .jumpAndLink(0, 4),
            .addUpperImmediateToAddress(0, 5),
        ]
        try expectAgreement(
            Instruction.constant(1, 4096) + writes.flatMap { [$0, .register("add", 2, 0, 0)] }, data: [4096: 9])
    }

    @Test("computes the numbers of Fibonacci, as a program in the books does")
    func knownProgram() throws {
        // x1 and x2 are neighbours, x3 counts down from 20, and the last number goes to address 256.
        let program: [Instruction] = [
            .immediate("addi", 1, 0, 0), .immediate("addi", 2, 0, 1), .immediate("addi", 3, 0, 20),
            .register("add", 4, 1, 2), .immediate("addi", 1, 2, 0), .immediate("addi", 2, 4, 0),
            .immediate("addi", 3, 3, -1), .branch("bne", 3, 0, -16), .store("sw", 1, 256, 0), .breakpoint,
        ]
        let end = try RV32ILockstep(longestWait: 3).run(program.map(\.word), instructions: 1000, seed: 8)
        #expect(end.trap == .breakpoint)
        #expect(end.instructions == 3 + 20 * 5 + 1)
        #expect((0..<4).map { end.memory[256 + $0] ?? 0 } == [0x6D, 0x1A, 0, 0], "the 20th is 6765")
    }

    static let trapCases: [(Instruction, RV32IModel.Trap)] =
        [
            (.environmentCall, .call), (.breakpoint, .breakpoint), (.illegal, .illegal), (.word(0xFFFF_FFFF), .illegal),
            (.load("lh", 2, 1, 1), .loadMisaligned), (.load("lhu", 2, 3, 1), .loadMisaligned),
            (.load("lw", 2, 1, 1), .loadMisaligned), (.load("lw", 2, 2, 1), .loadMisaligned),
            (.load("lw", 2, 3, 1), .loadMisaligned), (.store("sh", 2, 1, 1), .storeMisaligned),
            (.store("sh", 2, 3, 1), .storeMisaligned), (.store("sw", 2, 1, 1), .storeMisaligned),
            (.store("sw", 2, 2, 1), .storeMisaligned), (.store("sw", 2, 3, 1), .storeMisaligned),
            (.jumpAndLink(2, 6), .instructionMisaligned), (.jumpAndLinkRegister(2, 2, 1), .instructionMisaligned),
            (.jumpAndLinkRegister(2, 3, 1), .instructionMisaligned), (.branch("beq", 0, 0, 6), .instructionMisaligned),
            // SYSTEM with other fields, FENCE.I, and a multiplication are not in RV32I.
            (.word(0x0000_00F3), .illegal), (.word(0x3000_2073), .illegal), (.word(0x0000_100F), .illegal),
            (.word(0x0220_81B3), .illegal), (.word(0x4010_9093), .illegal),
        ]

    @Test("halts at what it cannot do, with the cause, and changes nothing", arguments: trapCases)
    func traps(_ instruction: Instruction, _ trap: RV32IModel.Trap) throws {
        let before = Instruction.constant(1, 4096)
        let words = (before + [instruction]).map(\.word)
        let end = try RV32ILockstep(longestWait: 1).run(words, instructions: 10, seed: 3)
        #expect(end.trap == trap)
        #expect(end.instructions == before.count)
    }

    @Test("a branch that is not taken may go anywhere")
    func untakenBranch() throws {
        try expectAgreement([.branch("bne", 0, 0, 6), .immediate("addi", 1, 0, 1)])
    }

    @Test("agrees with the model on words at random, legal or not", arguments: 1...6)
    func randomWords(_ seed: UInt64) throws {
        var random = SplitMix(seed)
        let opcodes: [UInt32] = [0x37, 0x17, 0x6F, 0x67, 0x63, 0x03, 0x23, 0x13, 0x33, 0x0F, 0x73, 0x3B]
        let lockstep = try RV32ILockstep(longestWait: 0)
        for _ in 0..<100 {
            var word = UInt32.random(in: 0 ... .max, using: &random) & ~127
            word |= opcodes.randomElement(using: &random) ?? 0
            // The upper seven bits are often those of a legal instruction.
            if random.once(in: 2) { word &= random.once(in: 2) ? 0x01FF_FFFF : 0x41FF_FFFF }
            let program = Instruction.constant(1, .random(in: 0 ... .max, using: &random)).map(\.word) + [word]
            // Wherever it goes from there, it lands on the zeros around the program, which are illegal.
            let end = try lockstep.run(program, instructions: 4, seed: seed)
            #expect(end.trap != nil)
        }
    }

    @Test("agrees with the model on random programs, with random waits", arguments: 1...12)
    func randomPrograms(_ seed: UInt64) throws {
        let program = RandomProgram(seed: seed).words
        let lockstep = try RV32ILockstep(longestWait: Int(seed) % 4)
        let end = try lockstep.run(program, instructions: 600, seed: seed)
        #expect(end.trap == nil && end.instructions == 600, "seed \(seed)")
    }

    @Test("an instruction takes two cycles when no memory lets it wait")
    func cycles() throws {
        let end = try RV32ILockstep(longestWait: 0).run(RandomProgram(seed: 1).words, instructions: 200, seed: 1)
        // The last instruction is seen in its second cycle, before that cycle's edge.
        #expect(end.cycles == 2 * 200)
    }

    @Test("begins at its reset address")
    func resetAddress() throws {
        let words = [Instruction.addUpperImmediateToAddress(1, 0), .breakpoint].map(\.word)
        let end = try RV32ILockstep(longestWait: 1, resetAddress: 0x8000_0000).run(words, instructions: 9, seed: 5)
        #expect(end.trap == .breakpoint && end.instructions == 1)
    }
}

extension Instruction {
    /// All zeros, which the manual keeps illegal for ever.
    static let illegal = Instruction.word(0)
}
