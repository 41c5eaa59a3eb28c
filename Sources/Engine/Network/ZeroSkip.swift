import HDL

/// Which steps of a row are worth their cycle: two-sided skipping.
///
/// Law: without skipping a row takes all steps of its layer and of its group of pixels. With it, it takes the steps in which
/// its chunk of some pixel has a set bit in some plane; the first and the last row of a filter besides the first plane group of
/// every pixel step that would have none, since sums begin and show there. A row that takes no step is idle: passed over. One
/// that takes nothing but such steps is empty: it adds nothing and is not sensed.
struct ZeroSkip {
    /// One bit a step.
    let steps: Bits
    let isIdle, isEmpty: Bits
    /// Cycles, less one, that the row takes in the datapath.
    let interval: Bits

    /// A row as the list shows it.
    struct Row {
        let first, lastOfFilter, empty: Bits
    }

    /// - Parameters:
    ///   - skips: whether the layer skips.
    ///   - nonzero: the steps in which the row's chunk has a set bit.
    ///   - lastPixelStep: number of the group's last step over pixels; nil where there is one.
    ///   - lastPlaneGroup: number of the layer's last plane group, likewise.
    init<P: SignalBundle>(
        _ m: Builder<P>, _ row: Row, skips: Bits, nonzero: Bits, pixelSteps: Int, planeGroups: Int,
        lastPixelStep: Bits?, lastPlaneGroup: Bits?
    ) {
        let one = m.constant(1, 1)
        let isEnd = (row.first | row.lastOfFilter).named("is_end_of_filter")
        let work = (nonzero & (!row.empty).replicated(nonzero.width)).named("nonzero_steps")
        let isNothing = (work == 0).named("is_nothing")
        let steps = (0..<pixelSteps).flatMap { step -> [Bits] in
            let isUsed = step == 0 ? one : lastPixelStep.map { $0 >= step } ?? one
            let groups = work[step * planeGroups..<(step + 1) * planeGroups]
            let isForced = isUsed & isEnd & !groups.anySet
            return (0..<planeGroups).map { group -> Bits in
                let isTaken = group == 0 ? groups[0] | isForced : groups[group]
                let isThere = group == 0 ? isUsed : isUsed & (lastPlaneGroup.map { $0 >= group } ?? one)
                return mux(skips, isTaken, isThere)
            }
        }
        let all = concatenate(steps.reversed()).named("row_steps")
        self.steps = all
        isIdle = (skips & isNothing & !isEnd).named("is_idle")
        isEmpty = (row.empty | (skips & isNothing)).named("adds_nothing")
        let width = addressWidth(pixelSteps * planeGroups)
        interval =
            pixelSteps * planeGroups == 1
            ? m.constant(0, width) : (popcount(all) - 1).resized(to: width).named("row_interval")
    }
}
