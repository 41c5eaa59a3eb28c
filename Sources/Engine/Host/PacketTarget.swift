/// What a packet of the host loads: the lowest byte of its header.
///
/// Golden's type of the same name has the same codes.
public enum PacketTarget: Int, CaseIterable, Sendable {
    /// Rows of cells of a bank of the array.
    case rows = 1
    /// Entries of the list of row groups.
    case list
    /// Biases and scales of output channels.
    case channels
    /// Words of the descriptors.
    case descriptors
    /// Words of a bank of the activation memory.
    case activations

    /// Bits of a code.
    static let width = 3
}

/// What is wrong with what the host sent: the codes of the register `error`.
public enum HostError: Int, CaseIterable, Sendable {
    case none
    /// The header names none of the targets.
    case unknownTarget
    /// The header's bank, base or number of items lies outside the memory, or there are no items.
    case outsideMemory
    /// TLAST came before the last word.
    case tooShort
    /// The last word came without TLAST.
    case tooLong
    /// A packet began while a network ran or its results were sent.
    case memoryInUse
    /// `control.start` was written while a network ran or its results were sent.
    case startWhileBusy
    /// A result lies outside the memory.
    case resultOutsideMemory
    /// A sum was beyond the accumulator.
    case saturated

    /// Bits of a code.
    static let width = 4
}
