public import Components

/// The registers of the accelerator, the same at all parameters.
public enum AcceleratorRegisters {
    /// "HWGN".
    static let identification = 0x4857_474e
    /// Changes when a driver has to.
    static let version = 1
    /// Bits of an address on the bus: a page of 4 KiB.
    public static let addressWidth = 12

    /// The register bank.
    ///
    /// Throws `RegisterBankError` if the description makes no sense.
    public static func bank() throws(RegisterBankError) -> RegisterBank {
        try RegisterBank(
            "accelerator", addressWidth: addressWidth, registers: parameters + control + results + counters)
    }

    private typealias Field = RegisterDescription.Field

    private static func constant(_ name: String, _ bits: ClosedRange<Int>, _ summary: String) -> Field {
        Field(name, bits, summary, access: .readOnly)
    }

    /// What the engine is.
    private static var parameters: [RegisterDescription] {
        [
            RegisterDescription(
                "identification", offset: 0x00, "Which device this is.",
                fields: [constant("value", 0...31, "0x4857474e, 'HWGN'.")]),
            RegisterDescription(
                "version", offset: 0x04, "Version of the registers and of the packet format.",
                fields: [constant("value", 0...31, "1.")]),
            RegisterDescription(
                "array", offset: 0x08, "Size of the array.",
                fields: [
                    constant("columns", 0...9, "Cells of a row."), constant("banks", 16...20, "Banks."),
                    constant("weight_bits", 24...27, "Bits of a weight, sign included."),
                ]),
            RegisterDescription(
                "bank_rows", offset: 0x0c, "Length of a bank of the array.",
                fields: [constant("rows", 0...16, "Rows of a bank.")]),
            RegisterDescription(
                "activations", offset: 0x10, "Shape of the activation memory.",
                fields: [
                    constant("word_codes", 0...6, "Codes of a word."), constant("code_bits", 8...11, "Bits of a code."),
                    constant("banks", 16...20, "Banks, one a pixel lane."),
                ]),
            RegisterDescription(
                "depth", offset: 0x14, "Length of the activation memory.",
                fields: [constant("words", 0...16, "Words of a bank.")]),
            RegisterDescription(
                "chunks", offset: 0x18, "Length of a window.",
                fields: [constant("count", 0...10, "Chunks of a window at most.")]),
            RegisterDescription(
                "entries", offset: 0x1c, "Length of the list of row groups.",
                fields: [constant("count", 0...20, "Entries.")]),
            RegisterDescription(
                "channels", offset: 0x20, "Output channels of all layers.",
                fields: [constant("count", 0...16, "Channels.")]),
            RegisterDescription(
                "layers", offset: 0x24, "Length of a network.",
                fields: [
                    constant("count", 0...9, "Layers at most."),
                    constant("accumulator_width", 16...21, "Bits of a sum."),
                ]),
        ]
    }

    private static var control: [RegisterDescription] {
        [
            RegisterDescription(
                "control", offset: 0x40, "Orders.",
                fields: [
                    Field("start", 0, "One runs the network and sends its results.", access: .writeOnly),
                    Field("clear", 1, "One clears counters, error, done and saturated.", access: .writeOnly),
                ]),
            RegisterDescription(
                "status", offset: 0x44, "What goes on.",
                fields: [
                    constant("busy", 0...0, "From the start to the last word of the results."),
                    constant("done", 1...1, "The results of the last start have been taken."),
                    constant("receiving", 2...2, "A packet is under way."),
                    constant("sending", 3...3, "Results are under way."),
                    constant("saturated", 4...4, "A sum was beyond the accumulator."),
                    constant("layer", 16...31, "The layer that runs."),
                ]),
            RegisterDescription(
                "interrupt_enable", offset: 0x48, "What raises the interrupt.",
                fields: [Field("done", 0, "The end of a run."), Field("error", 1, "An error.")]),
            RegisterDescription(
                "interrupt_pending", offset: 0x4c, "What happened since it was cleared.",
                fields: [
                    Field("done", 0, "A run has ended.", access: .writeOneToClear),
                    Field("error", 1, "There was an error.", access: .writeOneToClear),
                ]),
            RegisterDescription(
                "error", offset: 0x50, "The last error.",
                fields: [
                    constant("code", 0...HostError.width - 1, "What was wrong; 0 for no error."),
                    constant("layer", 16...31, "The layer that it concerns."),
                ]),
        ]
    }

    private static var results: [RegisterDescription] {
        [
            RegisterDescription(
                "result_kind", offset: 0x60, "What the results are.",
                fields: [Field("codes", 0, "One for codes of the activation memory, zero for sums.")]),
            RegisterDescription(
                "result_base", offset: 0x64, "Where the results begin.",
                fields: [
                    Field(
                        "address", 0...ResultStreamer.placeWidth - 1,
                        "The first sum's channel, or the tensor's address in its banks.")
                ]),
            RegisterDescription(
                "result_count", offset: 0x68, "How many results there are.",
                fields: [Field("items", 0...ResultStreamer.placeWidth - 1, "Sums, or pixels; none for zero.")]),
            RegisterDescription(
                "result_words", offset: 0x6c, "Size of a pixel of the results.",
                fields: [
                    Field("count", 0...ResultStreamer.wordsWidth - 1, "Words of a pixel in the memory.", reset: 1)
                ]),
        ]
    }

    /// Names and what they count, in the order of their registers.
    static let counterNames = [
        ("cycles", "Clock edges while a network ran."), ("senses", "Rows sensed."),
        ("skipped_senses", "Rows not sensed since their activations were zero."),
        ("window_stalls", "Cycles in which a row waited for its window alone."),
        ("bank_stalls", "Cycles in which a row waited for its bank alone."),
        ("load_stalls", "Cycles in which a word of a packet waited."),
        ("result_stalls", "Cycles in which a word of the results waited."), ("images", "Runs that ended."),
        ("packets", "Packets without a fault."), ("errors", "Errors."),
    ]
    static let firstCounter = 0x80

    private static var counters: [RegisterDescription] {
        counterNames.enumerated().map { number, counter in
            RegisterDescription(
                counter.0, offset: firstCounter + 4 * number, counter.1,
                fields: [constant("count", 0...31, "Since it was cleared, modulo 2^32.")])
        }
    }
}
