import Foundation

/// Where a command's words go: the result to standard output, everything else to standard error.
///
/// With `--json` the result is one JSON object, keys sorted, and nothing else is on standard output.
struct Output: Sendable {
    let program: String
    let isJSON: Bool
    let standardOutput: TextSink
    let standardError: TextSink

    init(
        program: String = "hwgen", isJSON: Bool, standardOutput: TextSink = .descriptor(1),
        standardError: TextSink = .descriptor(2)
    ) {
        self.program = program
        self.isJSON = isJSON
        self.standardOutput = standardOutput
        self.standardError = standardError
    }

    /// Prints the result: the value as JSON, or the text. To be called once.
    ///
    /// - Throws: `OutputError` when the value has no JSON form or standard output does not take it.
    func result(_ value: some Encodable, text: @autoclosure () -> String) throws(OutputError) {
        try print(isJSON ? Self.json(value) : text())
    }

    /// Prints text on standard output, with a line feed at its end: a help text, or a table without a JSON form.
    func print(_ text: String) throws(OutputError) {
        let status = standardOutput.write(text.hasSuffix("\n") ? text : text + "\n")
        if status != 0 { throw .writeFailed(reason: String(cString: strerror(status))) }
    }

    /// Says on standard error what is going on. Nothing depends on it, so a closed standard error is no error.
    func note(_ text: String) { _ = standardError.write(text + "\n") }

    func warning(_ text: String) {
        note("\(program): \(standardError.colored("warning:", .yellow)) \(text)")
    }

    /// Shows an error in its one line.
    func error(_ error: some Error) {
        note("\(program): \(standardError.colored("error:", .red)) \(error)")
    }

    /// Starts the progress line of some work; see `ProgressLine`.
    func progress(_ title: String, total: Int?, unit: String) -> ProgressLine {
        ProgressLine(title: title, total: total, unit: unit, sink: standardError)
    }

    /// A value as JSON text: sorted keys, two spaces, numbers as numbers, slashes as they are. JSON has no infinity and
    /// no NaN: these become the strings "Infinity", "-Infinity" and "NaN".
    static func json(_ value: some Encodable) throws(OutputError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            throw .notEncodable(reason: "\(error)")
        }
    }
}

/// Why a result could not be printed.
enum OutputError: Error, Equatable, Sendable, CustomStringConvertible {
    case writeFailed(reason: String)
    case notEncodable(reason: String)

    var description: String {
        switch self {
        case .writeFailed(let reason): "standard output cannot be written: \(reason)"
        case .notEncodable(let reason): "the result has no JSON form: \(reason)"
        }
    }
}
