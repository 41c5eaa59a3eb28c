import BitVectors
import HDL
import Simulation

/// A module from a closure, for tests that need no parameters.
struct Snippet<P: SignalBundle>: Module {
    let moduleName: String
    let clocking: Clocking
    let makePorts: @Sendable () -> P
    let body: @Sendable (Builder<P>) -> Void

    init(
        _ name: String = "snippet", clocking: Clocking = Clocking(), _ makePorts: @escaping @Sendable () -> P,
        _ body: @escaping @Sendable (Builder<P>) -> Void
    ) {
        moduleName = name
        self.clocking = clocking
        self.makePorts = makePorts
        self.body = body
    }

    func ports() -> P { makePorts() }
    func build(_ m: Builder<P>) { body(m) }

    static func == (left: Snippet, right: Snippet) -> Bool { left.moduleName == right.moduleName }
    func hash(into hasher: inout Hasher) { hasher.combine(moduleName) }
}

extension Simulator {
    /// A simulator of a module from a closure.
    convenience init<P: SignalBundle>(
        clocking: Clocking = Clocking(), _ makePorts: @escaping @Sendable () -> P,
        _ body: @escaping @Sendable (Builder<P>) -> Void
    ) throws {
        try self.init(elaborate(Snippet("snippet", clocking: clocking, makePorts, body)))
    }

    /// A value as an integer.
    func int(_ name: String) -> Int? { get(name).intValue }
}
