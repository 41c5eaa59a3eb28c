import Foundation
import Testing

/// Law: the tests' assembler makes the words that another assembler makes of the same text.
@Suite("Assembler of the tests")
struct AssemblerTests {
    @Test("makes the words of clang's assembler")
    func encodings() throws {
        var random = SplitMix(11)
        var program: [Instruction] = [.fence, .environmentCall, .breakpoint]
        func register() -> Int { .random(in: 0..<32, using: &random) }
        func offset(_ bits: Int) -> Int { .random(in: -1 << (bits - 1)..<1 << (bits - 1), using: &random) }
        for _ in 0..<20 {
            for name in Instruction.registers.keys.sorted() {
                program.append(.register(name, register(), register(), register()))
            }
            for name in Instruction.immediates.keys.sorted() {
                program.append(.immediate(name, register(), register(), offset(12)))
            }
            for name in Instruction.shifts.keys.sorted() {
                program.append(.shift(name, register(), register(), .random(in: 0..<32, using: &random)))
            }
            for name in Instruction.loads.keys.sorted() {
                program.append(.load(name, register(), offset(12), register()))
            }
            for name in Instruction.stores.keys.sorted() {
                program.append(.store(name, register(), offset(12), register()))
            }
            for name in Instruction.branches.keys.sorted() {
                program.append(.branch(name, register(), register(), 2 * offset(12)))
            }
            program.append(.jumpAndLink(register(), 2 * offset(20)))
            program.append(.jumpAndLinkRegister(register(), offset(12), register()))
            program.append(.loadUpperImmediate(register(), .random(in: 0..<1 << 20, using: &random)))
            program.append(.addUpperImmediateToAddress(register(), .random(in: 0..<1 << 20, using: &random)))
            program += Instruction.constant(register(), .random(in: 0 ... .max, using: &random))
        }
        try ExternalProgram.withFolder { folder in
            // The linker's relaxations and compressed instructions are off, so that each line is one word as written.
            let text = [".option norelax", ".option norvc"] + program.map(\.description)
            try Data((text.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent("p.s"))
            try ExternalProgram.run(
                "clang", ["--target=riscv32", "-march=rv32i", "-c", "p.s", "-o", "p.o"], in: folder)
            try ExternalProgram.run("llvm-objcopy", ["-O", "binary", "-j", ".text", "p.o", "p.bin"], in: folder)
            let bytes = try [UInt8](Data(contentsOf: folder.appendingPathComponent("p.bin")))
            #expect(bytes.count == 4 * program.count)
            for (index, instruction) in program.enumerated() where 4 * index + 3 < bytes.count {
                let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[4 * index + $1]) << (8 * UInt32($1)) }
                #expect(instruction.word == word, "\(instruction)")
            }
        }
    }
}
