public import HDL

/// What a block needs for its state to outlive a power failure.
public struct CheckpointPorts: SignalBundle {
    /// The registers that `state` shows take `saved` instead of what they would take.
    public let restore = Input()
    public let saved: Input
    public let state: Output

    init(_ width: Int) {
        saved = Input(width)
        state = Output(width)
    }

    /// The ports where a block is to have them.
    static func of(_ width: Int, if isCheckpointed: Bool) -> CheckpointPorts? {
        isCheckpointed ? CheckpointPorts(width) : nil
    }
}

/// The registers of a block that a checkpoint holds, the first one in the lowest bits.
struct SavedRegisters {
    let registers: [Bits]

    init(_ registers: [Bits]) { self.registers = registers }

    /// Shows the registers, and restores them; stands behind all that is assigned to them otherwise.
    func connect<Access: BundleAccess>(to checkpoint: Access) where Access.Ports == CheckpointPorts {
        checkpoint.state.drive(state)
        when(checkpoint.restore) { restore(from: checkpoint.saved) }
    }

    var state: Bits { concatenate(registers.reversed()) }

    func restore(from saved: Bits) {
        for (register, value) in zip(registers, fields(of: saved)) { register.next(value) }
    }

    /// The parts of a state, one for each register.
    func fields(of saved: Bits) -> [Bits] {
        var low = 0
        return registers.map { register in
            defer { low += register.width }
            return saved[low..<low + register.width]
        }
    }
}
