import BitVectors
import HDL

/// Turns a design into a flat program: flattens the hierarchy, gives every value a place in one store of words, and
/// writes an instruction for every operation, in any order. `schedule` orders them.
///
/// Law: after a run of the scheduled program every place holds what `Circuit/Operation.swift` and the statements say
/// of its signal, given inputs, registers and memories. Nothing recurses over the graph.
struct Compiler {
    let design: Design
    var scopes: [Scope] = []
    var domains: [FlatDomain] = []
    var program = Program()

    /// Opcode of each instruction, and the number of words of its result.
    var opcodes: [Opcode] = []
    var resultWords: [Int32] = []
    /// Instruction that writes each word of the store; -1 for sources.
    var producers: [Int32] = []
    /// The place that each place is a copy of, in the end; itself for most.
    var sourceOfCopies: [UInt32] = []
    /// Places of constants.
    private var constants: [BitVector: UInt32] = [:]

    var registers: [FlatRegister] = []
    var memories: [FlatMemory] = []
    var writes: [FlatWrite] = []
    var checks: [FlatCheck] = []
    /// Places of an input port of the top, by position.
    var inputs: [FlatInput] = []

    init(_ design: Design) throws(SimulationError) {
        self.design = design
        try flatten()
        for index in scopes.indices {
            emitNodes(of: index)
            emitStatements(of: index)
        }
    }

    // MARK: Places

    func words(of width: Int) -> Int { (width + 63) / 64 }

    /// A new place for a value of a width.
    mutating func allocate(_ width: Int) -> UInt32 {
        let place = UInt32(program.image.count)
        for _ in 0..<words(of: width) {
            program.image.append(0)
            producers.append(-1)
        }
        return place
    }

    /// The place of a constant, the same one for equal ones.
    mutating func constant(_ value: BitVector) -> UInt32 {
        if let known = constants[value] { return known }
        let place = allocate(value.width)
        for (index, word) in value.words.enumerated() { program.image[Int(place) + index] = word }
        constants[value] = place
        return place
    }

    mutating func constant(_ value: Int, width: Int) -> UInt32 { constant(BitVector(value, width: width)) }

    // MARK: Instructions

    /// Writes an instruction whose result, of some words, goes to the instruction's target.
    mutating func emit(_ opcode: Opcode, words: Int = 1, _ instruction: Instruction) {
        let index = Int32(program.instructions.count)
        program.instructions.append(instruction)
        opcodes.append(opcode)
        resultWords.append(Int32(words))
        for word in 0..<words { producers[Int(instruction.target) + word] = index }
    }

    /// Writes an instruction and gives its result a place.
    mutating func emit(
        _ opcode: Opcode, width: Int, a: UInt32 = 0, b: UInt32 = 0, c: UInt32 = 0, d: UInt32 = 0
    ) -> UInt32 {
        let target = allocate(width)
        emit(opcode, words: words(of: width), Instruction(target: target, a: a, b: b, c: c, d: d))
        return target
    }

    /// Lets a place take the value of another one.
    mutating func copy(_ source: UInt32, to target: UInt32, width: Int) {
        if width <= 64 {
            emit(.copy, Instruction(target: target, a: source))
        } else {
            emit(.copyWide, words: words(of: width), Instruction(target: target, a: source, d: UInt32(width)))
        }
    }

    /// The start of a list of operands in the pool.
    mutating func pooled(_ operands: [UInt32]) -> UInt32 {
        let start = UInt32(program.pool.count)
        program.pool += operands
        return start
    }

    /// `whenTrue` when the bit is set, else `whenFalse`.
    mutating func mux(_ condition: UInt32, _ whenTrue: UInt32, _ whenFalse: UInt32, width: Int) -> UInt32 {
        if whenTrue == whenFalse { return whenTrue }
        return emit(
            width <= 64 ? .mux : .muxWide, width: width, a: condition, b: whenTrue, c: whenFalse, d: UInt32(width))
    }

    /// The value of a list that an index below their number chooses, or zero.
    mutating func select(_ index: UInt32, _ values: [UInt32], width: Int) -> UInt32 {
        emit(
            width <= 64 ? .select : .selectWide, width: width, a: pooled(values), b: UInt32(values.count), c: index,
            d: UInt32(width))
    }

    /// A value as an amount or index: narrow, and too large when the value is.
    mutating func saturated(_ place: UInt32, width: Int) -> UInt32 {
        width <= 64 ? place : emit(.saturate, width: 64, a: place, d: UInt32(width))
    }
}

/// A register of the flattened design: its value, what it takes at an edge, and what the reset gives it.
struct FlatRegister {
    let domain: Int
    let value: UInt32
    let width: Int
    var next: UInt32
    let reset: UInt32?
}

struct FlatMemory {
    let name: String
    let base: UInt32
    let depth: Int
    let width: Int
    var words: Int { (width + 63) / 64 }
}

/// A write statement: sampled and done at the edges of its memory's domain.
struct FlatWrite {
    let domain: Int
    let memory: Int
    /// One bit; nil when nothing is around the statement.
    var enable: UInt32?
    var address: UInt32
    var value: UInt32
    var mask: UInt32?
    let lanes: Int
}

struct FlatCheck {
    let name: String
    let declaration: CheckDeclaration
    /// -1 in a module without a clock, where it is looked at whenever something has changed.
    let domain: Int
    var condition: UInt32
}

struct FlatInput {
    let name: String
    let place: UInt32
    let width: Int
}
