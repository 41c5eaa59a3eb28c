/// Gives every declared thing of one module its Verilog name. One namespace for signals, memories and instances.
///
/// Ports keep their names. Another declaration keeps its name unless it is a keyword or taken, and then gets a
/// suffix. A temporary is `_owner_0`, `_owner_1`, … after the declaration for whose sake it exists, so that an edit
/// in one statement renames nothing elsewhere.
struct Namer {
    private var taken: Set<String> = []
    private var temporaries: [String: Int] = [:]

    /// Takes a name that must stay as it is.
    mutating func reserve(_ name: String) { taken.insert(name) }

    /// A name for a declaration.
    mutating func name(_ wanted: String) -> String {
        let legal = Namer.legal(wanted)
        var name = ReservedWords.contains(legal) ? legal + "_" : legal
        var suffix = 1
        while !taken.insert(name).inserted {
            name = "\(legal)_\(suffix)"
            suffix += 1
        }
        return name
    }

    /// A name for a value that the user did not name.
    mutating func temporary(for owner: String, suffix: String = "") -> String {
        let owner = Namer.legal(owner)
        let number = temporaries[owner, default: 0]
        temporaries[owner] = number + 1
        return name("_\(owner)_\(number)\(suffix)")
    }

    /// Whether a name is an identifier of the language and not a keyword.
    static func isLegal(_ name: String) -> Bool { legal(name) == name && !ReservedWords.contains(name) }

    private static func legal(_ name: String) -> String {
        var bytes = name.utf8.map { isWordByte($0) ? $0 : UInt8(ascii: "_") }
        if bytes.first.map({ $0 >= 48 && $0 <= 57 }) ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
