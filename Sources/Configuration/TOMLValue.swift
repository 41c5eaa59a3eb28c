/// A value of a TOML document.
package enum TOMLValue: Equatable, Sendable {
    case string(String)
    case integer(Int)
    /// May be infinite or no number: TOML has words for both.
    case real(Double)
    case boolean(Bool)
    case array([TOMLValue])
    /// As a value of its own an empty table; in an array any, without what it holds.
    case table
    /// A date or a time, as TOML writes it.
    case other(String)
}

extension TOMLValue: CustomStringConvertible {
    /// The value in TOML's notation, though not in the words of the file: 16 for `0x10`, `{…}` for any table.
    package var description: String {
        switch self {
        case .string(let text): "\"\(text)\""
        case .integer(let number): "\(number)"
        case .real(let number): "\(number)"
        case .boolean(let isTrue): "\(isTrue)"
        case .array(let elements): "[\(elements.map(\.description).joined(separator: ", "))]"
        case .table: "{…}"
        case .other(let text): text
        }
    }
}
