/// One port of a design's top module.
public struct PortDescription: Hashable, Sendable {
    /// Seen from the design.
    public enum Direction: String, Hashable, Sendable { case input, output }

    public var name: String
    /// Bits, at least 1.
    public var width: Int
    public var direction: Direction
    /// The one input that the model itself drives; it takes no place in a record.
    public var isClock: Bool

    public init(name: String, width: Int, direction: Direction, isClock: Bool = false) {
        self.name = name
        self.width = width
        self.direction = direction
        self.isClock = isClock
    }

    public static func input(_ name: String, _ width: Int = 1) -> PortDescription {
        PortDescription(name: name, width: width, direction: .input)
    }

    public static func output(_ name: String, _ width: Int = 1) -> PortDescription {
        PortDescription(name: name, width: width, direction: .output)
    }

    public static func clock(_ name: String) -> PortDescription {
        PortDescription(name: name, width: 1, direction: .input, isClock: true)
    }

    /// Bytes that Verilator keeps for the port: 1, 2, 4, 8, or 4 for each word of 32 bits.
    public var storageBytes: Int {
        switch width {
        case ...8: 1
        case ...16: 2
        case ...32: 4
        case ...64: 8
        default: 4 * ((width + 31) / 32)
        }
    }

    /// 64-bit words that the port takes in a record.
    public var recordWords: Int { (width + 63) / 64 }
}
