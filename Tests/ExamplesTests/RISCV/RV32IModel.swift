/// RV32I instruction by instruction, from the text of the manual: what changes in the registers and the memory, or why the
/// instruction traps.
struct RV32IModel {
    var pc: UInt32 = 0
    private(set) var x = [UInt32](repeating: 0, count: 32)
    /// Bytes that are not zero, by address.
    var memory: [UInt32: UInt8] = [:]

    /// What an instruction has done.
    struct Effect: Equatable {
        var pc: UInt32
        /// Register that changed, zero for none.
        var rd = 0
        var value: UInt32 = 0
        var stores: [Store] = []
    }

    struct Store: Equatable {
        let address: UInt32
        let byte: UInt8
    }

    /// Numbers of `mcause`.
    enum Trap: Int, Error {
        case instructionMisaligned = 0
        case illegal = 2
        case breakpoint = 3
        case loadMisaligned = 4
        case storeMisaligned = 6
        case call = 11
    }

    /// Executes an instruction.
    mutating func execute(_ word: UInt32) throws(Trap) -> Effect {
        let rd = Int(word >> 7 & 31)
        let function3 = word >> 12 & 7
        let function7 = word >> 25
        let a = x[Int(word >> 15 & 31)]
        let b = x[Int(word >> 20 & 31)]
        let immediate = UInt32(bitPattern: Int32(bitPattern: word) >> 20)
        var effect = Effect(pc: pc)
        var next = pc &+ 4
        var result: UInt32?

        switch word & 127 {
        case 0x37: result = word & 0xFFFF_F000
        case 0x17: result = pc &+ (word & 0xFFFF_F000)
        case 0x6F:
            result = pc &+ 4
            next = pc &+ Self.jumpOffset(word)
        case 0x67 where function3 == 0:
            result = pc &+ 4
            next = (a &+ immediate) & ~1
        case 0x63:
            if try Self.isTaken(function3, a, b) { next = pc &+ Self.branchOffset(word) }
        case 0x03: result = try load(function3, a &+ immediate)
        case 0x23:
            let offset = UInt32(bitPattern: Int32(bitPattern: word & 0xFE00_0000) >> 20) | word >> 7 & 31
            effect.stores = try store(function3, a &+ offset, b)
        case 0x13:
            // Only right shifts have a variant, and the upper bits of a shift's immediate tell it.
            let isShift = function3 == 1 || function3 == 5
            result = try Self.compute(function3, isShift ? function7 : 0, a, immediate)
        case 0x33: result = try Self.compute(function3, function7, a, b)
        case 0x0F where function3 == 0: break
        case 0x73 where word == 0x0000_0073: throw .call
        case 0x73 where word == 0x0010_0073: throw .breakpoint
        default: throw .illegal
        }
        if next % 4 != 0 { throw .instructionMisaligned }
        for one in effect.stores { memory[one.address] = one.byte }
        if let result, rd != 0 {
            x[rd] = result
            effect.rd = rd
            effect.value = result
        }
        pc = next
        return effect
    }

    private static func compute(
        _ function3: UInt32, _ function7: UInt32, _ a: UInt32, _ b: UInt32
    ) throws(Trap) -> UInt32 {
        let signedA = Int32(bitPattern: a)
        switch (function7, function3) {
        case (0, 0): return a &+ b
        case (0x20, 0): return a &- b
        case (0, 1): return a << (b % 32)
        case (0, 2): return signedA < Int32(bitPattern: b) ? 1 : 0
        case (0, 3): return a < b ? 1 : 0
        case (0, 4): return a ^ b
        case (0, 5): return a >> (b % 32)
        case (0x20, 5): return UInt32(bitPattern: signedA >> Int32(b % 32))
        case (0, 6): return a | b
        case (0, 7): return a & b
        default: throw .illegal
        }
    }

    private static func isTaken(_ function3: UInt32, _ a: UInt32, _ b: UInt32) throws(Trap) -> Bool {
        switch function3 {
        case 0: return a == b
        case 1: return a != b
        case 4: return Int32(bitPattern: a) < Int32(bitPattern: b)
        case 5: return Int32(bitPattern: a) >= Int32(bitPattern: b)
        case 6: return a < b
        case 7: return a >= b
        default: throw .illegal
        }
    }

    private func load(_ function3: UInt32, _ address: UInt32) throws(Trap) -> UInt32 {
        let sizes: [UInt32: UInt32] = [0: 1, 1: 2, 2: 4, 4: 1, 5: 2]
        guard let size = sizes[function3] else { throw .illegal }
        if address % size != 0 { throw .loadMisaligned }
        let value = (0..<size).reduce(UInt32(0)) { $0 | UInt32(memory[address &+ $1] ?? 0) << (8 * $1) }
        switch function3 {
        case 0: return UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: value)))
        case 1: return UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: value)))
        default: return value
        }
    }

    private func store(_ function3: UInt32, _ address: UInt32, _ value: UInt32) throws(Trap) -> [Store] {
        guard function3 <= 2 else { throw .illegal }
        let size = UInt32(1) << function3
        if address % size != 0 { throw .storeMisaligned }
        return (0..<size).map { Store(address: address &+ $0, byte: UInt8(truncatingIfNeeded: value >> (8 * $0))) }
    }

    private static func branchOffset(_ word: UInt32) -> UInt32 {
        let sign: UInt32 = word >> 31 == 1 ? 0xFFFF_F000 : 0
        return sign | (word >> 7 & 1) << 11 | (word >> 25 & 63) << 5 | (word >> 8 & 15) << 1
    }

    private static func jumpOffset(_ word: UInt32) -> UInt32 {
        let sign: UInt32 = word >> 31 == 1 ? 0xFFF0_0000 : 0
        return sign | word & 0x000F_F000 | (word >> 20 & 1) << 11 | (word >> 21 & 1023) << 1
    }
}
