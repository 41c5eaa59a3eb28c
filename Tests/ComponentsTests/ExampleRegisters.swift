import Components

/// A bank with every kind of field, fields over two bytes, and a hole between its registers.
func exampleBank(dataWidth: Int = 32) throws -> RegisterBank {
    try RegisterBank(
        "example", dataWidth: dataWidth, addressWidth: 6,
        registers: [
            RegisterDescription(
                "control", offset: 0, "Starts | stops the example.",
                fields: [
                    .init("enable", 0, "Runs while one."),
                    .init("mode", 4...11, "Over two bytes; ends */ no comment.", reset: 0x5a),
                    .init("level", 12...18, "Seven bits.", reset: 3),
                ]),
            RegisterDescription(
                "status", offset: 8, "What happens.",
                fields: [
                    .init("busy", 0, "At work.", access: .readOnly),
                    .init("count", 16...25, "Items inside.", access: .readOnly),
                    .init("events", 4...9, "Events since they were cleared.", access: .writeOneToClear),
                ]),
            RegisterDescription(
                "command", offset: 16, "Orders.",
                fields: [.init("code", 6...13, "What to do.", access: .writeOnly, reset: 1)]),
            RegisterDescription(
                "word", offset: 24, "All bits.",
                fields: [.init("value", 0...dataWidth - 1, "A whole word.", reset: 0x1234_5678)]),
        ])
}
