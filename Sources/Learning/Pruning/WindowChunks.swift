/// Which chunk of the engine's rows each weight of a window lies in.
///
/// Law: the codes of a window lie one after the other, rows of the window, columns, then channels in words of `wordCodes`, in
/// chunks of `columns`; a word that does not fit into the rest of a chunk begins the next one.
public struct WindowChunks: Equatable, Sendable {
    /// One a weight of the window, in rows, columns, channels.
    public let chunkOfWeight: [Int]
    public let count: Int

    public init(windowPixels: Int, channels: Int, columns: Int, wordCodes: Int) {
        var chunks: [Int] = []
        var (chunk, used) = (0, 0)
        for _ in 0..<windowPixels {
            for first in stride(from: 0, to: channels, by: wordCodes) {
                let codes = min(wordCodes, channels - first)
                if used + codes > columns { (chunk, used) = (chunk + 1, 0) }
                chunks += [Int](repeating: chunk, count: codes)
                used += codes
            }
        }
        chunkOfWeight = chunks
        count = chunk + 1
    }
}
