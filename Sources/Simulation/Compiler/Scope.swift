import HDL

/// One instance of a circuit in the flattened hierarchy.
struct Scope {
    let circuit: Circuit
    /// Instance names from the top, joined by dots; empty for the top itself.
    let path: String
    /// Scopes of the instances, in their order.
    var children: [Int] = []
    /// The flattened design's domain for each of the circuit's; -1 for one that is not connected.
    var domains: [Int]
    /// The scope's first memory among those of the design.
    var firstMemory = 0
    /// Place of every node's value in the store; unset ones are never read.
    var places: [UInt32]

    /// The hierarchical name of something in the scope.
    func name(_ local: String) -> String { path.isEmpty ? local : "\(path).\(local)" }
}

/// A clock domain of the flattened design.
struct FlatDomain {
    let name: String
    let clockName: String
    let resetName: String
    let clocking: Clocking
    /// Places of clock and reset, as their signals carry them.
    var clock: UInt32
    var reset: UInt32?
    /// Whether signals of the design drive the clock.
    let isDerived: Bool

    var activeLevel: UInt64 { clocking.edge == .rising ? 1 : 0 }
    var resetLevel: UInt64 { clocking.resetLevel == .low ? 0 : 1 }
}
