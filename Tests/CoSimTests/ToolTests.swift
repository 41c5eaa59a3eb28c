import Testing

@testable import CoSim

@Suite struct ToolTests {
    @Test("an absent tool is told with where it was looked for and the package that has it")
    func absent() {
        #expect(
            message { _ = try Toolchain(environment: ["HWGEN_VERILATOR": "/nowhere/verilator"]) }
                == "verilator is not found (HWGEN_VERILATOR=/nowhere/verilator is no program); "
                + "install it: sudo apt-get install verilator")
        #expect(
            message { _ = try Toolchain(environment: ["PATH": "/nowhere"]) }
                == "verilator is not found (HWGEN_VERILATOR is not set, PATH); install it: sudo apt-get install verilator"
        )
        #expect(
            message { _ = try ToolSearch(environment: ["PATH": "/nowhere"]).compiler() }
                == "a C++ compiler is not found (HWGEN_CXX is not set, beside the Swift compiler, PATH); "
                + "install it: sudo apt-get install clang")
        #expect(
            message { _ = try ToolSearch(environment: ["HWGEN_CXX": "/etc"]).compiler() }
                == "the C++ compiler is not found (HWGEN_CXX=/etc is no program); install it: sudo apt-get install clang"
        )
    }

    @Test("a tool that fails to tell its version is told")
    func noVersion() {
        let environment = ["HWGEN_VERILATOR": "/bin/false", "HWGEN_CXX": "/bin/false"]
        #expect(
            message { _ = try Toolchain(environment: environment) }
                == "verilator failed to tell its version: no message")
    }

    @Test("HWGEN_CXXFLAGS replaces the flags for this machine")
    func flags() throws {
        var environment = processEnvironment()
        environment["HWGEN_CXXFLAGS"] = " -O1  -g "
        #expect(try Toolchain(environment: environment, versions: Shared.cache).compilerFlags == ["-O1", "-g"])
    }

    @Test("an error in the Verilog is one line with file and line")
    func syntaxError() throws {
        let source = Designs.source("bad", [.input("a")], "module bad(input a);\n  assign = a;\nendmodule\n")
        #expect(
            message { _ = try Shared.library(source) }
                == "verilator failed to read design 'bad': %Error: bad.v:2:10: syntax error, unexpected '='")
    }

    @Test("an error of the C++ compiler is one line, nothing is left behind")
    func compilerError() throws {
        var toolchain = try Shared.toolchain.get()
        toolchain.compilerFlags = ["-O2", "-no-such-flag"]
        let cache = LibraryCache(folder: temporaryFolder() + "/cache")
        let text = message {
            _ = try ModelLibrary(source: Designs.counter, toolchain: toolchain, cache: cache)
        }
        #expect(
            text?.hasPrefix("the C++ compiler failed to compile Verilator's runtime (it needs libfmt-dev): ") == true)
        #expect(text?.contains("-no-such-flag") == true && text?.contains("\n") == false)
        #expect(FileSystem.list(cache.folder) == [])
    }

    @Test("ports that are not those of the Verilog are told one by one")
    func portMismatch() throws {
        let text = "module m(input a, input [3:0] b, output y); assign y = a ^ b[0]; endmodule\n"
        func error(_ ports: [PortDescription]) -> String? {
            message { _ = try Shared.library(Designs.source("m", ports, text)) }
        }
        #expect(
            error([.input("a"), .input("b", 5), .output("y")])
                == "port 'b' of 'm' is described as input of 5 bits, the Verilog has input of 4 bits")
        #expect(
            error([.input("a"), .input("c"), .output("y")])
                == "port 'c' of 'm' is described as input of 1 bits, the Verilog has no such port")
        #expect(
            error([.input("a"), .output("y")])
                == "port 'b' of 'm' is described as no port, the Verilog has input of 4 bits")
    }

    @Test("a description that no design can have is refused before a tool runs")
    func invalidSource() {
        func problem(_ change: (inout ModelSource) -> Void) -> String? {
            var source = Designs.counter
            change(&source)
            return message { try source.validate() }
        }
        let start = "design 'counter' cannot be simulated: "
        #expect(problem { $0.files = [] } == start + "it has no file")
        #expect(problem { $0.files[0].name = "../x.v" } == start + "file name '../x.v' is not a plain name")
        #expect(problem { $0.files.append($0.files[0]) } == start + "file 'counter.v' is given twice")
        #expect(problem { $0.ports = [] } == start + "it has no port")
        #expect(problem { $0.ports[1].name = "a b" } == start + "port 'a b' is not a Verilog identifier")
        #expect(problem { $0.ports.append(.input("rst")) } == start + "port 'rst' is given twice")
        #expect(problem { $0.ports[3].width = 0 } == start + "port 'count' has width 0; at least 1")
        #expect(problem { $0.ports.append(.clock("clk2")) } == start + "it has 2 clocks; at most 1")
        #expect(problem { $0.ports[0].direction = .output } == start + "clock 'clk' is not an input of one bit")
        #expect(
            problem { $0.top = "9x" }
                == "design '9x' cannot be simulated: the name of the top module is not a Verilog identifier")
    }

    @Test("messages that need no broken machine to be seen")
    func messages() {
        #expect(
            "\(CoSimError.loadFailed(path: "/x/model.so", reason: "file too short"))"
                == "model library '/x/model.so' cannot be loaded: file too short")
        #expect(
            "\(CoSimError.abiMismatch(path: "/x/model.so", found: 2, expected: 3))"
                == "model library '/x/model.so' has interface version 2, expected 3; remove it from the cache")
        #expect(
            "\(CoSimError.createFailed(top: "t", reason: "no memory"))"
                == "a model of 't' cannot be started: no memory")
    }
}
