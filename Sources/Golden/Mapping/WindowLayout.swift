import Network

/// Where the codes of a window lie in its chunks.
///
/// Law: words follow each other, rows of the window, columns, then words of a pixel; a word whose codes do not fit into the
/// rest of a chunk begins the next one.
struct WindowLayout {
    /// Chunk and column of input channel 0 of each word of each pixel of the window: `pixel × words + word`.
    private let places: [(chunk: Int, column: Int)]
    private let wordCodes: Int
    let pixelWords: Int
    let chunks: Int
    /// Codes of the last word of a pixel.
    let lastCodes: Int

    init(windowPixels: Int, channels: Int, wordCodes: Int, columns: Int) {
        self.wordCodes = wordCodes
        pixelWords = (channels + wordCodes - 1) / wordCodes
        lastCodes = channels - (pixelWords - 1) * wordCodes
        var places: [(chunk: Int, column: Int)] = []
        var (chunk, column) = (0, 0)
        for _ in 0..<windowPixels {
            for word in 0..<pixelWords {
                let codes = word == pixelWords - 1 ? lastCodes : wordCodes
                if column + codes > columns { (chunk, column) = (chunk + 1, 0) }
                places.append((chunk, column))
                column += codes
            }
        }
        self.places = places
        chunks = chunk + 1
    }

    /// Chunk and column of a channel of a pixel of the window.
    func place(pixel: Int, channel: Int) -> (chunk: Int, column: Int) {
        let (chunk, column) = places[pixel * pixelWords + channel / wordCodes]
        return (chunk, column + channel % wordCodes)
    }
}
