/// The bank for the people who program it.
extension RegisterBank {
    /// A C header with offsets, and for each field its place, mask, reset value and two macros.
    ///
    /// C99; it includes nothing but `stdint.h`. `NAME_GET(word)` takes a field out of a word and `NAME_PUT(value)` puts
    /// one into its place.
    public var cHeader: String {
        let prefix = name.uppercased()
        var lines = ["/* Registers of \(name): words of \(dataWidth) bits, offsets in bytes. */"]
        lines += ["#ifndef \(prefix)_REGISTERS_H", "#define \(prefix)_REGISTERS_H", "", "#include <stdint.h>"]
        for register in registers {
            let word = "\(prefix)_\(register.name.uppercased())"
            lines += ["", "/* \(comment(register.summary)) */", "#define \(word)_OFFSET \(hex(register.offset))u"]
            for field in register.fields { lines += defines(of: field, word: word) }
        }
        lines += ["", "#endif /* \(prefix)_REGISTERS_H */", ""]
        return lines.joined(separator: "\n")
    }

    /// A table of the registers and one of the fields of each, in Markdown.
    public var markdown: String {
        var lines = ["# Registers of \(name)", "", "Words of \(dataWidth) bits; offsets in bytes.", ""]
        lines += ["| offset | register | |", "|---|---|---|"]
        for register in registers {
            lines.append("| `\(hex(register.offset))` | `\(register.name)` | \(cell(register.summary)) |")
        }
        for register in registers {
            lines += ["", "## `\(register.name)` at `\(hex(register.offset))`", "", cell(register.summary), ""]
            lines += ["| bits | field | access | reset | |", "|---|---|---|---|---|"]
            for field in register.fields.sorted(by: { $0.bits.lowerBound > $1.bits.lowerBound }) {
                let bits =
                    field.bits.count == 1
                    ? "\(field.bits.lowerBound)" : "\(field.bits.upperBound):\(field.bits.lowerBound)"
                let reset = field.access == .readOnly ? "–" : "`\(hex(field.reset))`"
                lines.append(
                    "| \(bits) | `\(field.name)` | \(field.access.rawValue) | \(reset) | \(cell(field.summary)) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func defines(of field: RegisterDescription.Field, word: String) -> [String] {
        let name = "\(word)_\(field.name.uppercased())"
        let mask = (UInt64.max >> UInt64(64 - field.bits.count)) << UInt64(field.bits.lowerBound)
        var lines = ["/* \(field.access.rawValue): \(comment(field.summary)) */"]
        lines += ["#define \(name)_SHIFT \(field.bits.lowerBound)u", "#define \(name)_MASK \(constant(mask))"]
        if field.access != .readOnly { lines.append("#define \(name)_RESET \(constant(UInt64(field.reset)))") }
        if field.access != .writeOnly {
            lines.append("#define \(name)_GET(word) (((word) & \(name)_MASK) >> \(name)_SHIFT)")
        }
        if field.access != .readOnly {
            let value = "((uint\(dataWidth)_t)(value) << \(name)_SHIFT)"
            lines.append("#define \(name)_PUT(value) (\(value) & \(name)_MASK)")
        }
        return lines
    }

    private func constant(_ value: UInt64) -> String { "UINT\(dataWidth)_C(0x\(String(value, radix: 16)))" }

    private func hex(_ value: Int) -> String { "0x" + String(value, radix: 16) }

    /// A text that neither ends a comment nor its line.
    private func comment(_ text: String) -> String {
        var result = ""
        for character in oneLine(text) {
            // Neither the end of a comment nor the beginning of one.
            if character == "/", result.last == "*" { result.append(" ") }
            if character == "*", result.last == "/" { result.append(" ") }
            result.append(character)
        }
        return result
    }

    /// A text that does not end its cell of a table.
    private func cell(_ text: String) -> String {
        oneLine(text).map { $0 == "|" ? "\\|" : String($0) }.joined()
    }

    private func oneLine(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }
}
