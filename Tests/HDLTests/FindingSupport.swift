import HDL
import Testing

/// Ports of the modules in which something is wrong.
struct FaultyPorts: SignalBundle {
    let a = Input(8), b = Input(8), n = Input(4), c = Input()
    let out = Output(8)
}

/// A faulty description and what is said about it.
struct FindingCase: Sendable, CustomTestStringConvertible {
    /// Expected findings: line after the case's own, and message.
    let expected: [(offset: UInt, message: String)]
    let line: UInt
    let body: @Sendable (Builder<FaultyPorts>) -> Void

    /// One finding, in the first line of the body.
    init(
        _ message: String, line: UInt = #line,
        _ body: @escaping @Sendable (Builder<FaultyPorts>) -> Void
    ) {
        self.init([(1, message)], line: line, body)
    }

    init(
        _ expected: [(offset: UInt, message: String)], line: UInt = #line,
        _ body: @escaping @Sendable (Builder<FaultyPorts>) -> Void
    ) {
        self.expected = expected
        self.line = line
        self.body = { m in
            body(m)
            m.out.drive(m.a)
        }
    }

    var testDescription: String { expected.first?.message ?? "" }

    func check(file: String) {
        let text = expected.map { "\(file):\(line + $0.offset): error: \($0.message) (module 'faulty')" }
        expectFindings(text, of: Snippet("faulty", FaultyPorts.init, body))
    }
}

/// Elaborates a module and compares the full text of everything that is found.
func expectFindings(_ expected: [String], of module: some Module, _ location: Testing.SourceLocation = #_sourceLocation)
{
    do {
        _ = try elaborate(module)
        Issue.record("elaborated without a finding", sourceLocation: location)
    } catch {
        #expect(error.description == expected.joined(separator: "\n"), sourceLocation: location)
    }
}

/// Everything that is said about a module, errors and warnings, one string each with its notes.
func findings(about module: some Module) -> [String] {
    do {
        return try elaborate(module, "Design.swift", 7).warnings.map(\.description)
    } catch {
        return error.diagnostics.map(\.description)
    }
}

/// Lets a signal out of its module, as no description should.
final class Leak: @unchecked Sendable {
    var signal: Bits?
}

/// Makes an instance of a module and returns a signal of that module's inside.
func stranger(_ m: Builder<FaultyPorts>) -> Bits {
    struct Inside: SignalBundle { let a = Input(8), out = Output(8) }
    let leak = Leak()
    let instance = m.instance(
        "inner",
        Snippet("other", Inside.init) { inner in
            leak.signal = inner.a
            inner.out.drive(inner.a)
        })
    instance.a.drive(m.a)
    return leak.signal ?? m.a
}
