import Foundation
import Synchronization
import Testing

@testable import hwgen

/// A sink that keeps what is written.
final class Recorder: Sendable {
    private let text = Mutex("")
    private let status: Int32
    private let isTerminal: Bool

    init(status: Int32 = 0, isTerminal: Bool = false) {
        self.status = status
        self.isTerminal = isTerminal
    }

    var written: String { text.withLock(\.self) }

    var sink: TextSink {
        TextSink(isTerminal: isTerminal, usesColor: isTerminal) { [self] more in
            text.withLock { $0 += more }
            return status
        }
    }
}

@Suite struct OutputTests {
    struct Result: Encodable {
        var path = "rtl/a.v"
        var images = 100
        var accuracy = 0.5
        var bound: Double? = .infinity
        var mismatches = [Int]()
    }

    @Test("with --json the result is one object on standard output, and messages go to standard error")
    func json() throws {
        let (standardOutput, standardError) = (Recorder(), Recorder())
        let output = Output(isJSON: true, standardOutput: standardOutput.sink, standardError: standardError.sink)
        output.note("building")
        try output.result(Result(), text: "never shown")
        output.warning("slow")
        #expect(
            standardOutput.written == """
                {
                  "accuracy" : 0.5,
                  "bound" : "Infinity",
                  "images" : 100,
                  "mismatches" : [

                  ],
                  "path" : "rtl/a.v"
                }

                """)
        #expect(standardError.written == "building\nhwgen: warning: slow\n")
    }

    @Test("without --json the result is the text")
    func text() throws {
        let standardOutput = Recorder()
        let output = Output(isJSON: false, standardOutput: standardOutput.sink, standardError: Recorder().sink)
        try output.result(Result(), text: "all well")
        #expect(standardOutput.written == "all well\n")
    }

    @Test("an error is one line with the program's name, coloured on a terminal only")
    func errors() {
        let (plain, terminal) = (Recorder(), Recorder(isTerminal: true))
        let error = UsageError.repeatedOption(option: "--seed")
        Output(isJSON: false, standardOutput: Recorder().sink, standardError: plain.sink).error(error)
        Output(isJSON: false, standardOutput: Recorder().sink, standardError: terminal.sink).error(error)
        #expect(plain.written == "hwgen: error: --seed: found more than once, allowed once\n")
        #expect(
            terminal.written == "hwgen: \u{1B}[31merror:\u{1B}[0m --seed: found more than once, allowed once\n")
    }

    @Test("a result that cannot be written is an error")
    func fullDisk() {
        let output = Output(
            isJSON: false, standardOutput: Recorder(status: ENOSPC).sink, standardError: Recorder().sink)
        let error = #expect(throws: OutputError.self) { try output.print("text") }
        #expect(error?.description == "standard output cannot be written: No space left on device")
        #expect(OutputError.notEncodable(reason: "x").description == "the result has no JSON form: x")
    }

    @Test("a descriptor takes all of a long text and reports a closed one")
    func descriptors() throws {
        let pipe = Pipe()
        let text = String(repeating: "line\n", count: 40_000)
        let status = Mutex<Int32?>(nil)
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        let writer = Thread {
            let result = TextSink.descriptor(descriptor, environment: [:]).write(text)
            status.withLock { $0 = result }
            try? pipe.fileHandleForWriting.close()
        }
        writer.start()
        let read = try pipe.fileHandleForReading.readToEnd()
        #expect(read.map { String(decoding: $0, as: UTF8.self) } == text)
        #expect(status.withLock(\.self) == 0)
        #expect(TextSink.descriptor(-1, environment: [:]).write("x") == EBADF)
        #expect(!TextSink.descriptor(-1, environment: [:]).isTerminal)
    }

    @Test("NO_COLOR and a dumb terminal take colours away; an empty NO_COLOR does not")
    func colors() {
        #expect(TextSink.allowsColor([:]))
        #expect(TextSink.allowsColor(["NO_COLOR": "", "TERM": "xterm"]))
        #expect(!TextSink.allowsColor(["NO_COLOR": "1"]))
        #expect(!TextSink.allowsColor(["TERM": "dumb"]))
    }
}
