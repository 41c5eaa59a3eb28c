import Testing

@testable import CoSim

@Suite struct FileTests {
    @Test("waves hold the ports and both edges of each cycle at 10 ns a cycle")
    func waves() throws {
        let path = temporaryFolder() + "/wave.vcd"
        let model = try Shared.model(Designs.counter, BuildOptions(trace: true))
        try model.setWords(of: "enable", to: [1])
        try model.openTrace(path: path)
        for _ in 0..<3 {
            try model.settle()
            try model.settle()
            try model.edge()
        }
        model.closeTrace()
        let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
        let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
        #expect(lines.contains { $0.hasPrefix("$timescale") && $0.contains("1ns") })
        for name in ["clk", "rst", "enable"] {
            #expect(lines.contains { $0.hasPrefix("$var wire  1 ") && $0.contains(" \(name) ") })
        }
        #expect(lines.contains { $0.hasPrefix("$var wire 16 ") && $0.contains(" count ") })
        #expect(lines.filter { $0.hasPrefix("#") } == ["#0", "#5", "#10", "#15", "#20", "#25", "#30"])
        let clock = try #require(lines.first { $0.contains(" clk ") }).split(separator: " ")[3]
        #expect(lines.filter { $0 == "1" + clock }.count == 3)
    }

    @Test("waves in a folder that does not exist are an error")
    func unwritableWaves() throws {
        let model = try Shared.model(Designs.counter, BuildOptions(trace: true))
        #expect(
            message { try model.openTrace(path: "/nowhere/wave.vcd") } == "cannot write waves to '/nowhere/wave.vcd'")
        try model.cycles(3)
    }

    @Test("a feature that is not compiled in is told with the option that adds it")
    func notCompiledIn() throws {
        let model = try Shared.model(Designs.counter)
        let start = "the library of 'counter' is built without "
        #expect(message { try model.openTrace(path: "x") } == start + "waves; build it with the option trace")
        #expect(message { try model.writeCoverage(path: "x") } == start + "coverage; build it with the option coverage")
        #expect(message { try model.save(path: "x") } == start + "saving; build it with the option savable")
        #expect(message { try model.restore(path: "x") } == start + "saving; build it with the option savable")
    }

    @Test("a restored model goes on as the saved one")
    func save() throws {
        let folder = temporaryFolder()
        let library = try Shared.library(Designs.counter, BuildOptions(savable: true))
        let model = try Model(library)
        try model.setWords(of: "enable", to: [1])
        try model.cycles(9)
        try model.save(path: folder + "/state")
        let other = try Model(library)
        try other.restore(path: folder + "/state")
        try other.cycles(2)
        #expect(try other.words(of: "count") == [11])
        #expect(other.cycle == 11)
        #expect(message { try model.save(path: "/nowhere/s") } == "cannot save the model to '/nowhere/s'")
        #expect(message { try model.restore(path: "/nowhere/s") } == "cannot restore the model from '/nowhere/s'")
    }

    @Test("covered lines are written with the name of the Verilog file")
    func coverage() throws {
        let folder = temporaryFolder()
        let model = try Shared.model(Designs.counter, BuildOptions(coverage: true))
        try model.cycles(2)
        try model.writeCoverage(path: folder + "/coverage.dat")
        let text = String(decoding: try FileSystem.read(folder + "/coverage.dat"), as: UTF8.self)
        #expect(text.contains("counter.v"))
        #expect(message { try model.writeCoverage(path: "/nowhere/c") } == "cannot write coverage to '/nowhere/c'")
    }
}
