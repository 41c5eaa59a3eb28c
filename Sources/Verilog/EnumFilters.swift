import BitVectors
import HDL

extension Emission {
    /// Translation filters for GTKWave, one for each enum of the signals: a line holds a code in hexadecimal, as waves
    /// show it, and the name of its case. Enums of one name and different cases get numbers.
    public var enumFilters: [File] {
        var known: [Enumeration] = []
        var taken: Set<String> = []
        return names.compactMap { name in
            guard let enumeration = name.enumeration, !known.contains(enumeration) else { return nil }
            known.append(enumeration)
            let base = "\(top).\(enumeration.name.snakeCased)"
            var unique = base
            var number = 1
            while !taken.insert(unique).inserted {
                unique = "\(base)_\(number)"
                number += 1
            }
            let lines = enumeration.cases.map { "\($0.code.hexDigits.uppercased()) \($0.name)\n" }
            return File(name: "\(unique).filter", bytes: Array(lines.joined().utf8))
        }
    }
}
