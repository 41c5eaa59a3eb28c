import Foundation
import Testing

@testable import hwgen

/// Pages that the system has given this process so far.
private func pages() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_minflt
}

/// Pages that an array of 20 MB takes anew; beyond some 60 MB only the main thread's memory is kept.
private func pagesOfLargeArray(_ value: UInt8) -> Int {
    let before = pages()
    let array = [UInt8](repeating: value, count: 20_000_000)
    return array[Int(value) * 1_000_000] == value ? pages() - before : .max
}

@Suite struct FreedMemoryTests {
    @Test("an array as large as one that is gone takes few pages from the system")
    func isKept() async {
        // Another process, because what the C library does belongs to all tests at once.
        await #expect(processExitsWith: .exitCode(7)) {
            guard FreedMemory.keep() else { exit(1) }
            _ = pagesOfLargeArray(1)
            exit(pagesOfLargeArray(2) < 100 ? 7 : 2)
        }
    }
}
