import HDL

/// A module from a closure, for tests that need no parameters.
struct Snippet<P: SignalBundle>: Module {
    let moduleName: String
    let makePorts: @Sendable () -> P
    let body: @Sendable (Builder<P>) -> Void

    init(
        _ name: String = "snippet", _ makePorts: @escaping @Sendable () -> P,
        _ body: @escaping @Sendable (Builder<P>) -> Void
    ) {
        moduleName = name
        self.makePorts = makePorts
        self.body = body
    }

    func ports() -> P { makePorts() }
    func build(_ m: Builder<P>) { body(m) }

    static func == (left: Snippet, right: Snippet) -> Bool { left.moduleName == right.moduleName }
    func hash(into hasher: inout Hasher) { hasher.combine(moduleName) }
}

/// A small generator (Steele, Lea and Flood, 2014), for circuits and stimulus.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
