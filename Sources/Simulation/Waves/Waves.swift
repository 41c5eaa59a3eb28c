import BitVectors
import HDL

/// What a simulation recorded: the values of signals over time.
///
/// Cycle `n` takes 10 ns: values before its edge stand at `10 n`, those after it at `10 n + 5`, where the stepped clocks
/// are at their active level.
public struct Waves: Sendable {
    static let cycleLength = 10
    /// Name of the top module.
    let top: String
    /// Recorded signals in order of the hierarchy.
    public let signals: [SignalHandle]
    /// For each signal its track; signals that are one value share theirs.
    let trackOfSignal: [Int]
    private(set) var tracks: [WaveTrack] = []
    /// Number of complete cycles.
    public private(set) var cycleCount = 0

    init(of signals: [SignalHandle], top: String) {
        self.top = top
        self.signals = signals
        var known: [UInt32: Int] = [:]
        var tracks: [WaveTrack] = []
        trackOfSignal = signals.map { signal in
            if let track = known[signal.place] { return track }
            known[signal.place] = tracks.count
            tracks.append(WaveTrack(place: signal.place, words: (signal.width + 63) / 64))
            return tracks.count - 1
        }
        self.tracks = tracks
    }

    mutating func sample(_ store: WordStore, cycle: Int, isAfterEdge: Bool) {
        let time = cycle * Waves.cycleLength + (isAfterEdge ? Waves.cycleLength / 2 : 0)
        for index in tracks.indices { tracks[index].sample(store, time: time) }
        cycleCount = cycle + (isAfterEdge ? 1 : 0)
    }

    /// The value of a recorded signal before the edge of a cycle.
    func value(_ signal: Int, cycle: Int) -> BitVector {
        tracks[trackOfSignal[signal]].value(at: cycle * Waves.cycleLength, width: signals[signal].width)
    }
}

/// The changes of one value.
struct WaveTrack: Sendable {
    let place: UInt32
    let words: Int
    private(set) var times: [Int] = []
    /// Values at these times, one behind the other.
    private var values: [UInt64] = []

    init(place: UInt32, words: Int) {
        self.place = place
        self.words = words
    }

    mutating func sample(_ store: WordStore, time: Int) {
        let now = UnsafeBufferPointer(start: UnsafePointer(store.at(place)), count: words)
        if !times.isEmpty, values[(values.count - words)...].elementsEqual(now) { return }
        if times.last == time {
            // Looked at twice in a moment: the later look counts.
            values.removeLast(words)
            times.removeLast()
        }
        times.append(time)
        values.append(contentsOf: now)
    }

    func value(ofChange index: Int, width: Int) -> BitVector {
        BitVector(words: Array(values[index * words..<(index + 1) * words]), width: width)
    }

    /// The value at a time: that of the last change before it, or at it.
    func value(at time: Int, width: Int) -> BitVector {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? .zeros(width) : value(ofChange: low - 1, width: width)
    }
}

extension SignalHandle {
    /// A value as waves show it: the name of an enum's case, or hexadecimal digits.
    func text(_ value: BitVector) -> String {
        enumeration?.cases.first { $0.code == value }?.name ?? value.hexDigits
    }
}
