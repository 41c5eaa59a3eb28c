import Foundation
import Testing

@testable import hwgen

/// Sends a signal to this process, as a terminal does: worker threads block signals, so it reaches another thread.
private func sendAndWait(_ signal: Int32) -> Bool {
    kill(getpid(), signal)
    for _ in 0..<10_000 where !Interrupt.isRequested { usleep(1_000) }
    return Interrupt.isRequested
}

@Suite struct InterruptTests {
    @Test("a signal sets the flag and the process goes on", arguments: [SIGINT, SIGTERM])
    func flag(signal: Int32) async {
        // Another process, because a signal's handler belongs to all tests at once.
        await #expect(processExitsWith: .exitCode(7)) { [signal] in
            guard Interrupt.install(), !Interrupt.isRequested else { exit(1) }
            guard sendAndWait(signal) else { exit(2) }
            Interrupt.clear()
            guard !Interrupt.isRequested else { exit(3) }
            exit(7)
        }
    }

    @Test("a second Ctrl-C ends the process")
    func second() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            Interrupt.install()
            guard sendAndWait(SIGINT) else { exit(2) }
            Interrupt.clear()
            _ = sendAndWait(SIGINT)
            exit(3)
        }
    }
}
