import BitVectors

/// What a module's body is described with: its ports by name, and declarations.
///
/// Registers, memories, instances and checks are placed in its clock domain: the module's own, or another one after
/// `m.clocked(by:)`.
public struct Builder<Ports: SignalBundle>: BundleAccess {
    public let circuit: Circuit
    public let bundle: Ports
    public let signals: SignalTable
    /// The domain in which declarations are placed.
    public private(set) var domain: ClockDomain
    let design: DesignBuilder

    init(circuit: Circuit, design: DesignBuilder, ports: Ports, clocking: Clocking) {
        self.circuit = circuit
        self.design = design
        bundle = ports
        signals = SignalTable()
        let list = PortList(ports)
        let reset = clocking.resetLevel == .low ? "rst_n" : "rst"
        domain = circuit.addDomain(
            "main", clockName: "clk", resetName: reset, clocking, source: .main, circuit.location)
        for (name, port) in list.clocks {
            let suffix = port.clocking.resetLevel == .low ? "_rst_n" : "_rst"
            let domain = circuit.addDomain(
                name, clockName: "\(name)_clk", resetName: name + suffix, port.clocking, source: .port,
                circuit.location)
            signals.set(port, domain: domain.index)
        }
        for entry in list.entries {
            let signal = circuit.addPort(entry.name, width: entry.port.width, isInput: entry.isInput)
            signals.set(entry.port, signal)
            circuit.note(enumOf: entry.port, signal)
            circuit.setDomain(ofPort: circuit.ports.count - 1, to: entry.port.clock, in: entry.prefixes)
        }
        for (first, second) in list.shared {
            circuit.report(
                at: circuit.location, "ports '\(first)' and '\(second)' are one object; make a new one for each")
        }
    }

    /// The domain of a clock port.
    public subscript(dynamicMember path: KeyPath<Ports, ClockPort>) -> ClockDomain {
        ClockDomain(circuit: circuit, index: signals.domain(bundle[keyPath: path]))
    }

    /// The same builder, placing its declarations in another clock domain.
    public func clocked(by domain: ClockDomain) -> Builder {
        var other = self
        other.domain = domain
        return other
    }
}

extension Circuit {
    fileprivate func setDomain(ofPort index: Int, to clock: PortClock, in prefixes: [String]) {
        switch clock {
        case .own:
            ports[index].domain = 0
        case .asynchronous:
            ports[index].domain = -1
        case .named(let name):
            let candidates = prefixes.lazy.map { prefix in
                self.domains.dropFirst().firstIndex { $0.name == prefix + name }
            }
            if let domain = candidates.compactMap({ $0 }).first {
                ports[index].domain = Int32(domain)
            } else {
                let known = domains.dropFirst().map { "'\($0.name)'" }.joined(separator: ", ")
                let allowed = known.isEmpty ? "the module has no clock ports" : "the clock ports are \(known)"
                report(at: location, "port '\(ports[index].name)' changes with clock '\(name)'; \(allowed)")
            }
        }
    }
}

extension Builder {
    /// A constant of a width.
    public func constant(
        _ value: Int, _ width: Int, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        // Not stamped: the constant belongs to the statement that uses it, as do the operators made before it.
        let location = SourceLocation(file, line)
        if width < 1 {
            circuit.report(at: location, "a constant of \(width) bits; at least 1")
        } else if !circuit.fits(value, width: width) {
            circuit.report(at: location, "\(value) does not fit in \(circuit.bits(width))")
        }
        return constant(BitVector(value, width: max(width, 1)))
    }

    /// A constant of any width.
    public func constant(_ value: BitVector) -> Bits { Bits(circuit, circuit.append(value), value.width) }

    /// A signal to be driven by `drive`, on every path or on top of a default.
    public func wire(
        _ name: String, _ width: Int = 1, default value: Int? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        let wire = circuit.addWire(name, width: width, purpose: .declared, location)
        if let value { wire.drive(value, file, line) }
        return wire
    }

