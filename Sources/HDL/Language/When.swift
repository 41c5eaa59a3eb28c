/// The chain that `when` begins; `elseWhen` and `otherwise` add to it.
public struct WhenChain {
    let circuit: Circuit
    let index: Int

    /// Adds an arm that is taken when the condition holds and no arm above it did.
    @discardableResult
    public func elseWhen(
        _ condition: Bits, _ file: StaticString = #fileID, _ line: UInt = #line, _ body: () -> Void
    ) -> WhenChain {
        add(condition, SourceLocation(file, line), body)
        return self
    }

    /// Adds the arm that is taken when no other was.
    public func otherwise(_ file: StaticString = #fileID, _ line: UInt = #line, _ body: () -> Void) {
        add(nil, SourceLocation(file, line), body)
    }

    private func add(_ condition: Bits?, _ location: SourceLocation, _ body: () -> Void) {
        circuit.requireDescription(of: "an arm of a 'when'", at: location)
        let isTooLate = circuit.whenChains[index].isComplete
        if isTooLate { circuit.report(at: location, "an arm after 'otherwise' can never be taken") }
        let isInPlace = circuit.mayGrow { if case .when(index) = $0 { true } else { false } }
        if !isInPlace { circuit.report(at: location, "an arm that does not follow its 'when'") }
        let arm = circuit.arm(condition, of: index, location, body)
        if !isTooLate { circuit.whenChains[index].arms.append(arm) }
    }
}

/// Runs the body's assignments when the one-bit condition holds; reads as `if` in the Verilog.
@discardableResult
public func when(
    _ condition: Bits, _ file: StaticString = #fileID, _ line: UInt = #line, _ body: () -> Void
) -> WhenChain {
    let location = SourceLocation(file, line)
    let circuit = condition.circuit
    circuit.requireDescription(of: "'when'", at: location)
    let index = circuit.whenChains.count
    circuit.whenChains.append(WhenChainBody(arms: [], location: location))
    circuit.add(.when(index))
    let arm = circuit.arm(condition, of: index, location, body)
    circuit.whenChains[index].arms.append(arm)
    return WhenChain(circuit: circuit, index: index)
}

extension Circuit {
    fileprivate func arm(
        _ condition: Bits?, of chain: Int, _ location: SourceLocation, _ body: () -> Void
    ) -> WhenChainBody.Arm {
        let stamp = stamps.count
        let node = condition.map { self.condition($0, location) }
        let isStamped = stamps.count > stamp
        let statements = collect(.when(chain: chain, arm: whenChains[chain].arms.count), body)
        if isStamped, let target = firstTarget(in: statements) {
            // The condition's temporaries are named after what it is for, or an edit would rename those of the others.
            stamps[stamp] = Stamp(location: location, owner: "\(target)_when")
        }
        return WhenChainBody.Arm(condition: node, body: statements)
    }

    private func condition(_ condition: Bits, _ location: SourceLocation) -> Int32 {
        if condition.circuit !== self {
            report(at: location, "a condition that is a signal of module '\(condition.circuit.name)'")
        } else if condition.width != 1 {
            report(at: location, "a condition has 1 bit, \(describe(condition.id)) has \(condition.width)")
        }
        stamp(location, owner: "when")
        return condition.id
    }
}
