/// Offsets in bytes of the accelerator's registers, by hand and not from their description in Engine.
public enum HostRegister {
    public static let control = 0x40
    public static let status = 0x44
    public static let interruptEnable = 0x48
    public static let interruptPending = 0x4c
    public static let error = 0x50
    public static let resultKind = 0x60
    public static let resultBase = 0x64
    public static let resultCount = 0x68
    public static let resultWords = 0x6c

    static let counters = 0x80
    public static func counter(_ counter: Accelerator.Counter) -> Int { counters + 4 * counter.rawValue }

    /// Every register, the parameters first.
    public static let all =
        Array(stride(from: 0, through: 0x24, by: 4)) + Array(stride(from: control, through: error, by: 4))
        + Array(stride(from: resultKind, through: resultWords, by: 4)) + Accelerator.Counter.allCases.map(counter)
}

/// What the registers of the accelerator hold that the bus writes.
struct AcceleratorRegisters {
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
            HostRegister.control, HostRegister.interruptEnable, HostRegister.interruptPending, HostRegister.resultKind,
            HostRegister.resultBase,
            HostRegister.resultCount, HostRegister.resultWords,
        ].contains(offset)
    }

    /// A word of these registers; nil where the word is none of them.
    func word(_ offset: Int) -> UInt32? {
        switch offset {
        case HostRegister.control: 0
        case HostRegister.interruptEnable: enabled.rawValue
        case HostRegister.interruptPending: pending.rawValue
        case HostRegister.resultKind: result.codes ? 1 : 0
        case HostRegister.resultBase: UInt32(result.base)
        case HostRegister.resultCount: UInt32(result.count)
        case HostRegister.resultWords: UInt32(result.words)
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
        case HostRegister.control:
            orders = UInt32(merged(Int(orders), bits: 2))
            isOrder = write.mask & 0xff != 0
        case HostRegister.interruptEnable: enabled = Events(rawValue: UInt32(merged(Int(enabled.rawValue), bits: 2)))
        case HostRegister.interruptPending: pending.subtract(Events(rawValue: write.data & write.mask & 3))
        case HostRegister.resultKind: result.codes = merged(result.codes ? 1 : 0, bits: 1) == 1
        case HostRegister.resultBase: result.base = merged(result.base, bits: 24)
        case HostRegister.resultCount: result.count = merged(result.count, bits: 24)
        case HostRegister.resultWords: result.words = merged(result.words, bits: 16)
        default: break
        }
    }
}
