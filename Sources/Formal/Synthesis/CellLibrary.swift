import Foundation
import Tools

/// The cells of a liberty file, as far as synthesis has to know them itself.
public struct CellLibrary: Sendable, Equatable {
    public struct Cell: Sendable, Equatable {
        /// Area in the file's unit, by convention µm².
        public var area = 0.0
        /// Whether it is a register that an edge of its clock sets.
        public var isFlipFlop = false
        /// Whether the file says that tools shall not use it.
        public var isLeftAlone = false
        var inputs: [String] = []
        var outputs: [Output] = []

        struct Output: Sendable, Equatable {
            let name: String
            /// The function as it is written; empty where there is none.
            let function: String
        }

        /// Whether its one output is its one input, inverted.
        var isInverter: Bool {
            guard inputs.count == 1, outputs.count == 1 else { return false }
            let function = outputs[0].function.filter { !"() ".contains($0) }
            return ["!\(inputs[0])", "~\(inputs[0])", "\(inputs[0])'"].contains(function)
        }
    }

    public let path: String
    /// Name of the library in the file.
    public let name: String
    public let cells: [String: Cell]

    /// Oklahoma State University's cells for a 180 nm process, where Debian's package puts them.
    public static let defaultPath = "/usr/share/qflow/tech/osu018/osu018_stdcells.lib"
    public static let defaultPackage = "qflow-tech-osu018"

    /// Reads a liberty file; nil for the default one.
    /// - Throws: `SynthesisError.missingLibrary` when the default is not installed, `SynthesisError.noLiberty` with the
    ///   line and what was found there, `SynthesisError.noFlipFlop`, `FileError` when the file cannot be read.
    /// - Complexity: linear in the size of the file.
    public init(path: String? = nil) throws {
        if path == nil, !FileManager.default.fileExists(atPath: Self.defaultPath) {
            throw SynthesisError.missingLibrary(path: Self.defaultPath, package: Self.defaultPackage)
        }
        let path = path ?? Self.defaultPath
        let bytes = try readFile(path)
        do throws(LibertyReader.Fault) {
            (name, cells) = try Self.read(bytes)
        } catch {
            throw SynthesisError.noLiberty(path: path, reason: "line \(error.line): \(error.message)")
        }
        self.path = path
        guard cells.values.contains(where: \.isFlipFlop) else { throw SynthesisError.noFlipFlop(path: path) }
    }

    /// Name of the file without its folder.
    public var fileName: String { (path as NSString).lastPathComponent }

    /// The inverter of middle size: the smaller ones are weak, the largest would hide what the inputs cost.
    public var middleInverter: String? {
        let inverters = cells.filter { $0.value.isInverter && !$0.value.isLeftAlone }
            .sorted { ($0.value.area, $0.key) < ($1.value.area, $1.key) }
        return inverters.isEmpty ? nil : inverters[inverters.count / 2].key
    }

    private static func read(_ bytes: [UInt8]) throws(LibertyReader.Fault) -> (name: String, cells: [String: Cell]) {
        var reader = LibertyReader(bytes)
        guard case .open("library", let name) = try reader.next() else {
            throw LibertyReader.Fault(line: reader.currentLine, message: "allowed is 'library (NAME) {' first")
        }
        var cells: [String: Cell] = [:]
        var open = [(kind: "library", argument: name)]
        var cell = Cell()
        var pin = (direction: "", function: "")
        while let last = open.last {
            guard let item = try reader.next() else {
                throw LibertyReader.Fault(
                    line: reader.currentLine, message: "the file ends inside '\(last.kind) (\(last.argument))'")
            }
            switch item {
            case .open(let kind, let argument):
                open.append((kind, argument))
                if kind == "cell" { cell = Cell() }
                if kind == "pin" { pin = ("", "") }
                // Scan flip-flops have an `ff` too; a latch has none.
                if last.kind == "cell", kind == "ff" || kind == "ff_bank" { cell.isFlipFlop = true }
            case .attribute(let name, let value):
                switch (last.kind, name) {
                case ("cell", "area"): cell.area = Double(value) ?? 0
                case ("cell", "dont_use"): cell.isLeftAlone = value == "true"
                case ("pin", "direction"): pin.direction = value
                case ("pin", "function"): pin.function = value
                default: break
                }
            case .close:
                open.removeLast()
                if last.kind == "pin", open.last?.kind == "cell" {
                    if pin.direction == "input" { cell.inputs.append(last.argument) }
                    if pin.direction == "output" {
                        cell.outputs.append(.init(name: last.argument, function: pin.function))
                    }
                }
                if last.kind == "cell" { cells[last.argument] = cell }
            }
        }
        return (name, cells)
    }
}
