extension Emission {
    /// A file list that `iverilog -c` and most tools read; paths are relative to its folder.
    public var fileList: File {
        let lines = modules.map { $0.name + "\n" }.joined()
        return File(name: "\(top).f", bytes: Array(lines.utf8))
    }

    /// What Verilator has to be told beside the files.
    ///
    /// Its pass `const-bit-op-tree` computes wrong values in 5.006, of `~(x ^ constant)` and of the top bits of sums wider than
    /// 64 bits among others, and so does the splitting of deep expressions, whose parts lose bits: both are turned off.
    /// Verilator 5.052 has the first right.
    public static let verilatorOptions = ["-fno-const-bit-op-tree", "--comp-limit-parens", "1000000"]

    /// What clang has to be told to compile a model whose deep expressions were left whole; g++ needs nothing.
    public static let clangOptions = ["-fbracket-depth=1000000"]

    /// The file list for Verilator: `verilator -F`.
    public var verilatorFileList: File {
        let lines = Emission.verilatorOptions + modules.map(\.name)
        return File(name: "\(top).verilator.f", bytes: Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// A FuseSoC core description (CAPI2) with a lint target.
    public var fuseSoCCore: File { fuseSoCCore(simulation: nil) }

    /// A FuseSoC core description (CAPI2) with a lint target and, given a test bench, a simulation in Icarus Verilog.
    public func fuseSoCCore(simulation: SimulationTarget?) -> File {
        var text = """
            CAPI=2:
            name: hwgen:designs:\(top):0
            description: Emitted by hwgen

            filesets:
              rtl:
                file_type: verilogSource-2005
                files:
            \(list(modules.map(\.name)))

            """
        if let simulation { text += simulation.fileset }
        text += """
            targets:
              default: &default
                filesets: [rtl]
                toplevel: \(top)
              lint:
                <<: *default
                flow: lint
                flow_options:
                  tool: verilator
                  verilator_options: [-Wall]

            """
        if let simulation { text += simulation.target }
        return File(name: "\(top).core", bytes: Array(text.utf8))
    }
}

/// A test bench for the simulation target of a FuseSoC core. It ends with an error status when something is wrong.
public struct SimulationTarget: Sendable {
    /// Module of the test bench.
    public var toplevel: String
    /// Verilog of the test bench, and of black boxes' models; paths are relative to the core's folder.
    public var sources: [String]
    /// Files that the run finds in its own folder under their last name.
    public var data: [String]
    /// What the test bench reads with `$value$plusargs`.
    public var plusArguments: [(name: String, value: Value)]

    public enum Value: Sendable {
        case text(String)
        case number(Int)
    }

    public init(
        toplevel: String, sources: [String], data: [String] = [], plusArguments: [(name: String, value: Value)] = []
    ) {
        self.toplevel = toplevel
        self.sources = sources
        self.data = data
        self.plusArguments = plusArguments
    }

    fileprivate var fileset: String {
        let copied = data.map { path in
            "      - \(path): {file_type: user, copyto: \(path.split(separator: "/").last ?? "")}\n"
        }
        return """
              sim:
                file_type: verilogSource-2005
                files:
            \(list(sources))\(copied.joined())

            """
    }

    /// `$countones` and `$fatal` are beyond Verilog-2005, and Icarus has them in a module of their own.
    fileprivate var target: String {
        var text = """
              sim:
                filesets: [rtl, sim]
                toplevel: \(toplevel)
                flow: sim
                flow_options:
                  tool: icarus
                  iverilog_options: [-g2005, -m, v2009]

            """
        if plusArguments.isEmpty { return text }
        text += "    parameters: [\(plusArguments.map(\.name).joined(separator: ", "))]\n\nparameters:\n"
        for (name, value) in plusArguments {
            let (type, value) =
                switch value {
                case .text(let text): ("str", text)
                case .number(let number): ("int", "\(number)")
                }
            text += "  \(name): {datatype: \(type), paramtype: plusarg, default: \(value)}\n"
        }
        return text
    }
}

private func list(_ paths: [String]) -> String { paths.map { "      - \($0)\n" }.joined() }
