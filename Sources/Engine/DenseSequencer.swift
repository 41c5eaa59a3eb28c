public import HDL

/// Walks every row of every group in order: what stands in the place of the sparse-skip controller in an engine
/// that does not skip, and the yardstick for it.
public struct DenseSequencer: ConfigurableModule {
    public var planes = 3
    public var filters = 10
    public var chunks = 13

    public init() {}

    public static var parameters: [Parameter<DenseSequencer>] {
        [
            Parameter("planes", \.planes, 1...7, "magnitude bit-planes of a weight"),
            Parameter("filters", \.filters, 1...256, "outputs of the layer"),
            Parameter("chunks", \.chunks, 1...256, "pieces of a row's width that make up the inputs"),
        ]
    }

    public struct Ports: SignalBundle {
        public let take: Input
        public let filter, chunk, negative, last: Output
        /// Absent when there is one magnitude plane.
        public let plane: Output?
    }

    public func ports() -> Ports {
        Ports(
            take: Input(), filter: Output(addressWidth(filters)), chunk: Output(addressWidth(chunks)),
            negative: Output(), last: Output(), plane: planes > 1 ? Output(addressWidth(planes)) : nil)
    }

    public func build(_ m: Builder<Ports>) {
        let filter = m.register("filter", addressWidth(filters))
        let chunk = m.register("chunk", addressWidth(chunks))
        let negative = m.register("negative")
        let plane = m.plane.map { m.register("plane", $0.width) }
        let lastPlane = (plane.map { $0 == planes - 1 } ?? m.constant(1, 1)).named("last_plane")
        let lastChunk = (chunk == chunks - 1).named("last_chunk")
        let lastFilter = (filter == filters - 1).named("last_filter")
        let groupEnd = (negative & lastPlane).named("group_end")
        let filterEnd = (groupEnd & lastChunk).named("filter_end")

        when(m.take) {
            negative.next(~negative)
            if let plane { when(negative) { plane.next(mux(lastPlane, 0, plane + 1)) } }
            when(groupEnd) { chunk.next(mux(lastChunk, 0, chunk + 1)) }
            when(filterEnd) { filter.next(mux(lastFilter, 0, filter + 1)) }
        }
        m.filter.drive(filter)
        m.chunk.drive(chunk)
        if let plane { m.plane?.drive(plane) }
        m.negative.drive(negative)
        m.last.drive(filterEnd & lastFilter)
    }
}
