public import HDL

/// What an instruction does, as far as the control needs to know.
enum InstructionKind: HardwareEnum {
    case loadUpperImmediate, addUpperImmediateToAddress, jumpAndLink, jumpAndLinkRegister, branch, load, store
    case arithmeticImmediate, arithmetic, fence, environmentCall, breakpoint, illegal

    /// The listing of the manual (chapter "RV32/64G Instruction Set Listings"); what it does not have is illegal.
    static func decode<Ports>(_ instruction: Bits, _ m: Builder<Ports>) -> EnumSignal<InstructionKind> {
        let kind = m.wire("kind", InstructionKind.self)
        choose(instruction) { on in
            on.case("???????_?????_?????_???_?????_0110111") { kind.drive(.loadUpperImmediate) }
            on.case("???????_?????_?????_???_?????_0010111") { kind.drive(.addUpperImmediateToAddress) }
            on.case("???????_?????_?????_???_?????_1101111") { kind.drive(.jumpAndLink) }
            on.case("???????_?????_?????_000_?????_1100111") { kind.drive(.jumpAndLinkRegister) }
            on.case(
                "???????_?????_?????_00?_?????_1100011",  // BEQ, BNE
                "???????_?????_?????_1??_?????_1100011"  // BLT, BGE, BLTU, BGEU
            ) { kind.drive(.branch) }
            on.case(
                "???????_?????_?????_?00_?????_0000011",  // LB, LBU
                "???????_?????_?????_?01_?????_0000011",  // LH, LHU
                "???????_?????_?????_010_?????_0000011"  // LW
            ) { kind.drive(.load) }
            on.case(
                "???????_?????_?????_00?_?????_0100011",  // SB, SH
                "???????_?????_?????_010_?????_0100011"  // SW
            ) { kind.drive(.store) }
            on.case(
                "???????_?????_?????_??0_?????_0010011",  // ADDI, SLTI, XORI, ORI
                "???????_?????_?????_?11_?????_0010011",  // SLTIU, ANDI
                "0000000_?????_?????_001_?????_0010011",  // SLLI
                "0?00000_?????_?????_101_?????_0010011"  // SRLI, SRAI
            ) { kind.drive(.arithmeticImmediate) }
            on.case(
                "0000000_?????_?????_???_?????_0110011",  // ADD, SLL, SLT, SLTU, XOR, SRL, OR, AND
                "0100000_?????_?????_000_?????_0110011",  // SUB
                "0100000_?????_?????_101_?????_0110011"  // SRA
            ) { kind.drive(.arithmetic) }
            on.case("???????_?????_?????_000_?????_0001111") { kind.drive(.fence) }
            on.case("0000000_00000_00000_000_00000_1110011") { kind.drive(.environmentCall) }
            on.case("0000000_00001_00000_000_00000_1110011") { kind.drive(.breakpoint) }
            on.default { kind.drive(.illegal) }
        }
        return kind
    }
}

/// The function field of arithmetic instructions, in the order of its codes.
enum ArithmeticFunction: HardwareEnum {
    case add, shiftLeft, lessSigned, less, xor, shiftRight, or, and
}

/// Why a core has halted, in the order of the codes of `mcause` (volume II of the manual).
public enum TrapCause: HardwareEnum {
    case instructionMisaligned, instructionFault, illegalInstruction, breakpoint
    case loadMisaligned, loadFault, storeMisaligned, storeFault
    case userCall, supervisorCall, reserved, machineCall
}

/// The immediate operand that an instruction has in each of the manual's formats.
struct Immediates {
    let i, s, b, u, j: Bits

    init<Ports>(of word: Bits, _ m: Builder<Ports>) {
        let zero = m.constant(0, 1)
        i = word[20..<32].signExtended(to: 32).named("immediate_i")
        s = concatenate([word[25..<32], word[7..<12]]).signExtended(to: 32).named("immediate_s")
        b = concatenate([word[31], word[7], word[25..<31], word[8..<12], zero])
            .signExtended(to: 32).named("immediate_b")
        u = concatenate([word[12..<32], m.constant(0, 12)]).named("immediate_u")
        j = concatenate([word[31], word[12..<20], word[20], word[21..<31], zero])
            .signExtended(to: 32).named("immediate_j")
    }
}

/// Where the bytes of a load or a store lie in the word of the bus.
struct Transfer {
    let strobes: Bits
    let isMisaligned: Bits
    private let size: Bits
    /// The first byte's place in the word, in bits.
    private let shift: Bits

    /// - Parameter size: the binary logarithm of the number of bytes.
    init<Ports>(_ m: Builder<Ports>, size: Bits, location: Bits) {
        let offset = location[0..<2]
        let bytes = select(size, [m.constant(0b0001, 4), m.constant(0b0011, 4), m.constant(0b1111, 4)])
        self.size = size
        strobes = (bytes << offset).named("strobes")
        isMisaligned = select(size, [m.constant(0, 1), offset[0], offset.anySet]).named("is_misaligned")
        shift = concatenate([offset, m.constant(0, 3)]).named("shift")
    }

    /// A register's value at its place in the word.
    func place(_ value: Bits) -> Bits { value << shift }

    /// The value for a register from its place in the word.
    func extract(_ word: Bits, isUnsigned: Bits) -> Bits {
        let value = (word >> shift).named("shifted")
        func extended(_ part: Bits) -> Bits {
            mux(isUnsigned, part.zeroExtended(to: 32), part.signExtended(to: 32))
        }
        return select(size, [extended(value[0..<8]), extended(value[0..<16]), value])
    }
}
