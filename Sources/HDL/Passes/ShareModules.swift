extension DesignBuilder {
    /// Definitions of one name that describe the same circuit become one; of those that do not, the later ones get a
    /// suffix of eight digits that depends on their structure alone.
    ///
    /// So a name changes only with what it names, not with what else is in the design. The top keeps its name. Black
    /// boxes keep theirs: it is the name of something written elsewhere, whatever its parameters. Linear in the size of
    /// the definitions that share a name; others are not looked at.
    func shareModules() {
        let counts = circuits.reduce(into: [String: Int]()) { $0[$1.name, default: 0] += 1 }
        var names = Set(counts.keys)
        /// Definitions that stay, by the name that they were described with, each with its structure.
        var kept: [String: [(circuit: Circuit, structure: [UInt8])]] = [:]
        var replacements: [ObjectIdentifier: Circuit] = [:]
        var result: [Circuit] = []
        let reserved = Set(circuits.filter { $0.blackBox != nil || $0 === circuits.last }.map(\.name))
        for circuit in circuits {
            circuit.definitions = circuit.definitions.map { replacements[ObjectIdentifier($0)] ?? $0 }
            for index in circuit.instances.indices {
                circuit.instances[index].module = circuit.definitions[circuit.instances[index].definition].name
            }
            let name = circuit.name
            if counts[name] ?? 0 > 1, circuit.blackBox == nil {
                let structure = Structure(circuit).bytes
                if let same = kept[name]?.first(where: { $0.structure == structure }), circuit !== circuits.last {
                    replacements[ObjectIdentifier(circuit)] = same.circuit
                    continue
                }
                let isFirst = kept[name] == nil && !reserved.contains(name)
                if !isFirst, circuit !== circuits.last {
                    circuit.name = freeName(name, structure, among: names)
                    names.insert(circuit.name)
                }
                kept[name, default: []].append((circuit, structure))
            }
            result.append(circuit)
        }
        circuits = result
    }

    private func freeName(_ name: String, _ structure: [UInt8], among names: Set<String>) -> String {
        var digest = structure.fingerprint
        while true {
            let digits = String(digest, radix: 16)
            let candidate = "\(name)_\(String(repeating: "0", count: 8 - digits.count))\(digits)"
            if !names.contains(candidate) { return candidate }
            digest = digest &+ 1
        }
    }
}

extension [UInt8] {
    /// The hash of Fowler, Noll and Vo (FNV-1a, 64 bits) folded to 32: the same in every run.
    var fingerprint: UInt32 {
        let hash = reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
