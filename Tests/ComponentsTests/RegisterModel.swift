import BitVectors
import Components

/// What the example bank should hold: bytes and masks, written down by hand and not from the description.
struct RegisterModel {
    let dataWidth: Int
    /// Words by their offset; those that are not here are not mapped.
    var words: [Int: UInt64] = [0: 0x35a0, 8: 0, 16: 0x40, 24: 0x1234_5678]
    /// Bits that a write may change.
    private let writable: [Int: UInt64] = [0: 0x7fff1, 8: 0, 16: 0x3fc0, 24: .max]
    var status: UInt64 = 0

    init(dataWidth: Int) { self.dataWidth = dataWidth }

    private func word(_ address: Int) -> Int { address / (dataWidth / 8) * (dataWidth / 8) }
    private var all: UInt64 { dataWidth == 64 ? .max : (1 << UInt64(dataWidth)) - 1 }

    mutating func write(_ address: Int, _ data: BitVector, _ strobes: BitVector) -> Int {
        let offset = word(address)
        guard let old = words[offset], let writable = writable[offset] else { return 2 }
        var mask: UInt64 = 0
        for byte in 0..<dataWidth / 8 where strobes[byte] { mask |= 0xff << UInt64(byte * 8) }
        let value = data.words[0]
        words[offset] = old & ~(mask & writable & all) | value & mask & writable & all
        // Events are cleared by ones.
        if offset == 8 { words[8] = old & ~(value & mask & 0x3f0) }
        return 0
    }

    func read(_ address: Int) -> (data: UInt64, response: Int) {
        let offset = word(address)
        guard let value = words[offset] else { return (0, 2) }
        switch offset {
        case 8: return (value | status, 0)
        case 16: return (0, 0)
        default: return (value, 0)
        }
    }
}
