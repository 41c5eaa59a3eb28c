import Glibc
import Testing

@testable import CoSim

@Suite struct DeathTests {
    /// Settles and clocks a new model with port `how` set, until it ends; the error and the model.
    static func end(_ how: UInt64, _ options: BuildOptions = BuildOptions(assertions: true)) throws -> (String?, Model)
    {
        let model = try Shared.model(Designs.mortal, options)
        try model.cycles(2)
        try model.setWords(of: "how", to: [how])
        let text = message {
            for _ in 0..<3 {
                try model.settle()
                try model.edge()
            }
        }
        return (text, model)
    }

    @Test("$finish ends the model, not the process")
    func finish() throws {
        let (text, model) = try Self.end(1)
        #expect(text == "the model finished by itself ($finish) in cycle 2")
        #expect(!model.isAlive)
        #expect(throws: ModelError.finished(cycle: 2)) { try model.settle() }
        #expect(throws: ModelError.finished(cycle: 2)) { try model.cycles(10) }
        #expect(model.cycle == 3)
    }

    @Test("$stop, $fatal and a failing assertion end the model with file, line and text")
    func death() throws {
        #expect(try Self.end(2).0 == "the model died in cycle 2: mortal.v:7: $stop")
        #expect(
            try Self.end(3).0
                == "the model died in cycle 2: mortal.v:8: Assertion failed in TOP.mortal: count is 2")
        #expect(
            try Self.end(4).0
                == "the model died in cycle 2: mortal.v:9: Assertion failed in TOP.mortal: how is four")
    }

    @Test("logic that does not settle is an error, not an endless loop")
    func oscillation() throws {
        let (text, model) = try Self.end(5)
        #expect(text?.hasPrefix("the model died in cycle 2: mortal.v:1: ") == true)
        #expect(text?.hasSuffix("did not converge.") == true)
        #expect(!model.isAlive)
    }

    @Test("a library without assertions does not check them")
    func assertionsOff() throws {
        #expect(try Self.end(4, BuildOptions(assertions: false)).0 == nil)
    }

    @Test("a dead model returns at once from every call and keeps its message")
    func deadModel() throws {
        let (_, model) = try Self.end(2)
        let error = ModelError.died(cycle: 2, message: "mortal.v:7: $stop")
        #expect(throws: error) { try model.edge() }
        #expect(throws: error) { try model.run(inputs: nil, cycles: 5) }
        #expect(throws: error) { try model.check(inputs: [0, 0], expected: [0, 0, 0, 0], cycles: 2) }
        #expect(throws: error) { try PortPlan(model).run(inputs: [0, 0], expected: [0, 0, 0, 0], cycles: 2) }
    }

    @Test("the death of one model leaves another alive, also in the same thread")
    func neighbours() throws {
        let alive = try Shared.model(Designs.mortal, BuildOptions(assertions: true))
        let (_, dead) = try Self.end(3)
        try alive.cycles(5)
        #expect(alive.isAlive && !dead.isAlive)
        // Waves of a dead model make it the one of this thread again; it stays dead, the other stays alive.
        let (_, traced) = try Self.end(3, BuildOptions(trace: true, assertions: true))
        try traced.openTrace(path: temporaryFolder() + "/dead.vcd")
        let cycle = traced.cycle
        #expect(throws: ModelError.self) { try traced.settle() }
        #expect(throws: ModelError.self) { try traced.edge() }
        #expect(traced.cycle == cycle)
        try alive.cycles(1)
        #expect(alive.output.isEmpty)
        #expect(dead.output.contains("count is 2"))
    }

    @Test("what a model prints is its own text and does not reach standard output or standard error")
    func captured() throws {
        let file = temporaryFolder() + "/captured"
        let saved = try Standard.redirect(to: file)
        let (_, model) = try Self.end(6)
        _ = try Self.end(1)
        _ = try Self.end(3)
        Standard.restore(saved)
        let reached = String(decoding: try FileSystem.read(file), as: UTF8.self)
        #expect(!reached.contains("marker") && !reached.contains("$finish") && !reached.contains("count is"))
        let once = { (count: Int) in "marker-display \(count)\nmarker-write\nmarker-descriptor\nmarker-error\n" }
        #expect(model.output == once(2) + once(3) + once(4))
        model.clearOutput()
        #expect(model.output.isEmpty)
    }

    @Test("unreset registers differ by seed only in the variant that asks for it")
    func randomReset() throws {
        let random = try Shared.library(Designs.unreset, BuildOptions(randomReset: true))
        func first(_ library: ModelLibrary, _ seed: UInt64) throws -> [UInt64] {
            let model = try Model(library, seed: seed)
            try model.settle()
            return try model.words(of: "q")
        }
        #expect(try first(random, 7) == first(random, 7))
        #expect(try first(random, 7) != first(random, 8))
        #expect(try first(Shared.library(Designs.unreset), 7) == [0])
    }
}

/// Sends the two standard streams of this process to a file; other tests may print there meanwhile.
enum Standard {
    static func redirect(to path: String) throws -> [Int32] {
        fflush(nil)
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        try #require(file >= 0)
        defer { close(file) }
        return [Int32](1...2).map { stream in
            let saved = dup(stream)
            dup2(file, stream)
            return saved
        }
    }

    static func restore(_ saved: [Int32]) {
        fflush(nil)
        for (stream, copy) in zip([Int32](1...2), saved) {
            dup2(copy, stream)
            close(copy)
        }
    }
}
