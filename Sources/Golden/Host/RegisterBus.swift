/// What the manager of an AXI4-Lite bus drives.
public struct RegisterBusInputs: Sendable {
    public var writeAddress = 0
    public var writeProtection = 0
    public var writeAddressValid = false
    public var writeData: UInt32 = 0
    /// One bit a byte.
    public var strobes: UInt8 = 0
    public var writeDataValid = false
    public var writeResponseReady = false
    public var readAddress = 0
    public var readProtection = 0
    public var readAddressValid = false
    public var readDataReady = false

    public init() {}

    func write(to record: inout RecordWriter) {
        record.put(writeAddress)
        record.put(writeProtection)
        record.put(writeAddressValid)
        record.put(UInt64(writeData))
        record.put(UInt64(strobes))
        record.put(writeDataValid)
        record.put(writeResponseReady)
        record.put(readAddress)
        record.put(readProtection)
        record.put(readAddressValid)
        record.put(readDataReady)
    }
}

/// The bus of Components' `RegisterBank`, cycle by cycle: when requests take effect and when they are answered. What the
/// registers are is said by who holds it.
public struct RegisterBus {
    /// The answers of the bus.
    public enum Response: Int, Sendable { case okay = 0, subordinateError = 2 }

    /// A write that takes effect at the coming edge.
    struct Write: Sendable {
        /// Address in bytes, of a word.
        let offset: Int
        let data: UInt32
        /// The bits of the bytes that are written.
        let mask: UInt32
    }

    private var writeAddresses = SkidBuffer<Int>()
    private var writeData = SkidBuffer<(data: UInt32, mask: UInt32)>()
    private var readAddresses = SkidBuffer<Int>()
    public private(set) var isWriteAnswered = false
    public private(set) var writeResponse = Response.okay
    public private(set) var isReadAnswered = false
    public private(set) var readResponse = Response.okay
    public private(set) var readData: UInt32 = 0

    public var isWriteAddressReady: Bool { writeAddresses.isReady }
    public var isWriteDataReady: Bool { writeData.isReady }
    public var isReadAddressReady: Bool { readAddresses.isReady }

    init() {}

    func writeOutputs(to record: inout RecordWriter) {
        record.put(isWriteAddressReady)
        record.put(isWriteDataReady)
        record.put(writeResponse.rawValue)
        record.put(isWriteAnswered)
        record.put(isReadAddressReady)
        record.put(UInt64(readData))
        record.put(readResponse.rawValue)
        record.put(isReadAnswered)
    }

    /// The edge.
    ///
    /// - Parameters:
    ///   - read: what a word holds; nil where there is none.
    ///   - isWritable: whether there is a word that can be written.
    /// - Returns: the write that takes effect.
    mutating func clock(
        _ inputs: RegisterBusInputs, read: (Int) -> UInt32?, isWritable: (Int) -> Bool
    ) -> Write? {
        let write = takeWrite(isFree: !isWriteAnswered || inputs.writeResponseReady, isWritable)
        let isReadFree = !isReadAnswered || inputs.readDataReady
        if isReadFree {
            if let offset = readAddresses.first {
                let value = read(offset)
                readData = value ?? 0
                readResponse = value == nil ? .subordinateError : .okay
            }
            isReadAnswered = readAddresses.first != nil
        }
        writeAddresses.clock(
            offered: inputs.writeAddressValid ? inputs.writeAddress & ~3 : nil, isTaken: write != nil)
        var mask: UInt32 = 0
        for byte in 0..<4 where inputs.strobes >> UInt8(byte) & 1 == 1 { mask |= 0xff << UInt32(8 * byte) }
        writeData.clock(offered: inputs.writeDataValid ? (inputs.writeData, mask) : nil, isTaken: write != nil)
        readAddresses.clock(offered: inputs.readAddressValid ? inputs.readAddress & ~3 : nil, isTaken: isReadFree)
        return write
    }

    private mutating func takeWrite(isFree: Bool, _ isWritable: (Int) -> Bool) -> Write? {
        guard isFree else { return nil }
        guard let offset = writeAddresses.first, let (data, mask) = writeData.first else {
            isWriteAnswered = false
            return nil
        }
        isWriteAnswered = true
        writeResponse = isWritable(offset) ? .okay : .subordinateError
        return Write(offset: offset, data: data, mask: mask)
    }
}
