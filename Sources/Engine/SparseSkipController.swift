public import HDL

/// Walks the rows that hold at least one set cell, and no other, one a clock without a bubble.
///
/// A *group* is the rows of one (filter, chunk): W+ and W- of each magnitude plane, row `2 × plane + sign`. The row
/// map has one bit a row; a summary has one bit a group. Find-first-set on the summary fetches the next group with
/// a set bit while the rows of the current one are walked, so even groups of a single row follow each other at once.
/// After the last row the walk begins again for the next image. A map without any row gives one `empty` row an image.
public struct SparseSkipController: ConfigurableModule {
    /// Groups of the map: filters × chunks at most.
    public var groups = 130
    /// Magnitude bit-planes of a weight.
    public var planes = 3
    public var filters = 10
    public var chunks = 13

    public init() {}

    public static var parameters: [Parameter<SparseSkipController>] {
        [
            Parameter("groups", \.groups, 1...4096, "groups of the row map"),
            Parameter("planes", \.planes, 1...7, "magnitude bit-planes of a weight"),
            Parameter("filters", \.filters, 1...256, "outputs of the layer"),
            Parameter("chunks", \.chunks, 1...256, "pieces of a row's width that make up the inputs"),
        ]
    }

    /// Rows of a group.
    public var groupRows: Int { 2 * planes }

    public struct Ports: SignalBundle {
        /// Sets the entry of a group: which of its rows are useful, and whose they are. Restarts the walk.
        public let mapWrite, mapAddress, mapRows, mapFilter, mapChunk: Input
        /// Takes the row that is shown.
        public let take: Input
        public let valid: Output
        public let filter, chunk, negative: Output
        /// Absent when there is one magnitude plane.
        public let plane: Output?
        /// The last row of an image; a row that stands for an empty map.
        public let last, empty: Output
    }

    public func ports() -> Ports {
        Ports(
            mapWrite: Input(), mapAddress: Input(addressWidth(groups)), mapRows: Input(groupRows),
            mapFilter: Input(addressWidth(filters)), mapChunk: Input(addressWidth(chunks)), take: Input(),
            valid: Output(), filter: Output(addressWidth(filters)), chunk: Output(addressWidth(chunks)),
            negative: Output(), plane: planes > 1 ? Output(addressWidth(planes)) : nil, last: Output(),
            empty: Output())
    }

    public func build(_ m: Builder<Ports>) { _ = Walk(m, m, self) }
}

/// The controller's insides: what `build` describes, and what its proof looks at.
struct Walk {
    let map: Memory
    let occupied, remaining, fetchedValid: Bits
    let fetched, current: Group

    /// - Parameter ports: those of the controller, the module's own or a part of a harness's.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access, _ parameters: SparseSkipController
    ) where Access.Ports == SparseSkipController.Ports {
        let (groups, groupRows) = (parameters.groups, parameters.groupRows)
        let (filters, chunks) = (parameters.filters, parameters.chunks)
        // The row map, and the summary of its groups.
        let entryWidth = groupRows + addressWidth(filters) + addressWidth(chunks)
        map = m.memory("map", depth: groups, width: entryWidth)
        occupied = m.register("occupied", groups)
        let written = (m.constant(1, groups) << ports.mapAddress).named("written")
        let writtenRows = ports.mapRows.anySet.replicated(groups)

        // Fetch: the first group not walked yet, from the top again after the last.
        remaining = m.register("remaining", groups)
        let candidates = mux(remaining.anySet, remaining, occupied).named("candidates")
        let found = candidates.lowestSet.named("found")
        let left = (candidates & ~found).named("left")
        let entry = map.read(found.oneHotIndex).named("entry")
        let isEmpty = (!occupied.anySet).named("is_empty")

        // Two places: the group being walked, and the one fetched behind it.
        fetched = Group(m, "fetched", parameters)
        current = Group(m, "current", parameters)
        fetchedValid = m.register("fetched_valid")
        let row = current.rows.lowestSet.named("row")
        let rowsLeft = (current.rows & ~row).named("rows_left")
        let isLastOfGroup = (rowsLeft == 0).named("is_last_of_group")
        let isDone = ((current.rows == 0) | (ports.take & isLastOfGroup)).named("is_done")
        let advance = (fetchedValid & isDone).named("advance")

        when(ports.mapWrite) {
            map.write(ports.mapAddress, concatenate([ports.mapChunk, ports.mapFilter, ports.mapRows]))
            occupied.next((occupied & ~written) | (written & writtenRows))
            current.rows.next(0)
            fetchedValid.next(0)
            remaining.next(0)
        }.otherwise {
            when(advance) {
                current.take(fetched)
            }.elseWhen(ports.take) {
                current.rows.next(rowsLeft)
            }
            when(advance | !fetchedValid) {
                fetchedValid.next(1)
                remaining.next(left)
                fetched.rows.next(mux(isEmpty, 1, entry[0..<groupRows]))
                fetched.filter.next(entry[groupRows..<groupRows + addressWidth(filters)])
                fetched.chunk.next(entry[groupRows + addressWidth(filters)..<entryWidth])
                fetched.last.next(left == 0)
                fetched.empty.next(isEmpty)
            }
        }

        let position = row.oneHotIndex.named("position")
        ports.valid.drive(current.rows != 0)
        ports.filter.drive(current.filter)
        ports.chunk.drive(current.chunk)
        ports.plane?.drive(position[1..<position.width])
        ports.negative.drive(position[0])
        ports.last.drive(current.last & isLastOfGroup)
        ports.empty.drive(current.empty)
    }
}

/// The registers that hold one group of the map.
struct Group {
    let rows, filter, chunk, last, empty: Bits

    init<P: SignalBundle>(_ m: Builder<P>, _ name: String, _ parameters: SparseSkipController) {
        rows = m.register("\(name)_rows", parameters.groupRows)
        filter = m.register("\(name)_filter", addressWidth(parameters.filters))
        chunk = m.register("\(name)_chunk", addressWidth(parameters.chunks))
        last = m.register("\(name)_last")
        empty = m.register("\(name)_empty")
    }

    func take(_ other: Group) {
        rows.next(other.rows)
        filter.next(other.filter)
        chunk.next(other.chunk)
        last.next(other.last)
        empty.next(other.empty)
    }
}
