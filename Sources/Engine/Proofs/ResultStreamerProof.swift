import Components
public import HDL

/// The law of `ResultStreamer` as assertions, for any requests, words and moments at which the host takes a word.
///
/// Law: of a request as many words are sent as it asks for, TLAST is on the last one and on no other, the streamer is busy
/// until then; a word that is offered stays; nothing beyond the activation memory is asked for.
///
/// The harness keeps the request and counts the words of the stream that are taken; its invariants say how its numbers and
/// the streamer's belong together.
public struct ResultStreamerProof: Module {
    let streamer: ResultStreamer

    /// A streamer with small memories, whose words take two words of the stream.
    public init() {
        var streamer = ResultStreamer()
        (streamer.channels, streamer.depth, streamer.banks) = (5, 6, 3)
        (streamer.wordCodes, streamer.activationBits) = (5, 8)
        self.streamer = streamer
    }

    public struct Ports: SignalBundle {
        public let streamer: ResultStreamer.Ports
    }

    public func ports() -> Ports { Ports(streamer: streamer.ports()) }

    public func build(_ m: Builder<Ports>) {
        let ports = m.streamer
        let walk = ResultWalk(m, ports, streamer)
        let isBegun = (ports.start & !ports.busy).named("is_request")
        let isTaken = (ports.results.tvalid & ports.results.tready).named("is_word_of_stream_taken")
        let last = (ports.results.tlast ?? isTaken).named("is_last")

        // The request, and what has been taken of it: parts of a word, words of a pixel, pixels; or sums.
        let codes = m.register("requested_codes")
        let count = m.register("requested_count", ResultStreamer.placeWidth)
        let words = m.register("requested_words", ResultStreamer.wordsWidth)
        let part = m.register("parts_taken", addressWidth(streamer.streamWords))
        let word = m.register("words_taken", ResultStreamer.wordsWidth)
        let items = m.register("items_taken", ResultStreamer.placeWidth)
        let isPartEnd = (!codes | (part == streamer.streamWords - 1)).named("ends_a_word")
        let isWordEnd = (!codes | (words == 0) | (word == words - 1)).named("ends_a_pixel")
        when(isBegun) {
            codes.next(ports.codes)
            count.next(ports.count)
            words.next(ports.words)
            part.next(0)
            word.next(0)
            items.next(0)
        }.elseWhen(isTaken) {
            part.next(mux(isPartEnd, 0, part + 1))
            when(isPartEnd) {
                word.next(mux(isWordEnd, 0, word + 1))
                when(isWordEnd) { items.next(items + 1) }
            }
        }

        let isEnd = (isPartEnd & isWordEnd & (items == count - 1)).named("is_end_of_request")
        when(ports.results.tvalid) {
            m.assert("last_is_on_the_last_word", last == isEnd)
            m.assert("sends_no_more_than_requested", items < count)
        }
        m.assert("is_busy_until_the_last_word", ports.busy == (isOpen(m, isBegun, isTaken & isEnd, ports.count)))
        when(ports.done) { m.assert("is_done_at_the_end", (isTaken & last) | (isBegun & (ports.count == 0))) }
        when(ports.read) {
            let address = ports.readAddress.zeroExtended(to: ports.readAddress.width + 1)
            m.assert("reads_inside_the_memory", address < streamer.depth)
            m.assert("reads_a_bank", ports.readBank.zeroExtended(to: ports.readBank.width + 1) < streamer.banks)
        }

        when(ports.busy) {
            m.assert("invariant_kind", walk.isCodes == codes)
            m.assert("invariant_words", walk.words == words)
            m.assert("invariant_left", walk.left == count - items)
            m.assert("invariant_items", items < count)
            m.assert("invariant_word", !codes | (walk.word == word))
            m.assert("invariant_part", !codes | (walk.part == part))
            m.assert("invariant_no_word_beyond", !codes | (words == 0) | (word < words))
            m.assert("invariant_one_word", !codes | (words != 0) | (word == 0))
            m.assert("invariant_no_part_beyond", part.zeroExtended(to: 8) < streamer.streamWords)
        }
        m.cover("ends_two_pixels_of_codes", isTaken & last & codes & (count == 2))
        m.cover("ends_three_sums", isTaken & last & !codes & (count == 3))
    }

    /// Whether a request has begun and its last word has not been taken.
    private func isOpen(_ m: Builder<Ports>, _ begins: Bits, _ ends: Bits, _ count: Bits) -> Bits {
        let isOpen = m.register("is_open")
        when(begins & (count != 0)) { isOpen.next(1) }
            .elseWhen(ends) { isOpen.next(0) }
        return isOpen
    }
}
