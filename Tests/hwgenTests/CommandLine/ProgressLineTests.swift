import Synchronization
import Testing

@testable import hwgen

@Suite struct ProgressLineTests {
    /// A clock that stands until it is moved.
    final class Clock: Sendable {
        private let seconds = Mutex(0.0)
        var now: Double { seconds.withLock(\.self) }
        func advance(_ more: Double) { seconds.withLock { $0 += more } }
    }

    @Test("elsewhere than on a terminal a plain line comes every five seconds at most")
    func plain() {
        let (recorder, clock) = (Recorder(), Clock())
        let line = ProgressLine(title: "demo", total: 100, unit: "images", sink: recorder.sink) { clock.now }
        for _ in 0..<100 {
            clock.advance(0.125)
            line.advance()
        }
        line.finish()
        line.finish()
        line.advance()
        let lines = recorder.written.split(separator: "\n")
        #expect(lines.first == "demo: 40 of 100 images (40 %), 8.00 images/s, 7.5 s left")
        #expect(lines.last == "demo: 100 images in 12.5 s (8.00 images/s)")
        #expect(lines.count <= 3)
    }

    @Test("on a terminal the line is rewritten in place and ended once")
    func terminal() {
        let (recorder, clock) = (Recorder(isTerminal: true), Clock())
        let line = ProgressLine(title: "train", total: nil, unit: "steps", sink: recorder.sink) { clock.now }
        clock.advance(2)
        line.advance(by: 4000)
        line.advance()
        line.finish()
        #expect(
            recorder.written == "\rtrain: 4000 steps, 2000 steps/s\u{1B}[K"
                + "\rtrain: 4001 steps in 2.0 s (2000 steps/s)\u{1B}[K\n")
    }

    @Test("no rate and no time left are shown where nothing is known")
    func nothingKnown() {
        let (recorder, clock) = (Recorder(), Clock())
        let line = ProgressLine(title: "demo", total: 10, unit: "images", sink: recorder.sink) { clock.now }
        clock.advance(6)
        line.advance(by: 0)
        line.finish()
        #expect(recorder.written == "demo: 0 of 10 images (0 %)\ndemo: 0 images in 6.0 s\n")
    }

    @Test("rates have about three digits, times the units that one would say")
    func units() {
        #expect(ProgressLine.rate(1, 3) == "0.33")
        #expect(ProgressLine.rate(123, 10) == "12.3")
        #expect(ProgressLine.rate(12_345, 1) == "12345")
        #expect(ProgressLine.rate(15_100_000, 1) == "15.1 million")
        #expect(ProgressLine.rate(2_000_000_000, 1) == "2000 million")
        #expect(ProgressLine.rate(5, 0) == nil)
        #expect(ProgressLine.duration(0.25) == "0.2 s")
        #expect(ProgressLine.duration(59.97) == "1 min 0 s")
        #expect(ProgressLine.duration(125) == "2 min 5 s")
        #expect(ProgressLine.duration(3_725) == "1 h 2 min")
        #expect(ProgressLine.duration(.infinity) == "years")
    }

    @Test("counts from many threads add up")
    func threads() async {
        let recorder = Recorder()
        let line = ProgressLine(title: "x", total: 800, unit: "units", sink: recorder.sink) { 0 }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { for _ in 0..<100 { line.advance() } } }
        }
        line.finish()
        #expect(recorder.written == "x: 800 units in 0.0 s\n")
    }
}
