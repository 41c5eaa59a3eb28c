/// A clock domain of a module: what registers, memories and instances are placed in.
public struct ClockDomain {
    let circuit: Circuit
    let index: Int32

    var declaration: ClockDomainDeclaration { circuit.domains[Int(index)] }

    /// The clock as a signal, for black boxes and clock gates.
    public var clock: Bits {
        circuit.domains[Int(index)].isClockUsed = true
        return Bits(circuit, declaration.clockNode, 1)
    }

    /// Whether the reset is active, as a signal, whatever its level; always zero in a domain without reset.
    public var isResetActive: Bits {
        switch declaration.clocking.resetLevel {
        case nil: return circuit.constant(0, width: 1)
        case .high: return reset
        case .low: return ~reset
        }
    }

    /// The reset as the port carries it.
    private var reset: Bits {
        circuit.domains[Int(index)].isResetUsed = true
        return Bits(circuit, declaration.resetNode, 1)
    }
}
