import BitVectors

/// Signals of the topmost scope of a value change dump, step by step.
struct SolverTrace {
    /// The values of each signal, one a step.
    private(set) var values: [String: [BitVector]] = [:]
    private(set) var stepCount = 0

    /// Reads a dump of yosys-smtbmc, in which a step begins every ten units of time; a last mark ends the last step.
    /// - Parameter widths: the signals to keep. One that the dump does not have stays zero.
    init(_ text: String, scope: String, widths: [String: Int]) {
        var scopes: [Substring] = []
        var signals: [Substring: String] = [:]
        var current = widths.mapValues { BitVector.zeros($0) }
        var isAtStep = false
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let first = words.first else { continue }
            if first == "$scope", words.count > 2 {
                scopes.append(words[2])
            } else if first == "$upscope" {
                _ = scopes.popLast()
            } else if first == "$var", words.count > 4, scopes.count == 1, scopes[0] == scope {
                let name = String(words[4])
                if widths[name] != nil { signals[words[3]] = name }
            } else if first.hasPrefix("#"), let time = Int(first.dropFirst()) {
                // Half-way through a step a clock is drawn that is none of the model's signals.
                isAtStep = time % 10 == 0
                guard isAtStep, time > 0 else { continue }
                for (name, value) in current { values[name, default: []].append(value) }
                stepCount += 1
            } else if isAtStep, first.hasPrefix("b"), words.count == 2, let name = signals[words[1]],
                let width = widths[name]
            {
                let value = BitVector(bits: first.dropFirst().reversed().map { $0 == "1" })
                current[name] = value.width < width ? value.zeroExtended(to: width) : value
            }
        }
    }
}
