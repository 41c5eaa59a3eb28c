/// What a packet loads; Engine's type of the same name says what each one is.
public enum PacketTarget: Int, CaseIterable, Sendable {
    case rows = 1
    case list, channels, descriptors, activations
}

/// What is wrong with what the host sent; Engine's type of the same name says when each one comes.
public enum HostError: Int, CaseIterable, Sendable {
    case none
    case unknownTarget, outsideMemory, tooShort, tooLong, memoryInUse, startWhileBusy, resultOutsideMemory, saturated
}
