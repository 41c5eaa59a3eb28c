import Foundation
import Synchronization

/// The progress of long work: one line rewritten in place on a terminal, a plain line every few seconds elsewhere.
///
/// Threads may share it. Work that ends before the first line is due leaves only the line of `finish`.
final class ProgressLine: Sendable {
    /// Seconds between lines: on a terminal what an eye can follow, elsewhere what a log can bear.
    static let terminalIntervalSeconds = 0.1
    static let plainIntervalSeconds = 5.0

    private struct State {
        var done = 0
        var nextSeconds: Double
        var isFinished = false
    }

    private let title: String
    private let total: Int?
    private let unit: String
    private let sink: TextSink
    private let clock: @Sendable () -> Double
    private let startSeconds: Double
    private let intervalSeconds: Double
    private let state: Mutex<State>

    /// - Parameters:
    ///   - total: how many units the work has, nil when nobody knows; then there is no time left to show.
    ///   - unit: what is counted, in the plural ("images").
    ///   - clock: monotonic seconds.
    init(
        title: String, total: Int?, unit: String, sink: TextSink,
        clock: @escaping @Sendable () -> Double = { ProcessInfo.processInfo.systemUptime }
    ) {
        self.title = title
        self.total = total
        self.unit = unit
        self.sink = sink
        self.clock = clock
        startSeconds = clock()
        intervalSeconds = sink.isTerminal ? Self.terminalIntervalSeconds : Self.plainIntervalSeconds
        state = Mutex(State(nextSeconds: startSeconds + intervalSeconds))
    }

    /// Counts units that are done and prints a line when one is due.
    func advance(by count: Int = 1) {
        let now = clock()
        state.withLock { state in
            state.done += count
            guard !state.isFinished, now >= state.nextSeconds else { return }
            state.nextSeconds = now + intervalSeconds
            show(line(done: state.done, seconds: now - startSeconds), isLast: false)
        }
    }

    /// Prints the last line: how much was done, in what time, at what rate. Once; later calls do nothing.
    func finish() {
        let seconds = clock() - startSeconds
        state.withLock { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            let rate = Self.rate(state.done, seconds).map { " (\($0) \(unit)/s)" } ?? ""
            show("\(title): \(state.done) \(unit) in \(Self.duration(seconds))\(rate)", isLast: true)
        }
    }

    private func line(done: Int, seconds: Double) -> String {
        let rate = Self.rate(done, seconds).map { ", \($0) \(unit)/s" } ?? ""
        guard let total, total > 0 else { return "\(title): \(done) \(unit)\(rate)" }
        let share = min(100, done * 100 / total)
        let left = done > 0 ? Double(max(0, total - done)) * seconds / Double(done) : nil
        let remaining = left.map { ", \(Self.duration($0)) left" } ?? ""
        return "\(title): \(done) of \(total) \(unit) (\(share) %)\(rate)\(remaining)"
    }

    private func show(_ text: String, isLast: Bool) {
        // Carriage return, text, erase to the end of the line: no flicker between an erase and the text.
        let line = sink.isTerminal ? "\r\(text)\u{1B}[K" : text
        _ = sink.write(isLast || !sink.isTerminal ? line + "\n" : line)
    }

    /// Units a second to three digits, nil where no time has passed.
    static func rate(_ done: Int, _ seconds: Double) -> String? {
        guard seconds > 0, done > 0 else { return nil }
        let rate = Double(done) / seconds
        return switch rate {
        case ..<10: String(format: "%.2f", rate)
        case ..<100: String(format: "%.1f", rate)
        case ..<100_000: String(format: "%.0f", rate)
        case ..<1e8: String(format: "%.3g million", rate / 1e6)
        default: String(format: "%.0f million", rate / 1e6)
        }
    }

    /// A time in the units that a person would say it in.
    static func duration(_ seconds: Double) -> String {
        if seconds < 59.95 { return String(format: "%.1f s", seconds) }
        guard seconds < 1e9 else { return "years" }
        let whole = Int(seconds.rounded())
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }
}
