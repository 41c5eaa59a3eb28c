import BitVectors

/// Properties: looked at before every clock edge of the builder's domain in which the reset is inactive, and in a
/// module that has no clock, at every change.
///
/// Inside a `when` a property is looked at only if its condition holds. Simulations and proofs look at them;
/// synthesis does not.
extension Builder {
    /// A property that must hold.
    public func assert(
        _ name: String, _ condition: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        add(.assert, name, condition, SourceLocation(file, line))
    }

    /// A property of the surroundings: proofs take it for granted, simulations look at it.
    public func assume(
        _ name: String, _ condition: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        add(.assume, name, condition, SourceLocation(file, line))
    }

    /// Something that should happen in some run.
    public func cover(
        _ name: String, _ condition: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) {
        add(.cover, name, condition, SourceLocation(file, line))
    }

    private func add(
        _ kind: CheckDeclaration.Kind, _ name: String, _ condition: Bits, _ location: SourceLocation
    ) {
        let name = circuit.scopePrefix + name
        circuit.requireDescription(of: "'\(kind.rawValue)' '\(name)'", at: location)
        if domain.circuit !== circuit {
            circuit.report(at: location, "'\(name)' in a clock domain of module '\(domain.circuit.name)'")
        }
        if condition.circuit !== circuit {
            circuit.report(at: location, "'\(name)' looks at a signal of module '\(condition.circuit.name)'")
        } else if condition.width != 1 {
            circuit.report(
                at: location, "'\(name)' has 1 bit, \(circuit.describe(condition.id)) has \(condition.width)")
        }
        let own = condition.circuit === circuit && condition.width == 1 ? condition : circuit.constant(1, width: 1)
        circuit.stamp(location, owner: name)
        if !circuit.openGuards.isEmpty { circuit.guardedChecks.append((circuit.checks.count, circuit.openGuards)) }
        circuit.checks.append(
            CheckDeclaration(
                kind: kind, name: name, condition: own.id, domain: domain.circuit === circuit ? domain.index : 0,
                location: location))
    }
}
