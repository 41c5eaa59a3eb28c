extension DesignBuilder {
    /// Every clock of an instance is connected.
    func checkHierarchy() {
        for circuit in circuits {
            circuit.checkInstanceClocks()
            circuit.checkClocksOfChecks()
        }
    }
}

extension Circuit {
    /// A check is looked at by a clock that the module has, unless the module has none at all.
    fileprivate func checkClocksOfChecks() {
        guard let used = domains.first(where: \.isClockUsed) else { return }
        for check in checks where !domains[Int(check.domain)].isClockUsed {
            report(
                at: check.location,
                "'\(check.name)' is looked at by clock '\(domains[Int(check.domain)].name)', which nothing else uses; place"
                    + " it by 'clocked(by:)', in '\(used.name)' for example")
        }
    }

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
