import HDL

/// Two banks of magnetic cells for the state of an engine, and the commit flag that says which bank holds.
///
/// A write stores a word of one bank, or the flag, but for the cells in `fail`, which keep their bits. In simulation these are
/// memories, as the junctions of `SubArray` are; in a chip the cells stand beside the flip-flops whose state they hold.
struct ShadowCells {
    private let cells, flags: Memory
    private let wordWidth: Int
    let words: Int
    /// Whether a bank holds a checkpoint, and which one.
    let holds, bank: Bits
    private let flag: Bits
    private let place: Bits

    init<P: SignalBundle>(_ m: Builder<P>, words: Int, wordBits: Int) {
        self.words = words
        wordWidth = addressWidth(words)
        cells = m.memory("shadow_cells", depth: 2 << wordWidth, width: wordBits, isNonvolatile: true)
        flags = m.memory("commit_flags", depth: 2, width: 2, isNonvolatile: true)
        place = m.constant(0, 1)
        flag = flags.read(place).named("commit_flag")
        holds = flag[0].named("bank_holds")
        bank = flag[1].named("holding_bank")
    }

    func isFlag(_ wanted: Bits) -> Bits { flag == wanted }

    /// A word of a bank.
    func word(_ number: Bits, of bank: Bits) -> Bits { cells.read(concatenate([bank, number])) }

    func word<P: SignalBundle>(_ m: Builder<P>, _ number: Int, of bank: Bits) -> Bits {
        word(m.constant(number, wordWidth), of: bank)
    }

    /// All words of a bank side by side.
    func record<P: SignalBundle>(_ m: Builder<P>, of bank: Bits) -> Bits {
        concatenate((0..<words).reversed().map { word(m, $0, of: bank).named("record_word_\($0)") })
    }

    func store(_ number: Bits, of bank: Bits, _ data: Bits, fail: Bits) {
        let address = concatenate([bank, number])
        cells.write(address, (data & ~fail) | (cells.read(address) & fail))
    }

    func storeFlag(_ wanted: Bits, fail: Bits) {
        let kept = fail[0..<2]
        flags.write(place, (wanted & ~kept) | (flag & kept))
    }
}
