extension DesignBuilder {
    /// Every clock of an instance is connected.
    func checkHierarchy() {
        for circuit in circuits { circuit.checkInstanceClocks() }
    }
}

extension Circuit {
    /// Every clock that an instance uses is connected to a domain that works alike.
    fileprivate func checkInstanceClocks() {
        for instance in instances {
            let definition = definitions[instance.definition]
            for (inner, outer) in zip(definition.domains, instance.domains) where inner.isClockUsed {
                // A domain that the definition makes itself is nobody's to connect.
                if case .signals = inner.source { continue }
                guard outer >= 0 else {
                    report(
                        at: instance.location, "clock '\(inner.name)' of instance '\(instance.name)' is not connected")
                    continue
                }
                let domain = domains[Int(outer)]
                let wanted = inner.isResetUsed ? inner.clocking : Clocking(edge: inner.clocking.edge, reset: .none)
                let given = inner.isResetUsed ? domain.clocking : Clocking(edge: domain.clocking.edge, reset: .none)
                if wanted != given {
                    report(
                        at: instance.location,
                        "clock '\(inner.name)' of instance '\(instance.name)' has \(wanted.description); domain"
                            + " '\(domain.name)' has \(given.description)")
                }
            }
        }
    }
}
