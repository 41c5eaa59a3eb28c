extension Emission {
    /// A file list that `verilator -f`, `iverilog -c` and most simulators read; paths are relative to its folder.
    public var fileList: File {
        let lines = modules.map { $0.name + "\n" }.joined()
        return File(name: "\(top).f", bytes: Array(lines.utf8))
    }

    /// A FuseSoC core description (CAPI2) with a lint target.
    public var fuseSoCCore: File {
        let files = modules.map { "      - \($0.name)\n" }.joined()
        let text = """
            CAPI=2:
            name: hwgen:designs:\(top):0
            description: Emitted by hwgen

            filesets:
              rtl:
                file_type: verilogSource-2005
                files:
            \(files)
            targets:
              default: &default
                filesets: [rtl]
                toplevel: \(top)
              lint:
                <<: *default
                default_tool: verilator
                tools:
                  verilator:
                    mode: lint-only
                    verilator_options: [-Wall]

            """
        return File(name: "\(top).core", bytes: Array(text.utf8))
    }
}
