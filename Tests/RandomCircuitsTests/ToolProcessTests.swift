import RandomCircuits
import Testing

@Suite("Tools of the random circuits")
struct ToolProcessTests {
    private func message(_ program: String, _ arguments: [String], seconds: Int = 60) throws -> String {
        try withScratchFolder { folder in
            let error = #expect(throws: ToolError.self) {
                try runTool(program, arguments, in: folder, seconds: seconds)
            }
            return error?.description ?? "no error"
        }
    }

    @Test("a tool that takes too long is ended")
    func timeout() throws {
        #expect(
            try message("sh", ["-c", "echo begun; sleep 60"], seconds: 1)
                == "sh -c echo begun; sleep 60 took more than 1 seconds:\nbegun\n")
    }

    @Test("a tool that fails is an error with what it wrote")
    func failure() throws {
        #expect(try message("sh", ["-c", "echo no >&2; exit 3"]) == "sh -c echo no >&2; exit 3 ended with 3:\nno\n")
    }

    @Test("a tool that is not there")
    func absence() throws {
        #expect(try message("no-such-tool", []) == "no-such-tool is not in PATH; random circuits need it")
    }
}
