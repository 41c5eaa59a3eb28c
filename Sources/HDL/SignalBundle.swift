/// A module's ports: a struct whose stored properties are `Input`, `Output`, arrays of them, or optional ones (a port
/// that only some parameters need).
///
/// A property `readAddress` is the port `read_address`; the elements of an array `upset` are `upset_0`, `upset_1`, …
public protocol SignalBundle {}

/// A port of a bundle. A class for its identity, by which a key path finds the port's name.
public class AnyPort {
    /// Number of bits, at least one.
    public let width: Int
    init(_ width: Int) { self.width = width }
}

/// A port that the outside drives.
public final class Input: AnyPort {
    public override init(_ width: Int = 1) { super.init(width) }
}

/// A port that the module drives.
public final class Output: AnyPort {
    public override init(_ width: Int = 1) { super.init(width) }
}

/// The ports of a bundle in declaration order, found by one reflection pass.
struct PortList {
    struct Entry {
        let name: String
        let port: AnyPort
        var isInput: Bool { port is Input }
    }
    let entries: [Entry]
    /// Ports that are the same object, as `Array(repeating: Input(8), count: 4)` makes them.
    let shared: [(first: String, second: String)]
    private let positions: [ObjectIdentifier: Int]

    init(_ bundle: some SignalBundle) {
        var entries: [Entry] = []
        for child in Mirror(reflecting: bundle).children {
            guard let name = child.label?.snakeCased else { continue }
            if let port = child.value as? AnyPort {
                entries.append(Entry(name: name, port: port))
            } else if let ports = child.value as? [AnyPort] {
                for (index, port) in ports.enumerated() {
                    entries.append(Entry(name: "\(name)_\(index)", port: port))
                }
            }
        }
        self.entries = entries
        var positions: [ObjectIdentifier: Int] = [:]
        var shared: [(first: String, second: String)] = []
        for (index, entry) in entries.enumerated() {
            if let first = positions[ObjectIdentifier(entry.port)] {
                shared.append((entries[first].name, entry.name))
            } else {
                positions[ObjectIdentifier(entry.port)] = index
            }
        }
        self.positions = positions
        self.shared = shared
    }

    /// Position of a port in the list; nil for a port of another bundle value.
    func position(of port: AnyPort) -> Int? { positions[ObjectIdentifier(port)] }
}

extension String {
    /// The Swift spelling `readAddress` as hardware engineers write it, `read_address`.
    public var snakeCased: String {
        var result = ""
        var previousIsLower = false
        for character in self {
            if character.isUppercase, previousIsLower { result.append("_") }
            previousIsLower = character.isLowercase || character.isNumber
            result.append(contentsOf: character.lowercased())
        }
        return result
    }
}
