import Formal
import Foundation
import HDL
import Testing
import Verilog

/// Law: what keeps a proof from being tried is said in one line, with what was found and what is allowed.
@Suite("Errors of proofs")
struct ProofErrorTests {
    @Test("a program that is missing is named with its package")
    func missingTools() throws {
        func description(_ programs: [String]) throws -> String? {
            try withTemporaryFolder { folder in
                for program in programs {
                    let url = folder.appendingPathComponent(program)
                    try Data("#!/bin/sh\n".utf8).write(to: url)
                    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
                }
                let error = #expect(throws: ProofError.self) { _ = try ProofTools(path: folder.path) }
                return error?.description
            }
        }
        #expect(try description([]) == "yosys is not in PATH: apt install yosys")
        #expect(try description(["yosys"]) == "yosys-smtbmc is not in PATH: apt install yosys")
        #expect(try description(["yosys", "yosys-smtbmc"]) == "z3 is not in PATH: apt install z3")
    }

    @Test(
        "an option out of its range is refused",
        arguments: [
            (ProofOptions(depth: 0, coverDepth: 1), "depth: found 0, allowed 1 or more"),
            (ProofOptions(coverDepth: 0), "coverDepth: found 0, allowed 1 or more"),
            (
                ProofOptions(depth: 4, inductionDepth: 4),
                "inductionDepth: found 4, allowed 0 to 3, one less than the depth"
            ),
            (ProofOptions(secondsPerRun: 0), "secondsPerRun: found 0, allowed 1 or more"),
            (ProofOptions(reset: .first(edges: 0)), "reset edges: found 0, allowed 1 to 64"),
        ])
    func options(options: ProofOptions, text: String) {
        let error = #expect(throws: ProofError.self) { _ = try ProofRunner(options) }
        #expect(error?.description == text)
    }

    @Test("a design without a claim is refused")
    func noProperties() throws {
        let empty = problem("empty", ["empty": "module empty (input wire clk);\nendmodule\n"], clocks: [])
        let error = #expect(throws: ProofError.self) { _ = try ProofRunner().prove(empty) }
        #expect(error?.description == "design 'empty' has no assert and no cover")
    }

    @Test("a design with a black box is refused")
    func blackBox() throws {
        let design = try elaborate(BoxedDesign())
        let error = #expect(throws: ProofError.self) { _ = try ProofProblem(design, emit(design)) }
        #expect(error?.description == "module 'vendor_cell' is a black box: there is nothing to reason about")
    }

    @Test("a design that makes a clock is refused")
    func innerClock() throws {
        let design = try elaborate(DividedClock())
        let error = #expect(throws: ProofError.self) { _ = try ProofProblem(design, emit(design)) }
        #expect(
            error?.description
                == "the clock of domain 'slow' is made inside module 'divided_clock'; proofs take clocks that are ports"
        )
    }

    @Test("a check that the model lost is no verdict")
    func lostProperty() throws {
        var counter = problem("counter", ["counter": VerdictTests.counter(check("inside", "assert(count <= 4'd9)"))])
        try counter.plant("", instead: "assert(count <= 4'd9)")
        let error = #expect(throws: ProofError.self) { _ = try ProofRunner().prove(counter) }
        #expect(error?.description == "property 'inside' is not in the model that yosys made")
    }

    @Test("what yosys finds wrong is quoted")
    func yosysError() throws {
        var counter = problem("counter", ["counter": VerdictTests.counter(check("inside", "assert(count <= 4'd9)"))])
        try counter.plant("modul counter", instead: "module counter")
        let error = #expect(throws: ProofError.self) { _ = try ProofRunner().prove(counter) }
        #expect(
            error?.description
                == "yosys ended with 1: counter.v:1: ERROR: syntax error, unexpected TOK_ID")
    }

    @Test("the remaining errors have their text")
    func texts() {
        #expect(
            ProofError.unreadableTrace("cover0.vcd", reason: "3 steps, 4 expected").description
                == "trace 'cover0.vcd': 3 steps, 4 expected")
        #expect(
            ProofError.cannotWrite("/proof", reason: "no space").description == "cannot write '/proof': no space")
    }
}

/// A module of somebody else inside a design with an assertion.
struct BoxedDesign: Module {
    struct Cell: BlackBox {
        struct Ports: SignalBundle { let a = Input(), y = Output() }
        var moduleName: String { "vendor_cell" }
        func ports() -> Ports { Ports() }
    }
    struct Ports: SignalBundle { let a = Input(), y = Output() }
    var moduleName: String { "boxed_design" }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let cell = m.instance("cell", Cell())
        cell.a.drive(m.a)
        m.y.drive(cell.y)
        m.assert("same", cell.y == m.a)
    }
}

/// A register behind a clock of half the frequency.
struct DividedClock: Module {
    struct Ports: SignalBundle { let count = Output(2) }
    var moduleName: String { "divided_clock" }
    func ports() -> Ports { Ports() }

    func build(_ m: Builder<Ports>) {
        let half = m.register("half")
        half.next(!half)
        let slow = m.clocked(by: m.clockDomain("slow", clock: half))
        let count = slow.register("slow_count", 2, reset: nil)
        count.next(count + 1)
        let crossed = m.crossingRegister("crossed_count", 2)
        crossed.next(count)
        m.count.drive(crossed)
        m.assert("below_three", crossed < 3)
    }
}
