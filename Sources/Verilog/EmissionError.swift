public import HDL

/// A design that cannot be written as Verilog.
public enum EmissionError: Error, Equatable, Sendable, CustomStringConvertible {
    case illegalModuleName(String, location: SourceLocation)
    case illegalPortName(String, module: String, location: SourceLocation)

    public var description: String {
        switch self {
        case .illegalModuleName(let name, let location):
            "\(location): error: module name '\(name)' is reserved by Verilog or Verilator, or not an identifier;"
                + " give the module another 'moduleName'"
        case .illegalPortName(let name, let module, let location):
            "\(location): error: port '\(name)' of module '\(module)' is reserved by Verilog or Verilator, or not an identifier;"
                + " ports are never renamed"
        }
    }
}
