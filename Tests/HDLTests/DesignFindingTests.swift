import HDL
import Testing
import Verilog

/// Law: everything that is wrong with a design is reported at once, each finding with its place.
@Suite("Findings about designs")
struct DesignFindingTests {
    struct Pass: SignalBundle { let a = Input(8), out = Output(8) }

    @Test("several findings of one description come together, in order of place")
    func together() {
        let line: UInt = #line
        let faulty = Snippet("faulty", FaultyPorts.init) { m in
            let w = m.wire("w", 8)
            m.out.drive(m.a + m.n)
            when(m.b) { w.drive(256) }
            m.register("r", 4).drive(m.n)
        }
        let file = #fileID
        expectFindings(
            [
                "\(file):\(line + 2): error: wire 'w' is not driven on every path (module 'faulty')",
                "\(file):\(line + 3): error: '+' of 8 and 4 bits; extend or truncate one of them (module 'faulty')",
                "\(file):\(line + 4): error: a condition has 1 bit, 'b' has 8 (module 'faulty')",
                "\(file):\(line + 4): error: 256 does not fit in 8 bits (module 'faulty')",
                "\(file):\(line + 5): error: 'drive' on 'r'; a register takes 'next' (module 'faulty')",
            ], of: faulty)
    }

    @Test("findings of several modules come together")
    func severalModules() {
        let line: UInt = #line
        let top = Snippet("top", Pass.init) { m in
            let inner = m.instance(
                "inner",
                Snippet("bottom", Pass.init) { m in
                    m.out.drive(m.a[7])
                })
            inner.a.drive(m.a[0])
            m.out.drive(inner.out)
        }
        expectFindings(
            [
                "\(#fileID):\(line + 5): error: 'out' has 8 bits, its value has 1; extend or truncate it (module 'bottom')",
                "\(#fileID):\(line + 7): error: 'inner_a' has 8 bits, its value has 1; extend or truncate it (module 'top')",
            ], of: top)
    }

    @Test("an output that nothing drives is reported where the module is used")
    func undrivenOutput() {
        let top = Snippet("top", Pass.init) { _ in }
        do {
            let line: UInt = #line + 1
            _ = try elaborate(top)
            Issue.record("elaborated \(line)")
        } catch {
            #expect(error.diagnostics.map(\.message) == ["output 'out' is not driven"])
            #expect(error.diagnostics.map { $0.location.file.description } == ["\(#fileID)"])
        }
    }

    @Test("an input of an instance that nothing drives, or only sometimes")
    func undrivenInstanceInput() {
        let line: UInt = #line
        let top = Snippet("top", FaultyPorts.init) { m in
            let leaf = Snippet("leaf", Pass.init) { $0.out.drive($0.a) }
            let first = m.instance("first", leaf)
            let second = m.instance("second", leaf)
            when(m.c) { second.a.drive(m.a) }
            m.out.drive(first.out ^ second.out)
        }
        expectFindings(
            [
                "\(#fileID):\(line + 3): error: instance input 'first_a' is not driven (module 'top')",
                "\(#fileID):\(line + 4): error: instance input 'second_a' is not driven on every path (module 'top')",
            ], of: top)
    }

    @Test("an instance's name that is taken by a port or another instance")
    func takenInstanceName() {
        let line: UInt = #line
        let top = Snippet("top", Pass.init) { m in
            let leaf = Snippet("leaf", Pass.init) { $0.out.drive($0.a) }
            let first = m.instance("leaf", leaf)
            let second = m.instance("leaf", leaf)
            let third = m.instance("a", leaf)
            first.a.drive(m.a)
            second.a.drive(m.a)
            third.a.drive(m.a)
            m.out.drive(first.out ^ second.out ^ third.out)
        }
        expectFindings(
            [
                "\(#fileID):\(line + 4): error: the name 'leaf' of an instance is that of a port or another instance (module 'top')",
                "\(#fileID):\(line + 5): error: the name 'a' of an instance is that of a port or another instance (module 'top')",
            ], of: top)
    }

