import Components
import HDL

/// The receiver's insides: what `PacketReceiver` describes, and what its proof looks at.
struct PacketParser {
    enum State: HardwareEnum {
        /// Waits for a word of the header: target, address, number of items.
        case target, base, count
        case data
        /// Takes the rest of a packet with a fault.
        case drain
    }

    /// A fault that a word shows, the first one that holds.
    private struct Fault {
        let condition: Bits
        let code: HostError
    }

    let state: EnumSignal<State>
    /// An item waits to be stored.
    let isHeld: Bits
    /// Items of the packet whose last word has not come.
    let left: Bits
    let target, bank, address: Bits
    /// The header's second word.
    let base: Bits
    /// The word of the stream is taken in this cycle.
    let isTaken: Bits
    private let receiver: PacketReceiver

    /// - Parameter ports: those of the receiver, the module's own or a part of a harness's.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access, _ receiver: PacketReceiver
    ) where Access.Ports == PacketReceiver.Ports {
        self.receiver = receiver
        let word = ports.stream.tdata
        let isEnd = (ports.stream.tlast ?? m.constant(1, 1)).named("is_end")
        isHeld = m.register("holds_item")
        let isReady = (!isHeld | ports.item.ready).named("is_ready")
        isTaken = (ports.stream.tvalid & isReady).named("is_word_taken")
        let isStored = (isHeld & ports.item.ready).named("is_item_stored")
        ports.stream.tready.drive(isReady)

        target = m.register("target", PacketTarget.width)
        bank = m.register("bank", receiver.bankWidth)
        address = m.register("address", receiver.itemAddressWidth)
        let layer = m.register("layer", PacketReceiver.layerWidth)
        left = m.register("items_left", receiver.itemAddressWidth + 1)
        base = m.register("base", PacketReceiver.streamWidth)
        let index = m.register("word_number", addressWidth(receiver.itemWords))

        func table(_ name: String, _ target: Bits, _ width: Int, _ value: (PacketTarget) -> Int) -> Bits {
            let values = [m.constant(0, width)] + PacketTarget.allCases.map { m.constant(value($0), width) }
            return select(target, values).named(name)
        }

        // What each word of a packet shows.
        let code = word[0..<PacketTarget.width]
        let named = word[0..<8]
        let isKnown = ((named != 0) & (named <= PacketTarget.allCases.count)).named("is_target_known")
        let banks = table("banks_of_target", code, 8, receiver.banks)
        let isBank = (word[8..<16] < banks).named("is_bank")
        let width = PacketReceiver.streamWidth + 1
        let depth = table("depth_of_target", target, width, receiver.depth)
        let end = (base +^ word).named("end_of_items")
        let isInside = ((end <= depth) & (word != 0)).named("is_inside")
        let lastIndex = table("last_word_of_item", target, index.width) { receiver.words(of: $0) - 1 }
        let isItemEnd = (index == lastIndex).named("is_item_end")
        let isLast = (isItemEnd & (left == 1)).named("is_last_word")

        let faults = m.wire("fault", HostError.width, default: HostError.none.rawValue)
        func show(_ list: [Fault]) {
            for fault in list.reversed() {
                when(fault.condition) { faults.drive(fault.code.rawValue) }
            }
        }
        let tooShort = Fault(condition: isEnd, code: .tooShort)
        state = m.register("state", State.self, reset: .target)
        choose(state) { on in
            on.case(.target) {
                show([
                    Fault(condition: !isKnown, code: .unknownTarget), Fault(condition: ports.busy, code: .memoryInUse),
                    Fault(condition: !isBank, code: .outsideMemory), tooShort,
                ])
            }
            on.case(.base) { show([tooShort]) }
            on.case(.count) { show([Fault(condition: !isInside, code: .outsideMemory), tooShort]) }
            on.case(.data) {
                show([
                    Fault(condition: isEnd & !isLast, code: .tooShort),
                    Fault(condition: !isEnd & isLast, code: .tooLong),
                ])
            }
            on.case(.drain) {}
        }
        let isFault = (faults != HostError.none.rawValue).named("is_fault")

        when(isStored) {
            isHeld.next(0)
            address.next(address + 1)
        }
        when(isTaken) {
            choose(state) { on in
                on.case(.target) {
                    target.next(code)
                    bank.next(word[8..<8 + receiver.bankWidth])
                    layer.next(word[16..<32])
                    state.next(.base)
                }
                on.case(.base) {
                    base.next(word)
                    address.next(word[0..<address.width])
                    state.next(.count)
                }
                on.case(.count) {
                    left.next(word[0..<left.width])
                    index.next(0)
                    state.next(.data)
                }
                on.case(.data) {
                    index.next(mux(isItemEnd, 0, index + 1))
                    when(isItemEnd) {
                        isHeld.next(1)
                        left.next(left - 1)
                    }
                    when(isLast) { state.next(.target) }
                }
                on.case(.drain) { when(isEnd) { state.next(.target) } }
            }
            when(isFault & isEnd) { state.next(.target) }
                .elseWhen(isFault) { state.next(.drain) }
        }

        let isData = (isTaken & (state == .data)).named("is_data_word")
        let slots = (0..<receiver.itemWords).map { number in
            let slot = m.register("item_word_\(number)", PacketReceiver.streamWidth, reset: nil)
            when(isData & (index == number)) { slot.next(word) }
            return slot
        }
        ports.item.valid.drive(isHeld)
        ports.item.target.drive(target)
        ports.item.bank.drive(bank)
        ports.item.address.drive(address)
        ports.item.data.drive(concatenate(slots.reversed()))
        ports.receiving.drive((state != .target) | isHeld)
        ports.packetDone.drive((isData & isLast & isEnd).registered("packet_done_register"))
        let isShown = (isTaken & isFault).named("shows_fault")
        ports.error.drive(isShown.registered("error_register"))
        ports.errorCode.drive(faults.registered("error_code_register", enable: isShown))
        let errorLayer = mux(state == .target, word[16..<32], layer)
        ports.errorLayer.drive(errorLayer.registered("error_layer_register", enable: isShown))

        check(m, ports)
    }

    /// The law as far as the receiver can say it of itself, and what makes it inductive.
    private func check<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access
    ) where Access.Ports == PacketReceiver.Ports {
        m.assumeStable("stream", ports.stream)
        m.assertStable("item", ports.item)
        let isHeaderDone = (isHeld | (state == .data)).named("is_header_done")
        let isTargetDone = (isHeaderDone | (state == .base) | (state == .count)).named("is_target_done")
        for kind in PacketTarget.allCases {
            when(isTargetDone & (target == kind.rawValue)) {
                m.assert("\(kind)_bank_exists", bank.zeroExtended(to: 8) < receiver.banks(of: kind))
            }
            when(isHeaderDone & (target == kind.rawValue)) {
                let wide = address.zeroExtended(to: address.width + 2)
                let ahead = isHeld.zeroExtended(to: wide.width)
                let open = mux(state == .data, left.zeroExtended(to: wide.width), m.constant(0, wide.width))
                m.assert("\(kind)_items_stay_inside", wide + ahead + open <= receiver.depth(of: kind))
            }
        }
        let isTarget = (target != 0) & (target <= PacketTarget.allCases.count)
        m.assert("state_is_one", state.isOne(of: .target, .base, .count, .data, .drain))
        m.assert("target_is_known", !isTargetDone | isTarget)
        m.assert("header_holds_no_item", !isHeld | ((state != .base) & (state != .count)))
        m.assert("data_has_items_left", (state != .data) | (left != 0))
        m.cover("stores_two_items", isHeld & (address == 1) & !(state == .data))
        m.cover("drains", state == .drain)
    }
}
