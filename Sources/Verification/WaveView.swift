import Golden
import HDL

/// A GTKWave save file that shows a chosen few signals of a wave file, in the order in which data goes through.
struct WaveView {
    struct Signal {
        let path: String
        let width: Int
    }
    let waveFile: String
    let signals: [Signal]

    /// The signals of an engine that tell how a row becomes a sum.
    static func engine(_ parameters: Golden.DotProductEngine.Parameters, waveFile: String, top: String) -> WaveView {
        let inside = "TOP.\(top)"
        let walker = parameters.skips ? "controller" : "sequencer"
        func bits(_ count: Int) -> Int { addressWidth(count) }
        return WaveView(
            waveFile: waveFile,
            signals: [
                Signal(path: "TOP.clk", width: 1), Signal(path: "TOP.valid", width: 1),
                Signal(path: "TOP.ready", width: 1),
                Signal(path: "\(inside).\(walker).filter", width: bits(parameters.filters)),
                Signal(path: "\(inside).\(walker).chunk", width: bits(parameters.chunks)),
                Signal(path: "\(inside).\(walker).negative", width: 1),
                Signal(path: "\(inside).scheduler.issue", width: 1),
                Signal(path: "\(inside).scheduler.bank", width: bits(parameters.banks)),
                Signal(path: "TOP.precharge", width: parameters.banks),
                Signal(path: "TOP.evaluate", width: parameters.banks),
                Signal(path: "TOP.latch", width: parameters.banks),
                Signal(path: "TOP.upset_0", width: parameters.columns),
                Signal(path: "\(inside).sensed_row", width: parameters.columns),
                Signal(path: "TOP.sums_0", width: parameters.accumulatorWidth), Signal(path: "TOP.done", width: 1),
                Signal(path: "TOP.cycles", width: 32), Signal(path: "TOP.senses", width: 32),
            ])
    }

    var text: String {
        // The zoom is a negative binary logarithm: this one shows about a hundred cycles in a window.
        let zoom = "*-8.000000 -1" + String(repeating: " -1", count: 26)
        var lines = ["[dumpfile] \"\(waveFile)\"", "[timestart] 0", zoom, "[sst_expanded] 1"]
        for signal in signals {
            // Format flags of GTKWave: 0x22 hexadecimal, right-justified; 0x28 binary, right-justified.
            lines.append(signal.width == 1 ? "@28" : "@22")
            lines.append(signal.width == 1 ? signal.path : "\(signal.path)[\(signal.width - 1):0]")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
