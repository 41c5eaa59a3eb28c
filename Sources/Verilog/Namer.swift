/// Gives every declared thing of one module its Verilog name. One namespace for signals, memories and instances.
///
/// Ports keep their names. Another declaration keeps its name unless it is a keyword or taken, and then gets a
/// suffix. A temporary is `_owner_0`, `_owner_1`, … after the declaration for whose sake it exists, so that an edit
/// in one statement renames nothing elsewhere.
struct Namer {
    private var taken: Set<String> = []
    /// Temporaries so far, by what their names begin with.
    private var temporaries: [String: Int] = [:]
    /// The owner asked for last, and its entry: most temporaries come in runs.
    private var presentOwner: String?
    private var present: (prefix: String, count: Int) = ("", 0)
    /// Names of the user that begin as a temporary's does: only these can meet one.
    private let underscored: Set<String>

    /// Longer names end with a hash of the whole: tools have limits, and people too.
    static let longestName = 200

    init(givenNames: some Sequence<String> = []) {
        underscored = Set(givenNames.lazy.map(Namer.legal).filter { $0.utf8.first == UInt8(ascii: "_") })
    }

    /// Takes a name that must stay as it is.
    mutating func reserve(_ name: String) { taken.insert(name) }

    /// A name for a declaration.
    mutating func name(_ wanted: String) -> String {
        let legal = Namer.legal(wanted)
        var name = ReservedWords.contains(legal) ? legal + "_" : legal
        var suffix = 1
        // What begins with an underscore must not end in one and digits, as temporaries do.
        let separator = legal.utf8.first == UInt8(ascii: "_") ? "_v" : "_"
        while !taken.insert(name).inserted {
            name = "\(legal)\(separator)\(suffix)"
            suffix += 1
        }
        return name
    }

    /// A name for a value that the user did not name.
    ///
    /// The last underscore parts owner and number, so two temporaries never meet; a declaration's name meets one only
    /// if it begins with an underscore.
    mutating func temporary(for owner: String) -> String {
        if owner != presentOwner {
            temporaries[present.prefix] = present.count
            // Owners of one legal name share their numbers.
            let prefix = "_\(Namer.legal(owner))_"
            present = (prefix, temporaries[prefix] ?? 0)
            presentOwner = owner
        }
        var name: String
        repeat {
            name = present.prefix + String(present.count)
            present.count += 1
        } while !underscored.isEmpty && underscored.contains(name)
        return name
    }

    /// Whether a name is an identifier of the language and not a keyword.
    static func isLegal(_ name: String) -> Bool { legal(name) == name && !ReservedWords.contains(name) }

    private static func legal(_ name: String) -> String {
        if name.utf8.count <= longestName, name.utf8.allSatisfy(isWordByte),
            name.utf8.first.map({ !isDigit($0) }) ?? false
        {
            return name
        }
        var bytes = name.utf8.map { isWordByte($0) ? $0 : UInt8(ascii: "_") }
        if bytes.first.map(isDigit) ?? true { bytes.insert(UInt8(ascii: "_"), at: 0) }
        if bytes.count > longestName {
            let digits = String(hash(name), radix: 16)
            bytes = bytes.prefix(longestName - 17) + Array("_\(digits)".utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// FNV-1a (Fowler, Noll and Vo), the same in every run.
    private static func hash(_ name: String) -> UInt64 {
        name.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
