import Network

/// The cycles that a layer takes in the engine, computed row by row and not cycle by cycle.
///
/// Law: a row is issued as soon as its window is gathered, its bank has ended its last sense, and the row before has
/// had its cycles in the datapath; a group's windows are gathered one word a cycle while a half of the window buffer is
/// free. Nothing else waits: the numbers are those of the RTL, to the cycle. Where zeros are skipped they depend on which steps
/// of each row have a set bit: then the numbers are those of one image.
struct LayerTiming {
    /// Cycles from the layer's start to the storing of its last code.
    let cycles: Int
    /// Cycles in which a row could not be issued: for its window, for its bank.
    let windowStalls: Int
    let bankStalls: Int
    /// Rows sensed, once for each group of pixels.
    let senses: Int

    /// A row as it is walked.
    struct Row {
        var chunk: Int
        /// The row is its filter's first or last, or stands for a filter without any.
        var isEnd: Bool
        var isEmpty: Bool
    }

    /// What holds rows back: which of the three sides bounds the layer's rate.
    struct Work {
        /// Words of a window, and pixels of all groups.
        var windowWords: Int
        var pixels: Int
        /// Rows walked for each group.
        var rows: [Row]
        /// Groups of activation planes.
        var planeGroups: Int
        var isRaw: Bool
        var chunks: Int
    }

    /// - Parameter nonzeroSteps: where zeros are skipped, the steps in which each chunk of each group of pixels has a set bit,
    ///   group × chunks + chunk.
    init(_ work: Work, _ parameters: NetworkEngine.Parameters, nonzeroSteps: [UInt64]? = nil) {
        let period = parameters.phases.period
        let banks = parameters.banks
        // The first word is asked for one cycle after the start; the first row is shown after three.
        var gathered = 0
        var freed = [0, 0]
        var issued = 2
        var taken = 2
        var interval = 1
        var senses = 0
        var bankFree = Array(repeating: 0, count: banks)
        var (windowStalls, bankStalls) = (0, 0)
        var passEnd = 0
        var first = 0
        while first < work.pixels {
            let group = first / parameters.pixels
            let pixels = min(parameters.pixels, work.pixels - first)
            gathered = max(gathered, freed[group % 2]) + pixels * work.windowWords
            let steps = (pixels + parameters.pixelLanes - 1) / parameters.pixelLanes
            let skips = ZeroSkip.Group(
                lastPixelStep: steps - 1, lastPlaneGroup: work.planeGroups - 1,
                planeGroups: parameters.window.planeGroups)
            var bank = 0
            for (number, row) in work.rows.enumerated() {
                let skip = ZeroSkip(
                    skips, skips: nonzeroSteps != nil, nonzero: nonzeroSteps?[group * work.chunks + row.chunk] ?? 0,
                    isEnd: row.isEnd, isEmpty: row.isEmpty)
                if skip.isIdle {
                    taken += 1
                } else {
                    let next = max(issued + interval, taken + 1)
                    // The last word is packed and stored before its half is complete.
                    let shown = max(next, number == 0 ? gathered + 3 : 0)
                    let time = max(shown, bankFree[bank])
                    windowStalls += shown - next
                    bankStalls += time - shown
                    (issued, taken) = (time, time)
                    interval = skip.cycles
                    if !skip.isEmpty {
                        bankFree[bank] = time + period
                        senses += 1
                    }
                }
                bank = bank + 1 == banks ? 0 : bank + 1
            }
            passEnd = issued + period + interval
            freed[group % 2] = passEnd
            first += parameters.pixels
        }
        cycles = passEnd + 2 + (work.isRaw ? 0 : Requantizer.latency)
        self.windowStalls = windowStalls
        self.bankStalls = bankStalls
        self.senses = senses
    }

    /// Cycles before a layer's start: its descriptor's words, and one to look at them.
    static let descriptorCycles = DescriptorField.allCases.count + 1
}
