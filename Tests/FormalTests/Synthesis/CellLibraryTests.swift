import Foundation
import Testing

@testable import Formal

/// Law: of a liberty file the cells come out with area and kind, and what is no liberty file is refused by its line.
@Suite("Cell libraries")
struct CellLibraryTests {
    private func read(_ text: String) throws -> CellLibrary {
        try withTemporaryFolder { folder in
            let url = folder.appendingPathComponent("cells.lib")
            try Data(text.utf8).write(to: url)
            return try CellLibrary(path: url.path)
        }
    }

    static let small = """
        /* three kinds of cells */
        library ( "small cells" ) {
          time_unit : "1ns" ; // of delays
          index (1, \\
            2) ;
          cell (FLOP) {
            area : 6.5
            ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; }
            pin (D) { direction : input; } pin (CK) { direction : input; clock : true; }
            pin (Q) { direction : output; function : "IQ"; timing () { values ("1, 2; }", "3"); } }
          }
          cell ("INV_A") { area : 1.5; pin (A) { direction : input }
            pin (Y) { direction : output; function : "(!A)"; } }
          cell (INV_B) { area : 3; pin (I) { direction : "input"; } pin (Y) { direction : output; function : "I'"; } }
          cell (INV_C) { area : 2; dont_use : true; pin (A) { direction : input; }
            pin (Y) { direction : output; function : "!A"; } }
          cell (BUF) { area : 9; pin (A) { direction : input; } pin (Y) { direction : output; function : "A"; } }
          cell (KEEP) { area : 4; latch (IQ, IQN) { enable : "E"; data_in : "D"; } }
        }
        """

    @Test("cells, areas, flip-flops and inverters are read whatever the layout")
    func cells() throws {
        let library = try read(Self.small)
        #expect(library.name == "small cells")
        #expect(library.fileName == "cells.lib")
        #expect(
            library.cells.mapValues(\.area) == [
                "FLOP": 6.5, "INV_A": 1.5, "INV_B": 3, "INV_C": 2, "BUF": 9, "KEEP": 4,
            ])
        #expect(library.cells.filter(\.value.isFlipFlop).map(\.key) == ["FLOP"])
        #expect(library.cells.filter(\.value.isInverter).keys.sorted() == ["INV_A", "INV_B", "INV_C"])
        // Of the two that may be used, the upper one of the middle.
        #expect(library.middleInverter == "INV_B")
    }

    @Test(
        "what is no liberty file is refused with its line and what was found",
        arguments: [
            ("module m;\nendmodule\n", "line 1: found 'module' without ':' or '(' after it"),
            ("", "line 1: allowed is 'library (NAME) {' first"),
            ("cell (A) {\n}\n", "line 1: allowed is 'library (NAME) {' first"),
            ("\u{7f}ELF\u{0}\u{1}", "line 1: found '\u{7f}ELF\u{0}\u{1}' without ':' or '(' after it"),
            ("library (a) {\n  cell (B) {\n    area : 1;\n", "line 4: the file ends inside 'cell (B)'"),
            ("library (a) {\n  cell (B {\n", "line 2: a parenthesis is not closed"),
            ("library (a) {\n  /* on and on\n", "line 2: a comment is not closed"),
            ("library (a) {\n  date : \"today;\n}\n", "line 2: a text is not closed"),
        ])
    func faults(text: String, message: String) throws {
        let error = #expect(throws: SynthesisError.self) { _ = try read(text) }
        guard case .noLiberty(_, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == message)
    }

    @Test("every cut of a file is refused or read, and none is fatal")
    func cuts() {
        let bytes = Array(Self.small.utf8)
        for length in 0..<bytes.count - 1 {
            #expect(throws: SynthesisError.self, "\(length) bytes") {
                _ = try read(String(decoding: bytes[..<length], as: UTF8.self))
            }
        }
    }

    @Test("a library without a flip-flop is refused")
    func noFlipFlop() throws {
        let error = #expect(throws: SynthesisError.self) { _ = try read("library (a) { cell (B) { area : 1; } }") }
        #expect(error?.description.contains("has no flip-flop") == true)
    }

    @Test("of the default library the inverter of middle size is the third of four")
    func osu018() throws {
        let library = try CellLibrary()
        #expect(library.name == "osu018_stdcells")
        #expect(library.cells.filter(\.value.isInverter).keys.sorted() == ["INVX1", "INVX2", "INVX4", "INVX8"])
        #expect(library.middleInverter == "INVX4")
        #expect(library.cells.filter(\.value.isFlipFlop).keys.sorted() == ["DFFNEGX1", "DFFPOSX1", "DFFSR"])
    }
}
