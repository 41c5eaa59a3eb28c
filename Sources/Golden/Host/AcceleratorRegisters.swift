/// What the registers of the accelerator hold that the bus writes.
struct AcceleratorRegisters {
    /// Offsets in bytes, as docs/host.md and the header that `hwgen emit` writes have them.
    enum Offset {
        static let control = 0x40
        static let status = 0x44
        static let interruptEnable = 0x48
        static let interruptPending = 0x4c
        static let error = 0x50
        static let resultKind = 0x60
        static let resultBase = 0x64
        static let resultCount = 0x68
        static let resultWords = 0x6c
        static let counters = 0x80
    }

    /// An event that is remembered, or enabled, as bits of a word.
    struct Events: OptionSet {
        let rawValue: UInt32
        static let done = Events(rawValue: 1)
        static let error = Events(rawValue: 2)
    }

    var enabled: Events = []
    var pending: Events = []
    /// The bits of `control` that were written last, and whether they are new in this cycle.
    private var orders: UInt32 = 0
    private var isOrder = false
    var result = ResultStreamer.Request()

    var isStart: Bool { isOrder && orders & 1 == 1 }
    var isClear: Bool { isOrder && orders & 2 == 2 }

    static func isWritable(_ offset: Int) -> Bool {
        [
            Offset.control, Offset.interruptEnable, Offset.interruptPending, Offset.resultKind, Offset.resultBase,
            Offset.resultCount, Offset.resultWords,
        ].contains(offset)
    }

    /// A word of these registers; nil where the word is none of them.
    func word(_ offset: Int) -> UInt32? {
        switch offset {
        case Offset.control: 0
        case Offset.interruptEnable: enabled.rawValue
        case Offset.interruptPending: pending.rawValue
        case Offset.resultKind: result.codes ? 1 : 0
        case Offset.resultBase: UInt32(result.base)
        case Offset.resultCount: UInt32(result.count)
        case Offset.resultWords: UInt32(result.words)
        default: nil
        }
    }

    /// The edge: a write takes effect, and what happened is remembered.
    mutating func clock(_ write: RegisterBus.Write?, happened: Events) {
        isOrder = false
        if let write { take(write) }
        pending.formUnion(happened)
    }

    private mutating func take(_ write: RegisterBus.Write) {
        func merged(_ old: Int, bits: Int) -> Int {
            let value = UInt32(old) & ~write.mask | write.data & write.mask
            return Int(value & (1 << UInt32(bits) - 1))
        }
        switch write.offset {
        case Offset.control:
            orders = UInt32(merged(Int(orders), bits: 2))
            isOrder = write.mask & 0xff != 0
        case Offset.interruptEnable: enabled = Events(rawValue: UInt32(merged(Int(enabled.rawValue), bits: 2)))
        case Offset.interruptPending: pending.subtract(Events(rawValue: write.data & write.mask & 3))
        case Offset.resultKind: result.codes = merged(result.codes ? 1 : 0, bits: 1) == 1
        case Offset.resultBase: result.base = merged(result.base, bits: 24)
        case Offset.resultCount: result.count = merged(result.count, bits: 24)
        case Offset.resultWords: result.words = merged(result.words, bits: 16)
        default: break
        }
    }
}
