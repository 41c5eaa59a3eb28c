import BitVectors
import HDL

/// The names of enum cases that the text mentions, as local parameters.
struct EnumParameters {
    private var names: [Key: String] = [:]
    private var entries: [(enumeration: Int, position: Int, name: String, code: BitVector)] = []

    /// The parameters, those of one enum together and in its order.
    var used: [(name: String, code: BitVector)] {
        entries.sorted { ($0.enumeration, $0.position) < ($1.enumeration, $1.position) }.map { ($0.name, $0.code) }
    }

    private struct Key: Hashable {
        let enumeration: Int
        let code: BitVector
    }

    /// The parameter that stands for a code; nil when it is no case's.
    mutating func name(of code: BitVector, in index: Int, of circuit: Circuit, _ namer: inout Namer) -> String? {
        let key = Key(enumeration: index, code: code)
        if let known = names[key] { return known }
        let enumeration = circuit.enumerations[index]
        guard let position = enumeration.cases.firstIndex(where: { $0.code == code }) else { return nil }
        let name = namer.name("\(enumeration.name.snakeCased)_\(enumeration.cases[position].name)".uppercased())
        names[key] = name
        entries.append((index, position, name, code))
        return name
    }
}