    @Test("a module that is an instance of itself")
    func recursion() {
        struct Endless: Module {
            static let line: UInt = #line
            func ports() -> Pass { Pass() }
            func build(_ m: Builder<Pass>) {
                let inner = m.instance("inner", Endless())
                inner.a.drive(m.a)
                m.out.drive(inner.out)
            }
        }
        expectFindings(
            ["\(#fileID):\(Endless.line + 3): error: module 'endless' is an instance of itself (module 'endless')"],
            of: Endless())
    }
}

/// Law: a port's name is the one that its user wrote, or an error.
@Suite("Findings about ports")
struct PortFindingTests {
    private func message<P: SignalBundle>(
        _ makePorts: @escaping @Sendable () -> P, _ body: @escaping @Sendable (Builder<P>) -> Void
    ) -> [String] {
        do {
            _ = try elaborate(Snippet("faulty", makePorts, body), "Design.swift", 7)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test("two ports of one name")
    func samePortName() {
        struct Ports: SignalBundle { let read_0 = Input(), read = [Input(), Input()] }
        #expect(
            message(Ports.init) { _ in }
                == ["Design.swift:7: error: port 'read_0': two ports have this name (module 'faulty')"])
    }

    @Test("clock and reset are ports of the language's own")
    func clockAndReset() {
        struct Ports: SignalBundle { let clk = Input(), rst = Input() }
        #expect(message(Ports.init) { m in m.wire("used_unused").drive(m.clk & m.rst) } == [])
        #expect(
            message(Ports.init) { m in m.register("kept_unused").next(m.clk & m.rst) } == [
                "Design.swift:7: error: port 'clk': the module's clock and reset are ports already (module 'faulty')",
                "Design.swift:7: error: port 'rst': the module's clock and reset are ports already (module 'faulty')",
            ])
    }

    @Test("a port without bits")
    func noBits() {
        struct Ports: SignalBundle { let a = Input(0) }
        #expect(
            message(Ports.init) { _ in } == ["Design.swift:7: error: 'a' of 0 bits; at least 1 (module 'faulty')"])
    }

    @Test("one port object under two names")
    func sharedObject() {
        struct Ports: SignalBundle { let a = [Input](repeating: Input(8), count: 3) }
        #expect(
            message(Ports.init) { _ in } == [
                "Design.swift:7: error: ports 'a_0' and 'a_1' are one object; make a new one for each (module 'faulty')",
                "Design.swift:7: error: ports 'a_0' and 'a_2' are one object; make a new one for each (module 'faulty')",
            ])
    }

    @Test(
        "a port that is a keyword of Verilog or of SystemVerilog",
        arguments: ["reg", "logic", "synchronized", "process"])
    func keyword(name: String) throws {
        struct Named: SignalBundle, CustomReflectable {
            let name: String
            let input = Input(), out = Output()
            var customMirror: Mirror { Mirror(self, children: [name: input, "out": out]) }
        }
        let design = try elaborate(
            Snippet("faulty", { Named(name: name) }) { $0.out.drive($0.input) }, "Design.swift", 7)
        let error = #expect(throws: EmissionError.self) { try emit(design) }
        #expect(
            error?.description
                == "Design.swift:7: error: port '\(name)' of module 'faulty' is reserved by Verilog or Verilator, or not an identifier;"
                + " ports are never renamed")
    }

    @Test("a module's name that is none in Verilog", arguments: ["module", "leaf_-3", "leaf_Optional(3)", ""])
    func moduleName(name: String) throws {
        struct Ports: SignalBundle { let out = Output() }
        let design = try elaborate(Snippet(name, Ports.init) { $0.out.drive(0) }, "Design.swift", 7)
        let error = #expect(throws: EmissionError.self) { try emit(design) }
        #expect(
            error?.description
                == "Design.swift:7: error: module name '\(name)' is reserved by Verilog or Verilator, or not an identifier;"
                + " give the module another 'moduleName'")
    }
}
