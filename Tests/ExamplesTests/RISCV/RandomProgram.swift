/// A random program whose jumps land inside and whose loads and stores stay near the data.
///
/// Registers x28 to x31 hold addresses and are changed by nobody: x30 the middle of the data, x31 the program's beginning.
struct RandomProgram {
    private var random: SplitMix
    private(set) var words: [UInt32] = []
    /// Address of the middle of the data.
    static let data: UInt32 = 0x1_0000
    static let edges: [UInt32] = [0, 1, 2, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_FFFF, 31, 32, 0xFFFF_8000]

    init(seed: UInt64, length: Int = 120) {
        random = SplitMix(seed)
        append(Instruction.constant(30, Self.data) + Instruction.constant(31, 0))
        for number in 1..<16 { append(Instruction.constant(number, operand())) }
        let end = words.count + length
        while words.count < end { append([instruction(at: words.count, end: end)]) }
        // Back to the first random instruction, so that a program lasts as long as the test likes.
        append([.jumpAndLink(0, (34 - words.count) * 4)])
    }

    private mutating func append(_ instructions: [Instruction]) { words += instructions.map(\.word) }

    private mutating func operand() -> UInt32 {
        random.once(in: 2) ? Self.edges.randomElement(using: &random) ?? 0 : .random(in: 0 ... .max, using: &random)
    }

    private mutating func number(_ range: Range<Int>) -> Int { .random(in: range, using: &random) }

    private mutating func name<Value>(_ table: [String: Value]) -> String {
        // Sorted, since a dictionary's order differs from run to run.
        table.keys.sorted().randomElement(using: &random) ?? ""
    }

    private mutating func instruction(at place: Int, end: Int) -> Instruction {
        let rd = number(0..<28)
        let (rs1, rs2) = (number(0..<20), number(0..<20))
        // Where a jump may go: forward mostly, so that programs get on.
        let target = random.once(in: 4) ? number(34..<end) : number(place + 1..<min(place + 8, end) + 1)
        let offset = (target - place) * 4
        switch number(0..<20) {
        case 0..<5: return .register(name(Instruction.registers), rd, rs1, rs2)
        case 5..<8: return .immediate(name(Instruction.immediates), rd, rs1, number(-2048..<2048))
        case 8..<10: return .shift(name(Instruction.shifts), rd, rs1, number(0..<32))
        case 10..<12:
            let size = ["lb", "lbu", "lh", "lhu", "lw"].randomElement(using: &random) ?? "lw"
            let step = size == "lw" ? 4 : size.hasPrefix("lh") ? 2 : 1
            return .load(size, rd, number(-64 / step..<64 / step) * step, 30)
        case 12..<15:
            let size = ["sb", "sh", "sw"].randomElement(using: &random) ?? "sw"
            let step = size == "sw" ? 4 : size == "sh" ? 2 : 1
            return .store(size, rs2, number(-64 / step..<64 / step) * step, 30)
        case 15..<17: return .branch(name(Instruction.branches), rs1, rs2, offset)
        case 17:
            return random.once(in: 2)
                ? .jumpAndLink(rd, offset) : .jumpAndLinkRegister(rd, target * 4 | number(0..<2), 31)
        case 18: return random.once(in: 2) ? .loadUpperImmediate(rd, number(0..<1 << 20)) : .fence
        default: return .addUpperImmediateToAddress(rd, number(0..<1 << 20))
        }
    }
}
