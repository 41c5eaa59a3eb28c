import Verilog

/// What is compiled into a model library; each combination is a library of its own in the cache.
public struct BuildOptions: Hashable, Sendable {
    /// VCD waves can be opened at run time; a library without them is faster.
    public var trace: Bool
    /// `assert` statements and properties are checked.
    public var assertions: Bool
    /// Registers and memories without a reset start with values drawn from the model's seed, not zero.
    public var randomReset: Bool
    /// Lines executed are counted.
    public var coverage: Bool
    /// The state can be saved and restored.
    public var savable: Bool

    public init(
        trace: Bool = false, assertions: Bool = false, randomReset: Bool = false, coverage: Bool = false,
        savable: Bool = false
    ) {
        self.trace = trace
        self.assertions = assertions
        self.randomReset = randomReset
        self.coverage = coverage
        self.savable = savable
    }

    /// Options of Verilator for this variant.
    var verilatorFlags: [String] {
        var flags = ["-O3", "--unroll-count", "1024", "--timescale", "1ns/1ns", "-Wno-fatal"]
        flags += Emission.verilatorOptions
        let unknown = randomReset ? "unique" : "fast"
        flags += ["--x-assign", unknown, "--x-initial", unknown]
        if trace { flags.append("--trace") }
        if assertions { flags.append("--assert") }
        if coverage { flags.append("--coverage-line") }
        if savable { flags.append("--savable") }
        return flags
    }

    /// Definitions for the runtime and the model; both must agree.
    var definitions: [String] {
        [
            "-DVM_COVERAGE=\(coverage ? 1 : 0)", "-DVM_SC=0", "-DVM_TRACE=\(trace ? 1 : 0)",
            "-DVM_TRACE_VCD=\(trace ? 1 : 0)", "-DVM_TRACE_FST=0", "-DCOSIM_SAVABLE=\(savable ? 1 : 0)",
        ]
    }

    /// Files of Verilator's runtime beside verilated.cpp.
    var runtimeFiles: [String] {
        ["verilated_threads.cpp"] + (trace ? ["verilated_vcd_c.cpp"] : []) + (coverage ? ["verilated_cov.cpp"] : [])
            + (savable ? ["verilated_save.cpp"] : [])
    }

    /// The flags word of the interface.
    var featureExpression: String {
        let features: [(Bool, String)] = [
            (trace, "COSIM_HAS_VCD"), (coverage, "COSIM_HAS_COVERAGE"), (savable, "COSIM_HAS_SAVE"),
            (assertions, "COSIM_HAS_ASSERTIONS"), (randomReset, "COSIM_HAS_RANDOM_RESET"),
        ]
        let present = features.filter(\.0).map(\.1)
        return present.isEmpty ? "0u" : present.joined(separator: " | ")
    }
}
