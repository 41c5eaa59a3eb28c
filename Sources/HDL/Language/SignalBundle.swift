/// A set of signals that belong together: a module's ports, an interface, or a word of several fields.
///
/// A struct whose stored properties are `Input`, `Output`, `Field`, those of an enum, `ClockPort`, other bundles,
/// `Flipped` ones, arrays of these, or optional ones (a port that only some parameters need). A property `readAddress` is the signal
/// `read_address`; the elements of an array `upset` are `upset_0`, `upset_1`, …; a nested bundle's signals begin
/// with its property's name.
public protocol SignalBundle: BundleMember where Signal == BundleView<Self> {}

/// A signal of a bundle. A class for its identity, by which a key path finds the signal's name.
public class AnyPort {
    /// Number of bits, at least one.
    public let width: Int
    /// Clock domain in which it changes, by name; nil for the module's own.
    let clock: PortClock
    /// Whether the outside drives it, unless it is flipped.
    var isInput: Bool { false }
    /// The enum whose cases its values are; nil for plain bits.
    var enumeration: Enumeration? { nil }

    init(_ width: Int, _ clock: PortClock = .own) {
        self.width = width
        self.clock = clock
    }
}

/// The clock domain in which a port changes: the module's own, that of a clock port by its name, or none. The name is
/// that of a clock port of the same bundle, or else of one around it.
public enum PortClock: Hashable, Sendable, ExpressibleByStringLiteral {
    case own
    case named(String)
    /// It may change at any time, so goes to a synchroniser only.
    case asynchronous

    public init(stringLiteral name: String) { self = .named(name) }
}

/// A port that the outside drives.
public final class Input: AnyPort {
    public override init(_ width: Int = 1, _ clock: PortClock = .own) { super.init(width, clock) }
    override var isInput: Bool { true }
}

/// A port that the module drives.
public final class Output: AnyPort {
    public override init(_ width: Int = 1, _ clock: PortClock = .own) { super.init(width, clock) }
}

/// A signal without a direction of its own: a field of a word. As a port it is an output, and an input where flipped.
public final class Field: AnyPort {
    public init(_ width: Int = 1) { super.init(width) }
}

/// A clock port with its reset: property `write` is the ports `write_clk` and `write_rst` (`write_rst_n` when low).
public final class ClockPort: AnyPort {
    let clocking: Clocking
    public init(_ clocking: Clocking = Clocking()) {
        self.clocking = clocking
        super.init(1)
    }
}

/// A bundle seen from the other end: its inputs are outputs, its outputs inputs.
public struct Flipped<Bundle: SignalBundle> {
    let bundle: Bundle

    public init(_ bundle: Bundle) { self.bundle = bundle }
}

protocol AnyFlipped { var anyBundle: any SignalBundle { get } }
extension Flipped: AnyFlipped { var anyBundle: any SignalBundle { bundle } }

/// The signals of a bundle in declaration order, found by one reflection pass.
struct PortList {
    struct Entry {
        let name: String
        let port: AnyPort
        let isInput: Bool
        /// What the names of the bundles around it begin with, the innermost first: there the name of its clock is
        /// looked for.
        let prefixes: [String]
    }
    private(set) var entries: [Entry] = []
    private(set) var clocks: [(name: String, port: ClockPort)] = []
    /// Ports that are the same object, as `Array(repeating: Input(8), count: 4)` makes them.
    private(set) var shared: [(first: String, second: String)] = []
    private var names: [ObjectIdentifier: String] = [:]
    /// Those of the bundles that are open, the innermost first.
    private var prefixes: [String] = []

    init(_ bundle: some SignalBundle) { add(bundle, prefix: "", isFlipped: false) }

    private mutating func add(_ bundle: some SignalBundle, prefix: String, isFlipped: Bool) {
        prefixes.insert(prefix, at: 0)
        defer { prefixes.removeFirst() }
        for child in Mirror(reflecting: bundle).children {
            guard let label = child.label else { continue }
            add(value: child.value, name: prefix + label.snakeCased, isFlipped: isFlipped)
        }
    }

    private mutating func add(value: Any, name: String, isFlipped: Bool) {
        switch value {
        case let port as AnyPort:
            add(port, name, isFlipped: isFlipped)
        case let ports as [AnyPort]:
            for (index, port) in ports.enumerated() { add(port, "\(name)_\(index)", isFlipped: isFlipped) }
        case let bundle as any SignalBundle:
            add(bundle, prefix: name + "_", isFlipped: isFlipped)
        case let flipped as any AnyFlipped:
            add(flipped.anyBundle, prefix: name + "_", isFlipped: !isFlipped)
        case let bundles as [any SignalBundle]:
            for (index, bundle) in bundles.enumerated() {
                add(bundle, prefix: "\(name)_\(index)_", isFlipped: isFlipped)
            }
        case let bundles as [any AnyFlipped]:
            for (index, flipped) in bundles.enumerated() {
                add(flipped.anyBundle, prefix: "\(name)_\(index)_", isFlipped: !isFlipped)
            }
        default:
            break
        }
    }

    private mutating func add(_ port: AnyPort, _ name: String, isFlipped: Bool) {
        if let first = names[ObjectIdentifier(port)] {
            shared.append((first, name))
            // All the same a signal of its own, so that what follows makes sense.
        } else {
            names[ObjectIdentifier(port)] = name
        }
        if let clock = port as? ClockPort {
            clocks.append((name, clock))
        } else {
            entries.append(Entry(name: name, port: port, isInput: port.isInput != isFlipped, prefixes: prefixes))
        }
    }
}

extension String {
    /// The Swift spelling `readAddress` as hardware engineers write it, `read_address`.
    public var snakeCased: String {
        let characters = Array(self)
        var result = ""
        for (index, character) in characters.enumerated() {
            if index > 0, character.isUppercase {
                let previous = characters[index - 1]
                let isFollowedByLower = index + 1 < characters.count && characters[index + 1].isLowercase
                // An acronym is one word: `UARTReceiver` is `uart_receiver`, `RV32I` is `rv32i`.
                if previous.isLowercase || (isFollowedByLower && (previous.isUppercase || previous.isNumber)) {
                    result.append("_")
                }
            }
            result.append(contentsOf: character.lowercased())
        }
        return result
    }
}
