import Network

/// The cycles that a layer takes in the engine, computed row by row and not cycle by cycle.
///
/// Law: a row is issued as soon as its window is gathered, its bank has ended its last sense, and the row before has
/// had its cycles in the datapath; a group's windows are gathered one word a cycle while a half of the window buffer is
/// free. Nothing else waits: the numbers are those of the RTL, to the cycle.
struct LayerTiming {
    /// Cycles from the layer's start to the storing of its last code.
    let cycles: Int
    /// Cycles in which a row could not be issued: for its window, for its bank.
    let windowStalls: Int
    let bankStalls: Int

    /// What holds rows back: which of the three sides bounds the layer's rate.
    struct Work {
        /// Words of a window, and pixels of all groups.
        var windowWords: Int
        var pixels: Int
        /// Rows walked for each group.
        var rows: Int
        /// Groups of activation planes.
        var planeGroups: Int
        var isRaw: Bool
    }

    init(_ work: Work, _ parameters: NetworkEngine.Parameters) {
        let period = parameters.phases.period
        let banks = parameters.banks
        // The first word is asked for one cycle after the start; the first row is shown after three.
        var gathered = 0
        var freed = [0, 0]
        var issued = 2
        var interval = 1
        var bankFree = Array(repeating: 0, count: banks)
        var (windowStalls, bankStalls) = (0, 0)
        var passEnd = 0
        var first = 0
        while first < work.pixels {
            let group = first / parameters.pixels
            let pixels = min(parameters.pixels, work.pixels - first)
            gathered = max(gathered, freed[group % 2]) + pixels * work.windowWords
            let steps = (pixels + parameters.pixelLanes - 1) / parameters.pixelLanes
            for row in 0..<work.rows {
                let next = issued + interval
                // The last word is packed and stored before its half is complete.
                let shown = max(next, row == 0 ? gathered + 3 : 0)
                let time = max(shown, bankFree[row % banks])
                windowStalls += shown - next
                bankStalls += time - shown
                issued = time
                bankFree[row % banks] = time + period
                interval = steps * work.planeGroups
            }
            passEnd = issued + period + interval
            freed[group % 2] = passEnd
            first += parameters.pixels
        }
        cycles = passEnd + 2 + (work.isRaw ? 0 : Requantizer.latency)
        self.windowStalls = windowStalls
        self.bankStalls = bankStalls
    }

    /// Cycles before a layer's start: its descriptor's words, and one to look at them.
    static let descriptorCycles = DescriptorField.allCases.count + 1
}
