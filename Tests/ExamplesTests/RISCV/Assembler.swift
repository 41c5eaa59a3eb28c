/// Machine words of RV32I, put together field by field in the formats of the manual, and the text of an assembler for the
/// same instruction.
struct Instruction: Sendable, CustomStringConvertible {
    let word: UInt32
    let description: String

    private init(_ word: UInt32, _ description: String) {
        self.word = word
        self.description = description
    }

    /// A word that may be no instruction at all.
    static func word(_ word: UInt32) -> Instruction { Instruction(word, ".word \(word)") }

    // MARK: Formats

    /// Puts fields, the highest first, beside each other.
    private static func fields(_ parts: (value: Int, bits: Int)...) -> UInt32 {
        parts.reduce(0) { $0 << UInt32($1.bits) | UInt32(truncatingIfNeeded: $1.value) & ((1 << UInt32($1.bits)) - 1) }
    }

    static let loads = ["lb": 0, "lh": 1, "lw": 2, "lbu": 4, "lhu": 5]
    static let stores = ["sb": 0, "sh": 1, "sw": 2]
    static let branches = ["beq": 0, "bne": 1, "blt": 4, "bge": 5, "bltu": 6, "bgeu": 7]
    static let immediates = ["addi": 0, "slti": 2, "sltiu": 3, "xori": 4, "ori": 6, "andi": 7]
    static let shifts = ["slli": (0, 1), "srli": (0, 5), "srai": (32, 5)]
    static let registers = [
        "add": (0, 0), "sub": (32, 0), "sll": (0, 1), "slt": (0, 2), "sltu": (0, 3), "xor": (0, 4), "srl": (0, 5),
        "sra": (32, 5), "or": (0, 6), "and": (0, 7),
    ]

    /// `add`, `sub`, … of two registers.
    static func register(_ name: String, _ rd: Int, _ rs1: Int, _ rs2: Int) -> Instruction {
        let (function7, function3) = registers[name] ?? (127, 7)
        return Instruction(
            fields((function7, 7), (rs2, 5), (rs1, 5), (function3, 3), (rd, 5), (0b0110011, 7)),
            "\(name) x\(rd), x\(rs1), x\(rs2)")
    }

    /// `addi`, `slti`, … with an immediate from -2048 to 2047.
    static func immediate(_ name: String, _ rd: Int, _ rs1: Int, _ value: Int) -> Instruction {
        Instruction(
            fields((value, 12), (rs1, 5), (immediates[name] ?? 1, 3), (rd, 5), (0b0010011, 7)),
            "\(name) x\(rd), x\(rs1), \(value)")
    }

    /// `slli`, `srli`, `srai` by 0 to 31.
    static func shift(_ name: String, _ rd: Int, _ rs1: Int, _ amount: Int) -> Instruction {
        let (function7, function3) = shifts[name] ?? (127, 1)
        return Instruction(
            fields((function7, 7), (amount, 5), (rs1, 5), (function3, 3), (rd, 5), (0b0010011, 7)),
            "\(name) x\(rd), x\(rs1), \(amount)")
    }

    static func load(_ name: String, _ rd: Int, _ offset: Int, _ rs1: Int) -> Instruction {
        Instruction(
            fields((offset, 12), (rs1, 5), (loads[name] ?? 3, 3), (rd, 5), (0b0000011, 7)),
            "\(name) x\(rd), \(offset)(x\(rs1))")
    }

    static func store(_ name: String, _ rs2: Int, _ offset: Int, _ rs1: Int) -> Instruction {
        Instruction(
            fields((offset >> 5, 7), (rs2, 5), (rs1, 5), (stores[name] ?? 3, 3), (offset, 5), (0b0100011, 7)),
            "\(name) x\(rs2), \(offset)(x\(rs1))")
    }

    /// A branch by an even number of bytes from -4096 to 4094.
    static func branch(_ name: String, _ rs1: Int, _ rs2: Int, _ offset: Int) -> Instruction {
        Instruction(
            fields(
                (offset >> 12, 1), (offset >> 5, 6), (rs2, 5), (rs1, 5), (branches[name] ?? 2, 3), (offset >> 1, 4),
                (offset >> 11, 1), (0b1100011, 7)),
            "\(name) x\(rs1), x\(rs2), .\(offset < 0 ? "" : "+")\(offset)")
    }

    /// A jump by an even number of bytes from -1048576 to 1048574.
    static func jumpAndLink(_ rd: Int, _ offset: Int) -> Instruction {
        Instruction(
            fields(
                (offset >> 20, 1), (offset >> 1, 10), (offset >> 11, 1), (offset >> 12, 8), (rd, 5), (0b1101111, 7)),
            "jal x\(rd), .\(offset < 0 ? "" : "+")\(offset)")
    }

    static func jumpAndLinkRegister(_ rd: Int, _ offset: Int, _ rs1: Int) -> Instruction {
        Instruction(
            fields((offset, 12), (rs1, 5), (0, 3), (rd, 5), (0b1100111, 7)), "jalr x\(rd), \(offset)(x\(rs1))")
    }

    /// `lui` of the upper 20 bits.
    static func loadUpperImmediate(_ rd: Int, _ upper: Int) -> Instruction {
        Instruction(fields((upper, 20), (rd, 5), (0b0110111, 7)), "lui x\(rd), \(upper)")
    }

    /// `auipc` of the upper 20 bits.
    static func addUpperImmediateToAddress(_ rd: Int, _ upper: Int) -> Instruction {
        Instruction(fields((upper, 20), (rd, 5), (0b0010111, 7)), "auipc x\(rd), \(upper)")
    }

    static let fence = Instruction(0x0FF0_000F, "fence")
    static let environmentCall = Instruction(0x0000_0073, "ecall")
    static let breakpoint = Instruction(0x0010_0073, "ebreak")

    /// Loads any value into a register, in two instructions.
    static func constant(_ rd: Int, _ value: UInt32) -> [Instruction] {
        let low = Int(Int32(bitPattern: value << 20) >> 20)
        let upper = Int(value &- UInt32(truncatingIfNeeded: low)) >> 12
        return [loadUpperImmediate(rd, upper), immediate("addi", rd, rd, low)]
    }
}
