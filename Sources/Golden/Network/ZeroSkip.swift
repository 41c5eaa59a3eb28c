/// Golden twin of Engine's `ZeroSkip`: which steps of a row are worth their cycle.
struct ZeroSkip {
    /// One bit a step, number `pixel step × plane groups + plane group`.
    let steps: UInt64
    /// The row is passed over; it adds nothing and is not sensed.
    let isIdle: Bool
    let isEmpty: Bool

    /// Cycles that the row takes in the datapath.
    var cycles: Int { steps.nonzeroBitCount }

    /// The steps of a group of pixels, the same for all its rows.
    struct Group {
        /// All steps of the layer and the group, and the first of each pixel step.
        let all: UInt64
        let firsts: UInt64
        let planeGroups: Int

        /// - Parameters:
        ///   - planeGroups: groups of the widest activations' planes.
        init(lastPixelStep: Int, lastPlaneGroup: Int, planeGroups: Int) {
            var (all, firsts): (UInt64, UInt64) = (0, 0)
            for step in 0...lastPixelStep {
                all |= (1 << UInt64(lastPlaneGroup + 1) - 1) << UInt64(step * planeGroups)
                firsts |= 1 << UInt64(step * planeGroups)
            }
            self.all = all
            self.firsts = firsts
            self.planeGroups = planeGroups
        }

        /// The first step of each pixel step in which none of these is.
        func missing(in steps: UInt64) -> UInt64 {
            var found = steps
            for group in 1..<max(2, planeGroups) where group < planeGroups { found |= steps >> UInt64(group) }
            return firsts & ~found
        }
    }

    /// - Parameters:
    ///   - skips: whether the layer skips.
    ///   - nonzero: the steps in which the row's chunk has a set bit.
    ///   - isEnd: the row is the first or the last of its filter.
    ///   - isEmpty: the row stands for a filter without any.
    init(_ group: Group, skips: Bool, nonzero: UInt64, isEnd: Bool, isEmpty: Bool) {
        guard skips else {
            (steps, isIdle, self.isEmpty) = (group.all, false, isEmpty)
            return
        }
        let work = isEmpty ? 0 : nonzero
        steps = isEnd ? work | group.missing(in: work) : work
        isIdle = work == 0 && !isEnd
        self.isEmpty = work == 0
    }
}
