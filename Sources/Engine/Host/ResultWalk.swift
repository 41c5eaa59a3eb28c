import Components
import HDL

/// The streamer's insides: what `ResultStreamer` describes, and what its proof looks at.
struct ResultWalk {
    enum State: HardwareEnum {
        case idle
        /// Asks for a sum or a word.
        case ask
        /// Takes the word of the activation memory.
        case load
        case send
    }

    let state: EnumSignal<State>
    let isCodes: Bits
    /// Pixels or sums that are not sent, the present one included; words of it, and of the stream, that are.
    let left, word, part: Bits
    /// Words of a pixel.
    let words: Bits
    /// The address of the present word, and the first one of the present group of pixels, one in each bank.
    let address, group: Bits
    let bank: Bits
    let isLastPart, isLastWord: Bits

    /// - Parameter ports: those of the streamer, the module's own or a part of a harness's.
    init<P: SignalBundle, Access: BundleAccess>(
        _ m: Builder<P>, _ ports: Access, _ streamer: ResultStreamer
    ) where Access.Ports == ResultStreamer.Ports {
        // An address outside the memory is seen before it can come round.
        let addressBits = ResultStreamer.placeWidth + 1
        let dataWidth = streamer.streamWords * ResultStreamer.streamWidth
        isCodes = m.register("sends_codes")
        left = m.register("items_left", ResultStreamer.placeWidth)
        words = m.register("words_of_pixel", ResultStreamer.wordsWidth)
        word = m.register("word_number", ResultStreamer.wordsWidth)
        part = m.register("part_number", addressWidth(streamer.streamWords))
        address = m.register("address", addressBits)
        group = m.register("group_address", addressBits)
        bank = m.register("bank", addressWidth(streamer.banks))
        let wasOutside = m.register("was_outside")
        let data = m.register("data", dataWidth, reset: nil)
        state = m.register("state", State.self, reset: .idle)

        let limit = mux(isCodes, m.constant(streamer.depth, addressBits), m.constant(streamer.channels, addressBits))
        let isOutside = (wasOutside | (address >= limit)).named("is_outside")
        let isAsking = (state == .ask).named("is_asking")
        isLastPart = (!isCodes | (part == streamer.streamWords - 1)).named("is_last_part")
        isLastWord = (!isCodes | ((word +^ 1) >= words.zeroExtended(to: words.width + 1))).named("is_last_word")
        let isEnd = (isLastPart & isLastWord & (left == 1)).named("is_end")
        let isSending = (state == .send).named("is_sending")
        let isTaken = (isSending & ports.results.tready).named("is_taken")
        let isBegun = (ports.start & (state == .idle)).named("is_begun")
        let isNothing = (ports.count == 0).named("is_nothing")
        let next = (address + 1).named("next_address")
        let nextGroup = (group + words.zeroExtended(to: addressBits)).named("next_group")

        choose(state) { on in
            on.case(.idle) {
                when(isBegun) {
                    isCodes.next(ports.codes)
                    left.next(ports.count)
                    words.next(ports.words)
                    word.next(0)
                    part.next(0)
                    address.next(ports.base.zeroExtended(to: addressBits))
                    group.next(ports.base.zeroExtended(to: addressBits))
                    bank.next(0)
                    wasOutside.next(0)
                    when(!isNothing) { state.next(.ask) }
                }
            }
            on.case(.ask) {
                wasOutside.next(isOutside)
                data.next(mux(isOutside, 0, ports.sum.zeroExtended(to: dataWidth)))
                when(isCodes) { state.next(.load) }
                    .otherwise { state.next(.send) }
            }
            on.case(.load) {
                data.next(mux(isOutside, 0, ports.word.zeroExtended(to: dataWidth)))
                state.next(.send)
            }
            on.case(.send) {
                when(isTaken) {
                    data.next(data >> ResultStreamer.streamWidth)
                    part.next(mux(isLastPart, 0, part + 1))
                    when(isLastPart) {
                        state.next(.ask)
                        address.next(next)
                        word.next(mux(isLastWord, 0, word + 1))
                    }
                    when(isLastPart & isLastWord) {
                        left.next(left - 1)
                        when(isCodes) {
                            when(bank == streamer.banks - 1) {
                                bank.next(0)
                                group.next(nextGroup)
                                address.next(nextGroup)
                            }.otherwise {
                                bank.next(bank + 1)
                                address.next(group)
                            }
                        }
                    }
                    when(isEnd) { state.next(.idle) }
                }
            }
        }

        ports.read.drive(isAsking & isCodes & !isOutside)
        ports.readBank.drive(bank)
        ports.readAddress.drive(address[0..<addressWidth(streamer.depth)])
        ports.sumAddress.drive(address[0..<addressWidth(streamer.channels)])
        ports.results.tvalid.drive(isSending)
        ports.results.tdata.drive(data[0..<ResultStreamer.streamWidth])
        ports.results.tlast?.drive(isEnd)
        ports.busy.drive(state != .idle)
        ports.done.drive((isTaken & isEnd) | (isBegun & isNothing))
        ports.outside.drive(isAsking & isOutside & !wasOutside)

        m.assertStable("results", ports.results)
        m.assert("something_is_left", (state == .idle) | (left != 0))
        m.assert("bank_exists", bank.zeroExtended(to: bank.width + 1) < streamer.banks)
        m.cover("ends", isTaken & isEnd)
    }
}
