import Golden

/// Offers words on a stream, each until it is taken, with pauses between them.
struct StreamSource {
    private var words: ArraySlice<StreamWord> = []
    private var isOffering = false

    /// Whether every word has been taken.
    var isEmpty: Bool { words.isEmpty }
    /// Words that have not been taken.
    var left: Int { words.count }

    mutating func send(_ words: [StreamWord]) { self.words += words }

    /// Forgets what has not been taken, as a reset makes the host do.
    mutating func reset() { self = StreamSource() }

    /// - Parameter pauses: whether no new word is offered in this cycle.
    mutating func next(_ inputs: inout StreamInputs, ready: Bool, pauses: Bool) {
        isOffering = isOffering || (!words.isEmpty && !pauses)
        inputs.isValid = isOffering
        guard isOffering, let word = words.first else { return }
        inputs.word = word
        if ready {
            words = words.dropFirst()
            isOffering = false
        }
    }
}
