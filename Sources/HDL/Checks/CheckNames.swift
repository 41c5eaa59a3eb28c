extension Circuit {
    /// Two ports, or two instances, must not share a name; other declarations get a suffix in the Verilog.
    func checkNames() {
        var seen: Set<String> = []
        var clocks: Set<String> = []
        for domain in domains {
            if case .signals = domain.source { continue }
            if domain.isClockUsed { clocks.insert(domain.clockName) }
            if domain.isResetUsed { clocks.insert(domain.resetName) }
        }
        for port in ports where !seen.insert(port.name).inserted || clocks.contains(port.name) {
            let taken = clocks.contains(port.name)
            let reason = taken ? "the module's clock and reset are ports already" : "two ports have this name"
            report(at: location, "port '\(port.name)': \(reason)")
        }
        seen.formUnion(clocks)
        for instance in instances where !seen.insert(instance.name).inserted {
            report(
                at: instance.location,
                "the name '\(instance.name)' of an instance is that of a port or another instance")
        }
        var names: Set<String> = []
        for check in checks where !names.insert(check.name).inserted {
            report(at: check.location, "the name '\(check.name)' of a check is taken")
        }
    }
}
