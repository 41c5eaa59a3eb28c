public import HDL

/// A stream of packets in words of another width; one width is a whole multiple of the other.
///
/// Law: the narrow words of a packet are the lanes of its wide words, the lowest lane first; both sides have the same
/// packets. The narrow side moves a word in every cycle if both ends want it. A wide word that ends its packet may use
/// only its lowest lanes, as `keep` says; the others are zero at a wide output.
public struct WidthConverter: Module {
    public var inputWidth: Int
    public var outputWidth: Int

    public init(inputWidth: Int, outputWidth: Int) {
        self.inputWidth = inputWidth
        self.outputWidth = outputWidth
    }

    public struct Ports: SignalBundle {
        public let input: Flipped<PacketStream>
        public let output: PacketStream
    }

    /// Narrow words in a wide one; one also for widths that do not go together.
    var ratio: Int { isMultiple ? max(inputWidth, outputWidth) / min(inputWidth, outputWidth) : 1 }

    private var isMultiple: Bool {
        let (narrow, wide) = (min(inputWidth, outputWidth), max(inputWidth, outputWidth))
        return narrow >= 1 && wide % narrow == 0
    }

    public func ports() -> Ports {
        Ports(
            input: Flipped(PacketStream(inputWidth, lanes: inputWidth > outputWidth ? ratio : 1)),
            output: PacketStream(outputWidth, lanes: outputWidth > inputWidth ? ratio : 1))
    }

    public func build(_ m: Builder<Ports>) {
        m.require(isMultiple, "words of \(inputWidth) bits to \(outputWidth); one is a multiple of the other")
        let held = m.assumeStable("input", m.input)
        m.assertStable("output", m.output)
        if let keep = m.output.keep {
            join(m, keep)
        } else if let keep = m.input.keep {
            split(m, keep, held)
        } else {
            let isSame = inputWidth == outputWidth
            m.output.payload.drive(isSame ? m.input.payload : m.constant(0, max(outputWidth, 1)))
            m.output.last.drive(m.input.last)
            m.output.valid.drive(m.input.valid)
            m.input.ready.drive(m.output.ready)
        }
    }

    /// Gathers narrow words in a register until it is full or the packet ends.
    private func join(_ m: Builder<Ports>, _ keep: Bits) {
        let isWhole = m.register("is_whole")
        let word = m.register("word", outputWidth, reset: nil)
        let used = m.register("used_lanes", ratio)
        let last = m.register("last")

        let isFree = (!isWhole | m.output.ready).named("is_free")
        let isTaken = (m.input.valid & isFree).named("is_taken")
        // A word that leaves makes room for the first lane of the next one in the same cycle.
        let before = mux(isWhole, 0, used).named("lanes_before")
        let after = concatenate([before[0..<ratio - 1], m.constant(1, 1)]).named("lanes_after")
        when(isTaken) {
            for lane in 0..<ratio {
                let bits = word[lane * inputWidth..<(lane + 1) * inputWidth]
                when(!before[lane]) {
                    bits.next(lane == 0 ? m.input.payload : mux(after[lane], m.input.payload, 0))
                }
            }
            used.next(after)
            last.next(m.input.last)
        }.elseWhen(isFree) {
            used.next(before)
        }
        when(isFree) { isWhole.next(m.input.valid & (m.input.last | after[ratio - 1])) }

        m.input.ready.drive(isFree)
        m.output.valid.drive(isWhole)
        m.output.payload.drive(word)
        keep.drive(used)
        m.output.last.drive(last)

        m.assert("lanes_are_used_from_the_lowest", (used & (used + 1)) == 0)
        m.assert("a_whole_word_has_a_lane", !isWhole | used[0])
        m.assert("all_lanes_make_a_whole_word", isWhole | !used[ratio - 1])
        m.assert("only_the_last_word_is_partial", !isWhole | last | used[ratio - 1])
    }

    /// Sends the lanes of the word that is offered one after the other, and takes it with its last lane.
    private func split(_ m: Builder<Ports>, _ keep: Bits, _ held: StreamStability) {
        let lane = m.register("lane", addressWidth(ratio))
        let lanes = (0..<ratio).map { m.input.payload[$0 * outputWidth..<($0 + 1) * outputWidth] }
        // The lane above is not used, or there is none.
        let isLastLane = (!(keep >> 1)[lane]).named("is_last_lane")

        m.output.valid.drive(m.input.valid)
        m.output.payload.drive(select(lane, lanes))
        m.output.last.drive(m.input.last & isLastLane)
        m.input.ready.drive(m.output.ready & isLastLane)
        when(m.output.fire) { lane.next(mux(isLastLane, 0, lane + 1)) }

        let isContiguous = (keep & (keep + 1)) == 0
        m.assume("lanes_are_used_from_the_lowest", !m.input.valid | (isContiguous & keep[0]))
        m.assume("only_the_last_word_is_partial", !m.input.valid | m.input.last | keep[ratio - 1])
        m.assert("the_lane_is_used", !m.input.valid | keep[lane])
        m.assert("a_word_in_parts_is_held_up", (lane == 0) | held.wasHeldUp)
    }
}
