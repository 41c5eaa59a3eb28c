public import HDL

/// The sparse-skip controller of layers of any size: shows the useful rows of a list of row groups, pass after pass.
///
/// An entry of the list holds one (filter, chunk): which of its rows hold a set cell, bit 2 × plane + sign, whether it
/// is its filter's last, and the layer's last. Entries without rows are not stored, but for a filter that has none at
/// all: its one entry shows an empty row, so that the filter gives its bias. Law: one row a cycle, whatever the list,
/// after two cycles from `start`; after the layer's last row the list begins again.
public struct RowListController: ConfigurableModule {
    /// Entries of all layers together.
    public var entries = 1024
    /// Magnitude bit-planes of a weight.
    public var planes = 7
    public var chunks = 16
    /// 1: its place in the list can be saved and restored.
    public var checkpoint = 0

    public init() {}

    public static var parameters: [Parameter<RowListController>] {
        [
            Parameter("entries", \.entries, 2...1_048_576, "row groups of all layers"),
            Parameter("planes", \.planes, 1...7, "magnitude bit-planes of a weight"),
            Parameter("chunks", \.chunks, 1...1024, "chunks of a window at most"),
        ]
    }

    /// Rows of a group: a W+ and a W- row for each plane.
    public var groupRows: Int { 2 * planes }
    /// The entry being walked, its rows that are left, and whether the next row is its filter's first.
    public var stateWidth: Int { addressWidth(entries) + groupRows + 1 }

    public struct Ports: SignalBundle {
        /// Sets an entry of the list.
        public let write, writeAddress, writeRows, writeChunk, writeLastOfFilter, writeLast: Input
        /// Goes to the layer's first entry.
        public let start, base: Input
        /// Takes the row that is shown.
        public let take: Input
        public let valid: Output
        public let chunk, negative: Output
        /// Absent when there is one magnitude plane.
        public let plane: Output?
        /// The first and the last row of a filter; the last of the layer; a row that holds nothing.
        public let first, lastOfFilter, last, empty: Output
        /// Restored with `start`, whose base stays that of the layer.
        public let checkpoint: CheckpointPorts?
    }

    public func ports() -> Ports {
        Ports(
            write: Input(), writeAddress: Input(addressWidth(entries)), writeRows: Input(groupRows),
            writeChunk: Input(addressWidth(chunks)), writeLastOfFilter: Input(), writeLast: Input(), start: Input(),
            base: Input(addressWidth(entries)), take: Input(), valid: Output(), chunk: Output(addressWidth(chunks)),
            negative: Output(), plane: planes > 1 ? Output(addressWidth(planes)) : nil, first: Output(),
            lastOfFilter: Output(), last: Output(), empty: Output(),
            checkpoint: .of(stateWidth, if: checkpoint == 1))
    }

    public func build(_ m: Builder<Ports>) {
        let chunkWidth = addressWidth(chunks)
        let list = m.memory("list", depth: entries, width: groupRows + chunkWidth + 2, isNonvolatile: true)
        when(m.write) {
            list.write(
                m.writeAddress, concatenate([m.writeLast, m.writeLastOfFilter, m.writeChunk, m.writeRows]))
        }

        // Fetch: the entry after the one fetched before; the layer's first again after its last.
        let next = m.register("next_entry", addressWidth(entries))
        let fetchedValid = m.register("fetched_valid")
        let fetched = m.register("fetched", groupRows + chunkWidth + 2)
        let isRunning = m.register("is_running")
        let entry = list.read(next).named("entry")

        // The group being walked.
        let isCurrent = m.register("current_valid")
        let rows = m.register("current_rows", groupRows)
        let chunk = m.register("current_chunk", chunkWidth)
        let isLastGroupOfFilter = m.register("current_last_of_filter")
        let isLastGroup = m.register("current_last")
        let isEmpty = m.register("current_empty")
        let isFirst = m.register("is_first", reset: 1)

        let row = rows.lowestSet.named("row")
        let rowsLeft = (rows & ~row).named("rows_left")
        let isLastOfGroup = (rowsLeft == 0).named("is_last_of_group")
        let isDone = (!isCurrent | (m.take & isLastOfGroup)).named("is_done")
        let advance = (fetchedValid & isDone).named("advance")

        when(m.start) {
            isRunning.next(1)
            next.next(m.base)
            fetchedValid.next(0)
            isCurrent.next(0)
            isFirst.next(1)
        }.otherwise {
            when(advance) {
                isCurrent.next(1)
                rows.next(fetched[0..<groupRows])
                isEmpty.next(fetched[0..<groupRows] == 0)
                chunk.next(fetched[groupRows..<groupRows + chunkWidth])
                isLastGroupOfFilter.next(fetched[groupRows + chunkWidth])
                isLastGroup.next(fetched[groupRows + chunkWidth + 1])
            }.elseWhen(m.take) {
                rows.next(rowsLeft)
                when(isLastOfGroup) { isCurrent.next(0) }
            }
            when(m.take) { isFirst.next(isLastGroupOfFilter & isLastOfGroup) }
            when(isRunning & (advance | !fetchedValid)) {
                fetchedValid.next(1)
                fetched.next(entry)
                next.next(mux(entry[groupRows + chunkWidth + 1], m.base, next + 1))
            }
        }

        if let port = m.checkpoint {
            // The entry is fetched again; of its rows those that were left are walked.
            let fetchedEntry = m.register("fetched_entry", addressWidth(entries))
            let currentEntry = m.register("current_entry", addressWidth(entries))
            let isRestored = m.register("is_restored")
            when(!m.start & isRunning & (advance | !fetchedValid)) { fetchedEntry.next(next) }
            when(!m.start & advance) {
                currentEntry.next(fetchedEntry)
                isRestored.next(0)
                when(isRestored) { rows.next(rows) }
            }
            let saved = SavedRegisters([currentEntry, rows, isFirst])
            saved.connect(to: port)
            when(m.start) { isRestored.next(port.restore) }
            when(port.restore) { next.next(saved.fields(of: port.saved)[0]) }
        }

        let position = row.oneHotIndex.named("position")
        m.valid.drive(isCurrent)
        m.chunk.drive(chunk)
        m.plane?.drive(position[1..<position.width])
        m.negative.drive(position[0])
        m.first.drive(isFirst)
        m.lastOfFilter.drive(isLastGroupOfFilter & isLastOfGroup)
        m.last.drive(isLastGroup & isLastOfGroup)
        m.empty.drive(isEmpty)
    }
}
