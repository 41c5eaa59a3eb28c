public import HDL

/// The law of `SparseSkipController` as assertions, for any map and any moments at which rows are taken.
///
/// Law: between two writes of the map, each row whose bit is set is shown exactly once an image, no other row is shown, and
/// from the first row on there is one in every cycle; a map without rows shows one empty row an image.
///
/// The tracked row is an input that keeps its value, so what holds for it holds for every row. The harness describes the
/// controller again instead of holding an instance, so that its invariants can speak of what is inside; the
/// invariants make the law inductive.
public struct SparseSkipControllerProof: Module {
    let controller: SparseSkipController

    /// - Parameters:
    ///   - filterBits, chunkBits: widths of a filter's and a chunk's number; every pair of numbers is a group.
    public init(filterBits: Int = 1, chunkBits: Int = 1, planes: Int = 1) {
        var controller = SparseSkipController()
        controller.filters = 1 << filterBits
        controller.chunks = 1 << chunkBits
        controller.groups = controller.filters * controller.chunks
        controller.planes = planes
        self.controller = controller
    }

    public var moduleName: String {
        "sparse_skip_controller_proof_\(controller.filters)_\(controller.chunks)_\(controller.planes)"
    }

    public struct Ports: SignalBundle {
        public let controller: SparseSkipController.Ports
        /// The row that is looked at: its group, and its number in the group.
        public let trackedGroup, trackedRow: Input
    }

    public func ports() -> Ports {
        Ports(
            controller: controller.ports(), trackedGroup: Input(addressWidth(controller.groups)),
            trackedRow: Input(addressWidth(controller.groupRows)))
    }

    public func build(_ m: Builder<Ports>) {
        let ports = m.controller
        let walk = Walk(m, ports, controller)
        assumeSurroundings(m)

        // Whether the tracked row's bit is set, and whether the row was taken in the present image.
        let useful = m.register("useful")
        let seen = m.register("seen")
        let isShown = ports.valid & !ports.empty & (number(walk.current) == m.trackedGroup)
        let position = ports.plane.map { concatenate([$0, ports.negative]) } ?? ports.negative
        let shown = (isShown & (position == m.trackedRow)).named("shown")
        let endsImage = (ports.valid & ports.take & ports.last).named("ends_image")
        when(ports.mapWrite) {
            seen.next(0)
            when(ports.mapAddress == m.trackedGroup) { useful.next(ports.mapRows[m.trackedRow]) }
        }.elseWhen(endsImage) {
            seen.next(0)
        }.elseWhen(shown & ports.take) {
            seen.next(1)
        }

        m.assert("shows_only_useful_rows", !shown | useful)
        m.assert("shows_no_row_twice", !shown | !seen)
        when(ports.valid & ports.last) { m.assert("misses_no_row", !useful | seen | shown) }
        when(ports.valid & ports.empty) { m.assert("empty_only_without_rows", !useful & ports.last) }
        assertPace(m, walk)
        assertInvariants(m, walk, useful, seen)

        let images = m.register("images", 2)
        when(ports.mapWrite) { images.next(0) }.elseWhen(endsImage & useful) { images.next(images + 1) }
        m.cover("ends_a_second_image", (images == 2) & seen)
        m.cover("shows_an_empty_map", ports.valid & ports.empty)
    }

    /// The filter and the chunk in an entry say which group it is, and the tracked row stays the same.
    private func assumeSurroundings(_ m: Builder<Ports>) {
        let ports = m.controller
        let written = concatenate([ports.mapFilter, ports.mapChunk])
        m.assume("entry_tells_its_group", !ports.mapWrite | (written == ports.mapAddress))
        let isLater = m.register("is_later")
        isLater.next(1)
        let pastGroup = m.past(m.trackedGroup)
        let pastRow = m.past(m.trackedRow)
        let isSame = (pastGroup == m.trackedGroup) & (pastRow == m.trackedRow)
        m.assume("tracked_row_stays", !isLater | isSame)
        let largest = m.trackedRow.zeroExtended(to: m.trackedRow.width + 1)
        m.assume("tracked_row_exists", largest < controller.groupRows)
    }

