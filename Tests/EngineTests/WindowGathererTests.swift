import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: the codes of a window lie in its chunks in the order rows, columns, channels; a word that does not fit begins the
/// next chunk, and padding is the padding code.
@Suite struct WindowGathererTests {
    @Test(arguments: [(64, 16, 8, 4, 4), (20, 3, 5, 8, 2), (7, 7, 1, 1, 1), (100, 5, 3, 16, 8)])
    func agreesWithItsTwin(columns: Int, wordCodes: Int, bits: Int, pixels: Int, lanes: Int) throws {
        try expectAgreement(
            WindowGathererPair.self,
            with {
                $0.columns = columns
                $0.wordCodes = wordCodes
                $0.activationBits = bits
                $0.depth = 200
                $0.pixels = pixels
                $0.pixelLanes = lanes
                $0.chunks = 64
            })
    }

    /// The law on the RTL: a tensor in a memory of the test, its windows packed by nested loops.
    @Test func packsWindowsInOrder() throws {
        var random = KeyedStream(seed: 21, stream: 5)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let hardware = Engine.WindowGatherer()
        let bench = try Bench(WindowGathererPair.self, hardware)
        var firstHalf = 0
        for layer in 0..<12 {
            let (height, width, channels) = (1 + below(6), 1 + below(6), 1 + below(40))
            let (kernelHeight, kernelWidth) = (1 + below(3), 1 + below(3))
            let (padTop, padLeft) = (below(kernelHeight), below(kernelWidth))
            let (strideY, strideX) = (1 + below(2), 1 + below(2))
            let outputWidth = (width - 1 + padLeft) / strideX + 1
            let outputPixels = outputWidth * ((height - 1 + padTop) / strideY + 1)
            let (padding, base) = (below(256), below(100))
            let tensor = (0..<height * width * channels).map { _ in below(256) }
            let words = (channels + 15) / 16

            var expected: [[Int]] = []
            var places: [(pixel: Int, chunk: Int, isLastChunk: Bool)] = []
            for pixel in 0..<outputPixels {
                var chunk: [Int] = []
                var number = 0
                for row in 0..<kernelHeight {
                    for column in 0..<kernelWidth {
                        let y = pixel / outputWidth * strideY + row - padTop
                        let x = pixel % outputWidth * strideX + column - padLeft
                        let isInside = y >= 0 && x >= 0 && y < height && x < width
                        for word in 0..<words {
                            let codes = (16 * word..<min(16 * word + 16, channels)).map {
                                isInside ? tensor[(y * width + x) * channels + $0] : padding
                            }
                            if chunk.count + codes.count > 64 {
                                expected.append(chunk)
                                places.append((pixel, number, false))
                                number += 1
                                chunk = []
                            }
                            chunk += codes
                        }
                    }
                }
                expected.append(chunk)
                places.append((pixel, number, true))
            }

            for (port, value) in [
                ("start", 1), ("shape_base", base), ("shape_height", height), ("shape_width", width),
                ("shape_pixel_words", words), ("shape_last_codes", channels - 16 * (words - 1)),
                ("shape_window_height", kernelHeight), ("shape_window_width", kernelWidth),
                ("shape_stride_x", strideX), ("shape_pad_top", padTop), ("shape_pad_left", padLeft),
                ("shape_stride_y", strideY), ("shape_stride_line", strideY * width),
                ("shape_pad_line", padTop * width), ("shape_output_width", outputWidth),
                ("shape_output_pixels", outputPixels), ("padding", padding), ("free", 0),
            ] {
                try bench.set(port, UInt64(value))
            }
            try bench.step()
            try bench.set("start", 0)
            var found: [[Int]] = []
            var cycles = 0
            while found.count < expected.count, cycles < 20_000 {
                cycles += 1
                var next: [Int]?
                if try bench.get("read") == 1 {
                    let pixel =
                        (Int(try bench.get("read_address")) - base) / words * 4 + Int(try bench.get("read_bank"))
                    let word = (Int(try bench.get("read_address")) - base) % words
                    next = (0..<16).map { 16 * word + $0 < channels ? tensor[pixel * channels + 16 * word + $0] : 255 }
                }
                try bench.set("free", 0)
                if try bench.get("write") == 1 {
                    let data = try bench.words("write_data")
                    let codes = (0..<64).map { Int(data[$0 / 8] >> UInt64($0 % 8 * 8) & 255) }
                    let (wanted, place) = (expected[found.count], places[found.count])
                    // Columns behind the last code are zero: a cell that reads wrong there must not count.
                    let zeros = Array(repeating: 0, count: 64 - wanted.count)
                    #expect(codes == wanted + zeros, "layer \(layer), chunk \(found.count)")
                    let ports = try ["write_pixel", "write_chunk", "write_half", "write_last"].map { try bench.get($0) }
                    let half = UInt64((firstHalf + place.pixel / 4) % 2)
                    let isLast = place.isLastChunk && (place.pixel % 4 == 3 || place.pixel == outputPixels - 1)
                    #expect(
                        ports == [UInt64(place.pixel % 4), UInt64(place.chunk), half, isLast ? 1 : 0],
                        "layer \(layer), chunk \(found.count)")
                    found.append(wanted)
                    if isLast { try bench.set("free", 1) }
                }
                try bench.step()
                if let next {
                    let packed = [0, 1].map { half in
                        (0..<8).reduce(UInt64(0)) { $0 | UInt64(next[half * 8 + $1]) << UInt64(8 * $1) }
                    }
                    try bench.set("word", words: packed)
                }
            }
            #expect(found.count == expected.count, "layer \(layer)")
            firstHalf += (outputPixels + 3) / 4
            try bench.set("free", 0)
            for _ in 0..<4 { try bench.step() }
        }
    }
}
