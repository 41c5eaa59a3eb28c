/// A step of the flat program: places in the word store, and numbers. 20 bytes.
struct Instruction: Sendable {
    /// Where the result goes.
    var target: UInt32
    var a: UInt32 = 0
    var b: UInt32 = 0
    var c: UInt32 = 0
    var d: UInt32 = 0
}

/// Instructions of one opcode that stand one behind the other, so that a run costs one dispatch.
struct Run: Sendable {
    let opcode: Opcode
    let start: Int32
    let end: Int32
}

/// Runs that are repeated until none of their results changes: a loop of words that is none of bits.
struct RepeatedRuns: Sendable {
    let runs: Range<Int>
    /// Words that the runs compute.
    let results: [UInt32]
    /// The bits of these words: a repetition settles one of them at least.
    var bound: Int { results.count * 64 + 1 }
    /// Hierarchical names of signals in the loop.
    let names: [String]
}

/// The combinational logic of a design: straight-line code over one store of 64-bit words.
struct Program: Sendable {
    var instructions: [Instruction] = []
    var runs: [Run] = []
    var repeated: [RepeatedRuns] = []
    /// Operand lists.
    var pool: [UInt32] = []
    /// The store at power-up: constants, registers, memories.
    var image: [UInt64] = []
}

extension Instruction {
    /// Calls the body with every place that the instruction reads, which it may change.
    @inline(__always)
    mutating func forEachRead(of opcode: Opcode, in pool: inout [UInt32], _ body: (inout UInt32) -> Void) {
        switch opcode.shape {
        case .a:
            body(&a)
        case .ab:
            body(&a)
            body(&b)
        case .abc:
            body(&a)
            body(&b)
            body(&c)
        case .c:
            body(&c)
        case .pool(let offset, let stride, let readsC):
            var index = Int(a) + offset
            for _ in 0..<b {
                body(&pool[index])
                index += stride
            }
            if readsC { body(&c) }
        }
    }
}
