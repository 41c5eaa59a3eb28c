/// What is wrong with the description of a register bank.
public enum RegisterBankError: Error, Equatable, Sendable, CustomStringConvertible {
    case dataWidth(Int)
    case noRegisters(bank: String)
    case name(String)
    case offset(register: String, offset: Int, wordBytes: Int)
    case addressWidth(Int, needed: Int)
    case sharedOffset(first: String, second: String, offset: Int)
    case noFields(register: String)
    case fieldBits(register: String, field: String, bits: ClosedRange<Int>, dataWidth: Int)
    case overlap(register: String, first: String, second: String)
    case reset(register: String, field: String, value: Int, width: Int)
    case resetOfReadOnly(register: String, field: String)
    case sharedName(String)

    public var description: String {
        switch self {
        case .dataWidth(let width): "words of \(width) bits; AXI4-Lite has 32 or 64"
        case .noRegisters(let bank): "register bank '\(bank)' has no registers; at least 1"
        case .name(let name): "the name '\(name)'; allowed are small letters, digits and underscores, a letter first"
        case .offset(let register, let offset, let bytes):
            "register '\(register)' at offset \(offset); allowed are 0 and multiples of \(bytes)"
        case .addressWidth(let width, let needed):
            "addresses of \(width) bits; these registers need \(needed), and allowed are at most 64"
        case .sharedOffset(let first, let second, let offset):
            "registers '\(first)' and '\(second)' are both at offset \(offset)"
        case .noFields(let register): "register '\(register)' has no fields; at least 1"
        case .fieldBits(let register, let field, let bits, let width):
            "field '\(register).\(field)' has bits \(bits.lowerBound) to \(bits.upperBound); allowed are 0 to \(width - 1)"
        case .overlap(let register, let first, let second):
            "fields '\(first)' and '\(second)' of register '\(register)' share bits"
        case .reset(let register, let field, let value, let width):
            "field '\(register).\(field)' is reset to \(value), which does not fit in its \(width) bits"
        case .resetOfReadOnly(let register, let field):
            "field '\(register).\(field)' is read only and has no reset value of its own"
        case .sharedName(let name): "two signals of the bank would be named '\(name)'"
        }
    }
}

extension RegisterBank {
    /// Checks a description from the outside in.
    /// - Throws: the first thing that is wrong.
    func checkDescription() throws(RegisterBankError) {
        if dataWidth != 32, dataWidth != 64 { throw .dataWidth(dataWidth) }
        try check(name: name)
        if registers.isEmpty { throw .noRegisters(bank: name) }
        var owners: [Int: String] = [:]
        for register in registers {
            try check(name: register.name)
            if register.offset < 0 || register.offset % wordBytes != 0 {
                throw .offset(register: register.name, offset: register.offset, wordBytes: wordBytes)
            }
            if let first = owners.updateValue(register.name, forKey: register.offset) {
                throw .sharedOffset(first: first, second: register.name, offset: register.offset)
            }
            try check(fieldsOf: register)
        }
        let needed = Self.addressWidth(of: registers, wordBytes: wordBytes)
        if !(needed...64).contains(addressWidth) { throw .addressWidth(addressWidth, needed: needed) }
        var names: Set<String> = []
        // Two registers of one name are found by their fields, or here when those differ.
        for name in registers.map(\.name) where !names.insert(name).inserted { throw .sharedName(name) }
        names.removeAll()
        for (name, _) in fieldPorts where !names.insert(name).inserted { throw .sharedName(name) }
    }

    private func check(fieldsOf register: RegisterDescription) throws(RegisterBankError) {
        if register.fields.isEmpty { throw .noFields(register: register.name) }
        for (index, field) in register.fields.enumerated() {
            try check(name: field.name)
            if field.bits.lowerBound < 0 || field.bits.upperBound >= dataWidth {
                throw .fieldBits(register: register.name, field: field.name, bits: field.bits, dataWidth: dataWidth)
            }
            for other in register.fields[..<index] where other.bits.overlaps(field.bits) {
                throw .overlap(register: register.name, first: other.name, second: field.name)
            }
            let width = field.bits.count
            if field.reset < 0 || (width < Int.bitWidth - 1 && field.reset >> width != 0) {
                throw .reset(register: register.name, field: field.name, value: field.reset, width: width)
            }
            if field.access == .readOnly, field.reset != 0 {
                throw .resetOfReadOnly(register: register.name, field: field.name)
            }
        }
    }

    private func check(name: String) throws(RegisterBankError) {
        let isLegal = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
        guard isLegal, let first = name.utf8.first, (97...122).contains(first) else { throw .name(name) }
    }
}
