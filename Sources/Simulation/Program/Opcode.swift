/// What an instruction computes. Operands `a`, `b`, `c` are places in the word store unless said otherwise; "#" marks a
/// number that stands in the instruction itself.
enum Opcode: UInt8, CaseIterable, Sendable {
    // Values of at most 64 bits; those that must cut their result have #d = 64 - width.
    case copy, not
    case and, or, xor
    case add, subtract, multiply
    case divide, modulo, divideSigned, moduloSigned
    case equal, notEqual, less, lessOrEqual, lessSigned, lessOrEqualSigned
    case shiftLeft, shiftRight, shiftRightSigned
    case mux
    /// Bits of `a` from #b.
    case slice
    /// As `slice`, of the two words at `a`.
    case straddlingSlice
    /// `a` shifted left by #c, and `b` below it.
    case join
    /// Pool from #a: #b pairs of a place and the shift of its value.
    case joinList
    /// Bit 0 of `a` in every bit.
    case replicate
    /// `a` of 64 - #b bits, extended with its sign.
    case signExtend
    /// `a` with `b`, of 64 - #d bits, in the bits from #c.
    case insert
    case reduceAnd, reduceXor
    case popcount, isolateLowestSet, oneHotToBinary
    /// Pool from #a: #b places of which `c` chooses one.
    case select
    /// Bit number `b` of `a`, which has #d bits in any number of words.
    case dynamicBit
    /// Word number `a` of the #c words from #b.
    case memoryRead
    /// Pool from #a: #b places; the number of the first that is one, or #b.
    case firstTrue
    /// Pool from #a: a number for each value of `c`.
    case lookUp
    /// Pool from #a: words of a value, and #b triples of the places of a value and a mask, and a number; the number of
    /// the first that `c` agrees with, or #d.
    case match

    // Values of any width; #d = bits of the operands unless said otherwise.
    case copyWide, notWide
    case andWide, orWide, xorWide
    case addWide, subtractWide, multiplyWide
    case divideWide, moduloWide, divideSignedWide, moduloSignedWide
    case equalWide, notEqualWide, lessWide, lessOrEqualWide, lessSignedWide, lessOrEqualSignedWide
    /// By the narrow value `b`.
    case shiftLeftWide, shiftRightWide, shiftRightSignedWide
    case muxWide
    /// Bits of the words at `a` from #b < 64; #d bits of result.
    case sliceWide
    /// Pool from #a: #b triples of a place, its bits, and the position of its lowest bit; #d bits of result.
    case joinWide
    /// `a` with `b` in it; pool from #c: the lowest bit and the bits of `b`.
    case insertWide
    case reduceAndWide, reduceOrWide, reduceXorWide
    case popcountWide, isolateLowestSetWide, oneHotToBinaryWide
    case selectWide, memoryReadWide
    /// `a`, of any width, or all ones when it needs more than 64 bits.
    case saturate

    /// Where an instruction finds what it reads.
    enum Shape {
        case a, ab, abc
        /// `c` alone.
        case c
        /// Places in the pool from `a`, every `stride`-th of them from `offset` on, `b` times; besides, `c`.
        case pool(offset: Int, stride: Int, readsC: Bool)
    }

    var shape: Shape {
        switch self {
        case .copy, .not, .slice, .straddlingSlice, .replicate, .signExtend, .reduceAnd, .reduceXor, .popcount,
            .isolateLowestSet, .oneHotToBinary, .memoryRead, .copyWide, .notWide, .sliceWide, .reduceAndWide,
            .reduceOrWide, .reduceXorWide, .popcountWide, .isolateLowestSetWide, .oneHotToBinaryWide, .memoryReadWide,
            .saturate:
            .a
        case .mux, .muxWide:
            .abc
        case .lookUp, .match:
            .c
        case .firstTrue:
            .pool(offset: 0, stride: 1, readsC: false)
        case .select, .selectWide:
            .pool(offset: 0, stride: 1, readsC: true)
        case .joinList:
            .pool(offset: 0, stride: 2, readsC: false)
        case .joinWide:
            .pool(offset: 0, stride: 3, readsC: false)
        default:
            .ab
        }
    }
}