    /// Two cycles after the map was written there is a row, and from then on always.
    private func assertPace(_ m: Builder<Ports>, _ walk: Walk) {
        let ports = m.controller
        let walking = m.register("walking")
        walking.next(ports.valid & !ports.mapWrite)
        m.assert("leaves_no_bubble", !walking | ports.valid)
        let idle = m.register("idle", 2)
        idle.next(mux(ports.valid | ports.mapWrite, 0, idle + 1))
        m.assert("starts_in_two_cycles", ports.valid | (idle < 2))
        m.assert("invariant_fetched_after_one", (idle != 1) | walk.fetchedValid)
    }

    /// A group's number, which an entry holds as filter and chunk.
    private func number(_ group: Group) -> Bits { concatenate([group.filter, group.chunk]) }

    /// What makes the law inductive: how the two places, the set of remaining groups and the map belong together.
    private func assertInvariants(_ m: Builder<Ports>, _ walk: Walk, _ useful: Bits, _ seen: Bits) {
        let rows = controller.groupRows
        for group in 0..<controller.groups {
            let entry = walk.map.read(m.constant(group, addressWidth(controller.groups)))
            let filter = entry[rows..<rows + addressWidth(controller.filters)]
            let chunk = entry[rows + addressWidth(controller.filters)..<entry.width]
            let isWhole = entry[0..<rows].anySet & (concatenate([filter, chunk]) == group)
            m.assert("invariant_map_\(group)", !walk.occupied[group] | isWhole)
        }
        let tracked = walk.map.read(m.trackedGroup)[0..<rows]
        let isOccupied = walk.occupied[m.trackedGroup]
        m.assert("invariant_useful", useful == (isOccupied & tracked[m.trackedRow]))
        m.assert("invariant_remaining", (walk.remaining & ~walk.occupied) == 0)

        let isWalking = walk.current.rows.anySet.named("is_walking")
        let isAhead = isWalking | walk.remaining.anySet
        m.assert("invariant_fetched_ahead", !isAhead | walk.fetchedValid)
        when(walk.fetchedValid) {
            let fetched = walk.fetched
            let last = walk.remaining == 0
            m.assert("invariant_fetched_last", fetched.last == last)
            assertPlace(m, walk, fetched, "fetched", isWhole: true)
            let above = (walk.remaining >> number(fetched))[0..<1]
            m.assert("invariant_fetched_not_remaining", fetched.empty | (above == 0))
        }
        when(isWalking) { assertPlace(m, walk, walk.current, "current", isWhole: false) }
        assertProgress(m, walk, useful, seen)
    }

    /// A place that holds a group holds rows of the map, or the row that stands for an empty map.
    private func assertPlace(
        _ m: Builder<Ports>, _ walk: Walk, _ group: Group, _ name: String, isWhole: Bool
    ) {
        let entry = walk.map.read(number(group))[0..<controller.groupRows]
        m.assert("invariant_\(name)_empty", group.empty == !walk.occupied.anySet)
        let isOnlyRow = (group.rows == 1) & group.last
        m.assert("invariant_\(name)_empty_row", !group.empty | isOnlyRow)
        let isPart = isWhole ? group.rows == entry : (group.rows & ~entry) == 0
        let isUseful = walk.occupied[number(group)] & isPart
        m.assert("invariant_\(name)_rows", group.empty | isUseful)
    }

    /// Where the tracked group stands in the walk says whether its row was seen.
    private func assertProgress(_ m: Builder<Ports>, _ walk: Walk, _ useful: Bits, _ seen: Bits) {
        let isOccupied = walk.occupied[m.trackedGroup]
        let isRemaining = walk.remaining[m.trackedGroup]
        let isFetched = walk.fetchedValid & !walk.fetched.empty & (number(walk.fetched) == m.trackedGroup)
        let isCurrent = !walk.current.empty & (number(walk.current) == m.trackedGroup)
        let isFetchedOrRemaining = (isFetched | isRemaining).named("is_fetched_or_remaining")
        let isWalking = walk.current.rows.anySet
        // At an image's end, and before the first, all of the next image is still to come.
        let allAhead = walk.fetchedValid & (!isWalking | walk.current.last)
        when(allAhead) { m.assert("invariant_all_ahead", !isOccupied | isFetchedOrRemaining) }
        let isAhead = (!walk.current.last & isFetchedOrRemaining).named("is_ahead")
        when(isWalking) {
            let taken = useful & !walk.current.rows[m.trackedRow]
            m.assert("invariant_seen", seen == mux(isCurrent, taken, useful & !isAhead))
            m.assert("invariant_current_not_ahead", !isCurrent | !isAhead)
        }.otherwise {
            m.assert("invariant_not_seen", !seen)
        }
    }
}
