import Verilog

/// The files and the scripts of yosys: from Verilog to cells, and what is to be read afterwards.
struct SynthesisScript {
    let problem: SynthesisProblem
    let library: CellLibrary
    let options: SynthesisOptions

    /// The liberty file under a name without blanks.
    static let libertyLink = "cells.lib"
    static let constraints = "constraints.txt"
    static let optimization = "abc.txt"
    static let statistics = "statistics.json"
    static let areas = "areas.txt"
    static let memories = "memories.txt"
    static let netlist = "netlist.v"
    static let timedNetlist = "timed_netlist.v"
    static let cellModels = "cell_models.v"
    /// Ending of the name of a register's cell in the timed netlist; before it stands the register's own name.
    static let registerSuffix = "_reg"

    /// Verilog lies in a folder of its own, so that no module's name meets one of the files above.
    static func source(_ name: String) -> String { "rtl/\(name)" }

    /// What ABC takes to be around the design when it buffers and sizes; the load is in femtofarads.
    func constraintText(drivingCell: String) -> String {
        """
        set_driving_cell \(drivingCell)
        set_load \(options.outputLoadFarads * 1e15)

        """
    }

    /// What ABC does: the script of yosys, but with few conflicts allowed in the search for equal nodes, which takes many
    /// minutes in a multiplier.
    var optimizationText: String {
        let period = options.clockPeriodSeconds.map { " -D \(Int(($0 * 1e12).rounded()))" } ?? ""
        return [
            "strash", "&get -n", "&fraig -C 10", "&put", "dc2", "strash", "&get -n", "&dch -f", "&nf\(period)", "&put",
            "buffer", "upsize\(period)", "dnsize\(period)", "stime -p", "",
        ].joined(separator: "\n")
    }

    /// Synthesis. Flattened; memories that are written stay what they are, tables that are only read become gates.
    var mapping: String {
        var lines = [
            // The cells' directions, so that the checks know what drives what.
            "read_liberty -lib -ignore_miss_func \(Self.libertyLink)",
            "read_verilog \(problem.files.map { Self.source($0.name) }.joined(separator: " "))",
            "hierarchy -check -top \(problem.top)",
            "proc",
            "select -assert-none t:$dlatch t:$adlatch t:$dlatchsr",
            "flatten",
            "opt_expr",
            "opt_clean",
            "check -assert",
            "synth -top \(problem.top) -run coarse:fine",
            "memory_map -rom-only",
            "opt -fast -full",
            "opt -full",
            "techmap",
            "opt -fast",
            "dfflibmap -liberty \(Self.libertyLink)",
            "opt",
            "abc -liberty \(Self.libertyLink) -constr \(Self.constraints) -script \(Self.optimization)",
            "opt_clean -purge",
            "check -assert",
            "tee -q -o \(Self.statistics) stat -json",
            "tee -q -o \(Self.areas) stat -liberty \(Self.libertyLink)",
            "tee -q -o \(Self.memories) dump t:$mem_v2",
            "write_verilog -noattr -noexpr \(Self.netlist)",
        ]
        lines += [
            "read_liberty -lib \(MemoryBoundary.libertyFile)",
            "techmap -map \(MemoryBoundary.mapFile)",
            "setundef -zero",
            "rename -wire -suffix \(Self.registerSuffix) \(registerSelection)",
            "splitnets",
            "opt_clean -purge",
            "write_verilog -noattr -noexpr \(Self.timedNetlist)",
            "",
        ]
        return lines.joined(separator: "\n")
    }

    /// Verilog of the cells that the netlist uses, made of their functions in the liberty file.
    var modelling: String {
        [
            "read_liberty -ignore_miss_func \(Self.libertyLink)",
            "read_verilog \(Self.netlist)",
            "hierarchy -check -top \(problem.top)",
            "delete \(problem.top)",
            "write_verilog -noattr \(Self.cellModels)",
            "",
        ].joined(separator: "\n")
    }

    private var registerSelection: String {
        library.cells.filter(\.value.isFlipFlop).keys.sorted().map { "t:\($0)" }.joined(separator: " ")
    }
}
