public import HDL

/// Reads instructions. An address is taken and its instruction given in a cycle in which `valid` and `ready` are one;
/// `valid` stays, with the same address, until then.
public struct InstructionBus: SignalBundle {
    public let valid = Output()
    public let address = Output(32)
    public let ready = Input()
    public let instruction = Input(32)
}

/// Reads and writes words at addresses that are multiples of 4, one transfer in a cycle in which `valid` and `ready`
/// are one; `valid` stays, with the same request, until then.
public struct DataBus: SignalBundle {
    public let valid = Output()
    public let address = Output(32)
    /// Bytes of the word to be written, the lowest one first; none in a read.
    public let writeStrobes = Output(4)
    public let writeData = Output(32)
    public let ready = Input()
    public let readData = Input(32)
}

/// What an instruction has done, shown in the cycle in which it does it: for lock-step comparison and traces.
public struct RetiredInstruction: SignalBundle {
    public let valid = Output()
    public let address = Output(32)
    /// Register that changes; zero when none does, and the value then is zero.
    public let destination = Output(5)
    public let value = Output(32)
}
