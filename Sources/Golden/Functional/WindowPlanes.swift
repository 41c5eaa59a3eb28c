import Network

/// The windows of a layer's output pixels as bit-planes, eight pixels to a vector: what rows are ANDed with.
///
/// Law: bit k of word (chunk, w), plane m, pixel p is bit m of the code that lies in column 64 w + k of the chunk of
/// pixel p's window.
struct WindowPlanes {
    /// A piece of a window that lies in one chunk: so many codes of a pixel from a channel on.
    private struct Piece {
        let pixel: Int
        let channel: Int
        let count: Int
        let place: Int
    }

    private let window: SlidingWindow
    private let format: ActivationFormat
    private let pieces: [Piece]
    let wordsPerChunk: Int
    let chunks: Int
    let pixels: Int
    /// Vectors of eight pixels.
    let vectors: Int
    let bits: Int
    /// ((chunk × words + word) × bits + plane) × vectors + vector.
    private(set) var planes: [SIMD8<UInt64>]
    private var codes: [UInt8]
    private let places: SlidingWindow.Extent

    init(_ window: SlidingWindow, _ format: ActivationFormat, wordCodes: Int, columns: Int) {
        self.window = window
        self.format = format
        let windowPixels = window.size.height * window.size.width
        let layout = WindowLayout(
            windowPixels: windowPixels, channels: format.channels, wordCodes: wordCodes, columns: columns)
        let wordsPerChunk = (columns + 63) / 64
        var pieces: [Piece] = []
        for pixel in 0..<windowPixels {
            for channel in stride(from: 0, to: format.channels, by: wordCodes) {
                let place = layout.place(pixel: pixel, channel: channel)
                pieces.append(
                    Piece(
                        pixel: pixel, channel: channel, count: min(wordCodes, format.channels - channel),
                        place: place.chunk * wordsPerChunk * 64 + place.column))
            }
        }
        self.pieces = pieces
        self.wordsPerChunk = wordsPerChunk
        chunks = layout.chunks
        bits = format.bits
        places = window.places(in: format)
        pixels = places.height * places.width
        vectors = (pixels + 7) / 8
        planes = Array(repeating: SIMD8(), count: chunks * wordsPerChunk * bits * vectors)
        codes = Array(repeating: 0, count: chunks * wordsPerChunk * 64)
    }

    /// Takes the codes of a tensor.
    mutating func gather(_ tensor: [UInt8]) {
        var pixel = 0
        for row in 0..<places.height {
            for column in 0..<places.width {
                fill(
                    tensor, top: row * window.stride.height - window.padding.top,
                    left: column * window.stride.width - window.padding.left)
                transpose(pixel: pixel)
                pixel += 1
            }
        }
    }

    private mutating func fill(_ tensor: [UInt8], top: Int, left: Int) {
        let width = window.size.width
        for piece in pieces {
            let (y, x) = (top + piece.pixel / width, left + piece.pixel % width)
            if y >= 0, y < format.height, x >= 0, x < format.width {
                let first = (y * format.width + x) * format.channels + piece.channel
                for number in 0..<piece.count { codes[piece.place + number] = tensor[first + number] }
            } else {
                for number in 0..<piece.count { codes[piece.place + number] = UInt8(format.zeroPoint) }
            }
        }
    }

    /// The planes of one pixel's window: eight codes at a time, their bits gathered by a product.
    private mutating func transpose(pixel: Int) {
        let (vector, lane) = (pixel / 8, pixel % 8)
        codes.withUnsafeBytes { bytes in
            for word in 0..<chunks * wordsPerChunk {
                for plane in 0..<bits {
                    var result: UInt64 = 0
                    for octet in 0..<8 {
                        let eight = UInt64(
                            littleEndian: bytes.loadUnaligned(fromByteOffset: word * 64 + octet * 8, as: UInt64.self))
                        let ones = (eight >> UInt64(plane)) & 0x0101_0101_0101_0101
                        result |= ((ones &* 0x0102_0408_1020_4080) >> 56) << UInt64(8 * octet)
                    }
                    planes[(word * bits + plane) * vectors + vector][lane] = result
                }
            }
        }
    }

    /// The steps of a row in which each chunk of each group of pixels has a set bit: group × chunks + chunk.
    func nonzeroSteps(_ buffer: WindowBuffer.Parameters) -> [UInt64] {
        var steps = [UInt64](repeating: 0, count: (pixels + buffer.pixels - 1) / buffer.pixels * chunks)
        for word in 0..<chunks * wordsPerChunk {
            for plane in 0..<bits {
                let first = (word * bits + plane) * vectors
                let group = plane / buffer.planeLanes
                for pixel in 0..<pixels where planes[first + pixel / 8][pixel % 8] != 0 {
                    let (number, place) = pixel.quotientAndRemainder(dividingBy: buffer.pixels)
                    let step = place / buffer.pixelLanes * buffer.planeGroups + group
                    steps[number * chunks + word / wordsPerChunk] |= 1 << UInt64(step)
                }
            }
        }
        return steps
    }

    /// Ones that a row has in common with planes of a pixel's window, weighed by their significance.
    func weighedOnes(_ row: BitRow, chunk: Int, pixel: Int, planes range: Range<Int>) -> Int {
        var sum = 0
        for word in 0..<wordsPerChunk {
            for plane in range {
                let index = ((chunk * wordsPerChunk + word) * bits + plane) * vectors + pixel / 8
                sum += (planes[index][pixel % 8] & row[word]).nonzeroBitCount << plane
            }
        }
        return sum
    }
}
