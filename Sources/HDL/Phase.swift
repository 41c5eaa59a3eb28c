/// One step of the checks after a description is built. Each collects its findings in the circuits; all of them run,
/// so that a user sees everything at once.
struct Phase: Sendable {
    let name: String
    let run: @Sendable (Circuit) -> Void

    /// The order of the checks, in one place.
    static let all: [Phase] = [
        Phase(name: "locations") { $0.placePendingFindings() },
        Phase(name: "names") { $0.checkNames() },
        Phase(name: "drivers") { $0.checkDrivers() },
    ]
}

extension Circuit {
    /// Gives findings about nodes the place of the statement that used them.
    fileprivate func placePendingFindings() {
        for finding in pendingFindings { report(at: location(of: finding.node), finding.message) }
        pendingFindings.removeAll()
    }

    /// Two ports, or two instances, must not share a name; other declarations get a suffix in the Verilog.
    fileprivate func checkNames() {
        var seen: Set<String> = ["clk", "rst"]
        for port in ports where !seen.insert(port.name).inserted {
            let taken = port.name == "clk" || port.name == "rst"
            let reason = taken ? "the module's clock and reset are ports already" : "two ports have this name"
            report(at: location, "port '\(port.name)': \(reason)")
        }
        for instance in instances where !seen.insert(instance.name).inserted {
            report(at: instance.location, "the name '\(instance.name)' of an instance is taken")
        }
    }
}
