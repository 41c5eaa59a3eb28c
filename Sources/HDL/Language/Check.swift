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
        let property: Bits
        if let reached = circuit.openGuard {
            property = kind == .cover ? reached & own : ~reached | own
        } else {
            property = own
        }
        circuit.stamp(location, owner: name)
        circuit.checks.append(
            CheckDeclaration(
                kind: kind, name: name, condition: property.id, domain: domain.circuit === circuit ? domain.index : 0,
                location: location))
    }
}

extension Circuit {
    /// Whether the statement that is being described counts, as a signal; nil outside any arm.
    fileprivate var openGuard: Bits? {
        let terms = openGuards.flatMap { one -> [Bits] in
            switch one {
            case .condition(let earlier, let condition):
                return earlier.map { ~Bits(self, $0, 1) } + (condition.map { [Bits(self, $0, 1)] } ?? [])
            case .patterns(let subject, let earlier, let patterns):
                let subject = Bits(self, subject, Int(nodes[Int(subject)].width))
                let matches = patterns.map { [any($0, of: subject)] } ?? []
                return (earlier.isEmpty ? [] : [~any(earlier, of: subject)]) + matches
            }
        }
        guard let first = terms.first else { return nil }
        return terms.dropFirst().reduce(first) { $0 & $1 }
    }

    private func any(_ patterns: [SwitchBody.Pattern], of subject: Bits) -> Bits {
        let matches = patterns.map { pattern -> Bits in
            let value = Bits(self, append(pattern.value & pattern.care), subject.width)
            if pattern.isExact { return subject == value }
            return subject & Bits(self, append(pattern.care), subject.width) == value
        }
        guard let first = matches.first else { return constant(0, width: 1) }
        return matches.dropFirst().reduce(first) { $0 | $1 }
    }
}
