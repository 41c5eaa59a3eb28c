import Foundation
import Testing

/// Law: a simulator that is missing or fails is a failed test that says why, never a skipped one.
@Suite("Programs that the tests run")
struct ToolTests {
    @Test("a missing program is named with the way to get it")
    func missing() {
        let error = #expect(throws: ToolError.self) { try run("no-such-simulator", [], in: URL(fileURLWithPath: "/")) }
        #expect(
            error?.description
                == "no-such-simulator is not in PATH; these tests need it: apt install no-such-simulator")
    }

    @Test("a program that fails is quoted")
    func failing() throws {
        try withTemporaryFolder { folder in
            let error = #expect(throws: ToolError.self) { try run("sh", ["-c", "echo bad; exit 3"], in: folder) }
            #expect(error?.description == "sh -c echo bad; exit 3 ended with 3:\nbad\n")
        }
    }
}
