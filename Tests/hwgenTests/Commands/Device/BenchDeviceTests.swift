import Foundation
import Testing

/// Law: `hwgen bench device` says in one line what keeps it from measuring.
@Suite struct BenchDeviceTests {
    @Test func whatIsNoProgramIsNamed() throws {
        #expect(
            try Executable.failure(["bench", "device", "--peers", "nowhere"], status: 2)
                == "--peers: found 'nowhere', allowed is a program, such as that of the project in its folder scripts")
        #expect(
            try Executable.failure(["bench", "device", "--rounds", "0"], status: 2)
                == "--rounds: found '0', allowed 1 to 1000")
    }
}
