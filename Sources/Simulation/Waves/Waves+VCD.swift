import BitVectors
import HDL

extension Waves {
    /// The waves as a value change dump (IEEE 1364-2005, clause 18), one scope for each instance; 1 ns steps.
    ///
    /// A signal whose values are an enum's has a second variable of GTKWave's type `string`, `state_name`, beside it.
    public var vcd: String {
        var text = "$version hwgen $end\n$timescale 1ns $end\n"
        WaveScope(name: top, signals: signals).declare(into: &text, trackOfSignal)
        text += "$enddefinitions $end\n"
        var next = [Int](repeating: 0, count: tracks.count)
        let widths = widthOfTrack
        let enumerations = enumerationOfTrack
        // All times at which something changes, in order.
        let times = Set(tracks.flatMap(\.times)).sorted()
        for time in times {
            text += "#\(time)\n"
            if time == times.first { text += "$dumpvars\n" }
            for (index, track) in tracks.enumerated() {
                guard next[index] < track.times.count, track.times[next[index]] == time else { continue }
                let value = track.value(ofChange: next[index], width: widths[index])
                next[index] += 1
                if value.width == 1 {
                    text += "\(value[0] ? "1" : "0")\(vcdIdentifier(index))\n"
                } else {
                    text += "b\(binaryDigits(value)) \(vcdIdentifier(index))\n"
                }
                if let signal = enumerations[index] {
                    text += "s\(signal.text(value)) \(vcdIdentifier(index, isText: true))\n"
                }
            }
            if time == times.first { text += "$end\n" }
        }
        text += "#\(cycleCount * Waves.cycleLength)\n"
        return text
    }

    private var widthOfTrack: [Int] {
        var widths = [Int](repeating: 1, count: tracks.count)
        for (signal, track) in zip(signals, trackOfSignal) { widths[track] = signal.width }
        return widths
    }

    private var enumerationOfTrack: [SignalHandle?] {
        var result = [SignalHandle?](repeating: nil, count: tracks.count)
        for (signal, track) in zip(signals, trackOfSignal) where signal.enumeration != nil && result[track] == nil {
            result[track] = signal
        }
        return result
    }

    /// A GTKWave save file that shows all signals, and a translate filter for each enum: the file's name and text.
    ///
    /// Write the filters beside the save file, for example as `state.txt` for an enum `State`.
    public func gtkWave(dump: String) -> (saveFile: String, filters: [(name: String, text: String)]) {
        var filters: [(name: String, text: String)] = []
        var lines = ["[dumpfile] \"\(dump)\"", "[timestart] 0"]
        for signal in signals {
            let range = signal.width == 1 ? "" : "[\(signal.width - 1):0]"
            if let enumeration = signal.enumeration {
                let name = "\(enumeration.name).txt"
                if !filters.contains(where: { $0.name == name }) {
                    let text = enumeration.cases.map { "\($0.code.hexDigits) \($0.name)\n" }.joined()
                    filters.append((name, text))
                }
                let number = (filters.firstIndex { $0.name == name } ?? 0) + 1
                lines += [signal.width == 1 ? "@2028" : "@2022", "^\(number) \(name)"]
            } else {
                lines.append(signal.width == 1 ? "@28" : "@22")
            }
            lines.append("\(top).\(signal.name)\(range)")
        }
        return (lines.joined(separator: "\n") + "\n", filters)
    }
}

/// A short name of printable characters for a variable.
private func vcdIdentifier(_ track: Int, isText: Bool = false) -> String {
    var rest = track * 2 + (isText ? 1 : 0)
    var characters: [UInt8] = []
    repeat {
        characters.append(UInt8(33 + rest % 94))
        rest = rest / 94
    } while rest > 0
    return String(decoding: characters, as: UTF8.self)
}

/// Binary digits without zeros at the front, as readers of dumps extend values with zeros.
private func binaryDigits(_ value: BitVector) -> String {
    var digits: [UInt8] = []
    for index in (0..<value.width).reversed() where value[index] || !digits.isEmpty {
        digits.append(value[index] ? 49 : 48)
    }
    return digits.isEmpty ? "0" : String(decoding: digits, as: UTF8.self)
}

/// The signals of an instance, and its parts.
private struct WaveScope {
    let name: String
    private var own: [(name: String, signal: Int)] = []
    private var parts: [WaveScope] = []
    private let signals: [SignalHandle]

    init(name: String, signals: [SignalHandle]) {
        self.init(name: name, signals: signals, members: signals.enumerated().map { ($1.name[...], $0) })
    }

    private init(name: String, signals: [SignalHandle], members: [(name: Substring, signal: Int)]) {
        self.name = name
        self.signals = signals
        var groups: [(name: String, members: [(name: Substring, signal: Int)])] = []
        var known: [String: Int] = [:]
        for member in members {
            guard let dot = member.name.firstIndex(of: ".") else {
                own.append((String(member.name), member.signal))
                continue
            }
            let part = String(member.name[..<dot])
            if known[part] == nil {
                known[part] = groups.count
                groups.append((part, []))
            }
            let rest = member.name[member.name.index(after: dot)...]
            groups[known[part] ?? 0].members.append((rest, member.signal))
        }
        parts = groups.map { WaveScope(name: $0.name, signals: signals, members: $0.members) }
    }

    func declare(into text: inout String, _ tracks: [Int]) {
        text += "$scope module \(name) $end\n"
        for (name, signal) in own {
            let width = signals[signal].width
            let range = width == 1 ? "" : " [\(width - 1):0]"
            text += "$var wire \(width) \(vcdIdentifier(tracks[signal])) \(name)\(range) $end\n"
            if signals[signal].enumeration != nil {
                text += "$var string 1 \(vcdIdentifier(tracks[signal], isText: true)) \(name)_name $end\n"
            }
        }
        for part in parts { part.declare(into: &text, tracks) }
        text += "$upscope $end\n"
    }
}