    /// A register of the builder's domain that the reset sets to `resetValue`; nil leaves it alone.
    ///
    /// It keeps its value in a cycle without a `next`: an enable is a `when` around it, or
    /// `value.registered("name", enable: isValid)`.
    /// Before the first reset and clock edge it holds `powerUp`: the reset value, or zero, unless said otherwise.
    public func register(
        _ name: String, _ width: Int = 1, reset resetValue: Int? = 0, powerUp: Int? = nil,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        let location = SourceLocation(file, line)
        return circuit.addRegister(
            name, width: width,
            reset: resetValue.map { circuit.value($0, width: width, role: "reset value", of: "'\(name)'", location) },
            powerUp: powerUp.map { circuit.value($0, width: width, role: "power-up value", of: "'\(name)'", location) },
            domain: domain, location)
    }

    /// A register for values of any width.
    public func register(
        _ name: String, reset resetValue: BitVector, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Bits {
        circuit.addRegister(
            name, width: resetValue.width, reset: resetValue, domain: domain, SourceLocation(file, line))
    }

    /// A signal a cycle late, zero at first.
    public func past(_ value: Bits, _ file: StaticString = #fileID, _ line: UInt = #line) -> Bits {
        var name = circuit.names[value.id] ?? "value"
        // The register's name gets the prefix of the scope again; that of a port never had it.
        if name.hasPrefix(circuit.scopePrefix) { name.removeFirst(circuit.scopePrefix.count) }
        let register = register("\(name)_past", value.width, file, line)
        register.next(value, file, line)
        return register
    }

    /// A memory that is written at the edges of the builder's domain.
    ///
    /// - Parameters:
    ///   - contents: words at power-up from address zero on; those beyond are zero.
    ///   - isNonvolatile: keeps its words without power, as magnetic memory does: `elaborate(_:losingPower:)` leaves them
    ///     alone. Its writes are not to depend on registers while the reset is active, since those hold anything then.
    public func memory(
        _ name: String, depth: Int, width: Int, contents: [BitVector] = [], isNonvolatile: Bool = false,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Memory {
        circuit.addMemory(
            name, depth: depth, width: width, contents: contents, isNonvolatile: isNonvolatile, domain: domain,
            SourceLocation(file, line))
    }

    /// An instance of another module; its own clock is the builder's domain.
    public func instance<M: Module>(
        _ name: String, _ module: M, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> Instance<M.Ports> {
        circuit.requireDescription(of: "instance '\(name)'", at: SourceLocation(file, line))
        let definition = design.definition(of: module, SourceLocation(file, line))
        return Instance(
            circuit.scopePrefix + name, of: definition, ports: module.ports(), in: circuit, domain: domain,
            SourceLocation(file, line))
    }

    /// A domain whose clock and reset are signals of the module, as a divider or a black box makes them.
    ///
    /// - Parameter reset: the reset at its level in `clocking`; nil needs a clocking without reset.
    public func clockDomain(
        _ name: String, clock: Bits, reset: Bits? = nil, _ clocking: Clocking = Clocking(reset: .none),
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> ClockDomain {
        let location = SourceLocation(file, line)
        circuit.requireDescription(of: "clock domain '\(name)'", at: location)
        for (signal, role) in [(clock, "clock"), (reset, "reset")] {
            guard let signal else { continue }
            if signal.circuit !== circuit {
                circuit.report(
                    at: location, "the \(role) of domain '\(name)' is a signal of module '\(signal.circuit.name)'")
            } else if signal.width != 1 {
                circuit.report(at: location, "the \(role) of domain '\(name)' has \(signal.width) bits; it has 1 bit")
            }
        }
        if (reset == nil) != (clocking.reset == .none) {
            let found = reset == nil ? "no signal for its reset" : "a signal for a reset that it does not have"
            circuit.report(at: location, "domain '\(name)' has \(found)")
        }
        return circuit.addDomain(
            circuit.scopePrefix + name, clockName: "\(circuit.scopePrefix)\(name)_clk",
            resetName: "\(circuit.scopePrefix)\(name)\(clocking.resetLevel == .low ? "_rst_n" : "_rst")", clocking,
            source: .signals(clock: clock.id, reset: reset?.id), location)
    }

    /// Puts a name and an underscore before everything that is declared in the body: a module's order without a module.
    public func scope<Result>(_ name: String, _ body: () -> Result) -> Result {
        let outer = circuit.scopePrefix
        circuit.scopePrefix = "\(outer)\(name)_"
        defer { circuit.scopePrefix = outer }
        return body()
    }
}
