import Components
public import HDL

/// The law of `PacketReceiver` as assertions, for any words on the stream and any moments at which items are stored.
///
/// Law: an item is stored only if its packet's header declares it: the target and the bank of word 0, an address in the range
/// of words 1 and 2, which lies inside the memory, each address once and in order. Each packet ends once, without a fault or
/// with one error. Both streams keep what they offer.
///
/// The harness counts the words of a packet by TLAST alone, and keeps the header's words, so that it shares nothing with the
/// receiver's states; its invariants say how the two belong together.
public struct PacketReceiverProof: Module {
    let receiver: PacketReceiver

    /// A receiver whose memories are small and all of different sizes.
    public init() {
        var receiver = PacketReceiver()
        (receiver.rowWords, receiver.activationWords) = (2, 1)
        (receiver.banks, receiver.activationBanks) = (3, 2)
        (receiver.bankRows, receiver.entries, receiver.channels) = (3, 5, 2)
        (receiver.descriptorWords, receiver.depth) = (8, 6)
        self.receiver = receiver
    }

    public struct Ports: SignalBundle {
        public let receiver: PacketReceiver.Ports
    }

    public func ports() -> Ports { Ports(receiver: receiver.ports()) }

    /// What the stream has shown of a packet.
    private struct Seen {
        /// Words of the packet so far, three at most.
        let words: Bits
        /// The header, and the items stored since.
        let first, base, count, stored: Bits

        var target: Bits { first[0..<8] }
        var bank: Bits { first[8..<16] }
    }

    public func build(_ m: Builder<Ports>) {
        let ports = m.receiver
        let parser = PacketParser(m, ports, receiver)
        let seen = watch(m)
        assertItems(m, parser, seen)
        assertInvariants(m, parser, seen)
        assertEnds(m, parser)
    }

    private func watch(_ m: Builder<Ports>) -> Seen {
        let (stream, item) = (m.receiver.stream, m.receiver.item)
        let words = m.register("words_seen", 2)
        let first = m.register("first_word", 32)
        let base = m.register("declared_base", 32)
        let count = m.register("declared_count", 32)
        let stored = m.register("items_stored", 32)
        let isTaken = (stream.tvalid & stream.tready).named("is_taken")
        when(item.valid & item.ready) { stored.next(stored + 1) }
        when(isTaken) {
            words.next(mux(words == 3, 3, words + 1))
            when(words == 0) { first.next(stream.tdata) }
            when(words == 1) { base.next(stream.tdata) }
            when(words == 2) {
                count.next(stream.tdata)
                stored.next(0)
            }
            when(stream.tlast ?? isTaken) { words.next(0) }
        }
        return Seen(words: words, first: first, base: base, count: count, stored: stored)
    }

    private func assertItems(_ m: Builder<Ports>, _ parser: PacketParser, _ seen: Seen) {
        let item = m.receiver.item
        when(item.valid) {
            m.assert("target_is_declared", seen.target == item.target.zeroExtended(to: 8))
            m.assert("bank_is_declared", seen.bank == item.bank.zeroExtended(to: 8))
            m.assert("address_is_the_next", item.address.zeroExtended(to: 32) == seen.base + seen.stored)
            m.assert("address_is_declared", seen.stored < seen.count)
            for target in PacketTarget.allCases {
                when(item.target == target.rawValue) {
                    let end = (seen.base +^ seen.count).named("\(target)_end")
                    m.assert("\(target)_range_is_inside", end <= receiver.depth(of: target))
                }
            }
        }
        m.cover("stores_the_last_item", item.valid & (seen.stored + 1 == seen.count) & (seen.count == 2))
    }

    /// Where the receiver stands says which words it has seen.
    private func assertInvariants(_ m: Builder<Ports>, _ parser: PacketParser, _ seen: Seen) {
        let state = parser.state
        m.assert("invariant_first", (state == .target) == (seen.words == 0))
        m.assert("invariant_second", (state != .base) | (seen.words == 1))
        m.assert("invariant_third", (state != .count) | (seen.words == 2))
        m.assert("invariant_data", (state != .data) | (seen.words == 3))
        let isOpen = state.isOne(of: .base, .count, .data).named("is_open")
        when(isOpen) {
            m.assert("invariant_target", seen.target == parser.target.zeroExtended(to: 8))
            m.assert("invariant_bank", seen.bank == parser.bank.zeroExtended(to: 8))
        }
        when(state == .count) {
            m.assert("invariant_base", parser.base == seen.base)
            m.assert("invariant_address", parser.address == seen.base[0..<parser.address.width])
        }
        when(state == .data) {
            let coming = parser.left.zeroExtended(to: 32) + parser.isHeld.zeroExtended(to: 32)
            m.assert("invariant_left", seen.count - seen.stored == coming)
            m.assert("invariant_stored", seen.stored < seen.count)
            m.assert("invariant_next", parser.address.zeroExtended(to: 32) == seen.base + seen.stored)
            for target in PacketTarget.allCases {
                when(parser.target == target.rawValue) {
                    let end = (seen.base +^ seen.count).named("invariant_\(target)_end")
                    m.assert("invariant_\(target)_inside", end <= receiver.depth(of: target))
                }
            }
        }
    }

    /// A packet that has ended was without a fault, or gave its error once.
    private func assertEnds(_ m: Builder<Ports>, _ parser: PacketParser) {
        let ports = m.receiver
        let isEnd = (parser.isTaken & (ports.stream.tlast ?? parser.isTaken)).named("is_end_of_packet")
        let hasEnded = isEnd.registered("has_ended")
        // An error shows one cycle behind its word.
        let wasWrong = m.register("was_wrong")
        wasWrong.next(mux(hasEnded, 0, wasWrong | ports.error))
        m.assert("packet_ends_right_or_wrong", !hasEnded | ports.packetDone | ports.error | wasWrong)
        m.assert("packet_is_right_or_wrong", !ports.packetDone | (!ports.error & !wasWrong & hasEnded))
        m.assert("packet_is_wrong_once", !ports.error | !wasWrong)
        let isWrong = (!hasEnded & (ports.error | wasWrong)).named("is_wrong")
        m.assert("invariant_wrong", isWrong == (parser.state == .drain))
        let isNone = ports.errorCode == HostError.none.rawValue
        m.assert("error_has_a_code", !ports.error | !isNone)
        m.cover("ends_right", ports.packetDone)
        m.cover("ends_wrong", hasEnded & wasWrong)
    }
}
