import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: the words of the pixels under each window that lie in the tensor are walked, row by row, and no padding.
@Suite struct PoolingWalkerTests {
    @Test(arguments: [(16, 4, 1024), (1, 1, 30), (5, 8, 100)])
    func agreesWithItsTwin(wordCodes: Int, banks: Int, depth: Int) throws {
        try expectAgreement(
            PoolingWalkerPair.self,
            with {
                $0.wordCodes = wordCodes
                $0.banks = banks
                $0.depth = depth
            })
    }

    /// The law on the RTL, by nested loops; the unit takes words with pauses.
    @Test func walksTheWindowsInOrder() throws {
        var random = KeyedStream(seed: 33, stream: 6)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let bench = try Bench(PoolingWalkerPair.self, Engine.PoolingWalker())
        for layer in 0..<20 {
            let (height, width, words) = (1 + below(7), 1 + below(7), 1 + below(3))
            let (windowHeight, windowWidth) = (1 + below(3), 1 + below(3))
            let (padTop, padLeft) = (below(windowHeight), below(windowWidth))
            let (strideY, strideX) = (1 + below(3), 1 + below(3))
            let outputWidth = (width - 1 + padLeft) / strideX + 1
            let outputHeight = (height - 1 + padTop) / strideY + 1
            let (base, resultBase) = (below(100), 200 + below(100))
            // Bank and address of each word, first and last of its window, where its result goes, the layer's last.
            var expected: [[Int]] = []
            for place in 0..<outputHeight * outputWidth {
                let rows = (0..<windowHeight).map { place / outputWidth * strideY - padTop + $0 }
                let columns = (0..<windowWidth).map { place % outputWidth * strideX - padLeft + $0 }
                for word in 0..<words {
                    var mine: [[Int]] = []
                    for y in rows where y >= 0 && y < height {
                        for x in columns where x >= 0 && x < width {
                            let pixel = y * width + x
                            mine.append([pixel % 4, base + pixel / 4 * words + word])
                        }
                    }
                    for (number, read) in mine.enumerated() {
                        let isLast = number == mine.count - 1
                        expected.append(
                            read + [number == 0 ? 1 : 0, isLast ? 1 : 0]
                                + (isLast
                                    ? [
                                        place % 4, resultBase + place / 4 * words + word,
                                        place == outputHeight * outputWidth - 1 && word == words - 1 ? 1 : 0,
                                    ] : []))
                    }
                }
            }
            for (port, value) in [
                ("start", 1), ("shape_base", base), ("shape_height", height), ("shape_width", width),
                ("shape_pixel_words", words), ("shape_window_height", windowHeight),
                ("shape_window_width", windowWidth), ("shape_stride_x", strideX), ("shape_pad_top", padTop),
                ("shape_pad_left", padLeft), ("shape_stride_y", strideY), ("shape_stride_line", strideY * width),
                ("shape_pad_line", padTop * width), ("shape_output_width", outputWidth),
                ("shape_output_pixels", outputHeight * outputWidth), ("result_base", resultBase),
            ] {
                try bench.set(port, UInt64(value))
            }
            try bench.step()
            try bench.set("start", 0)
            var reads: [[Int]] = []
            var found: [[Int]] = []
            for _ in 0..<40 * expected.count + 100 where found.count < expected.count {
                let isReady = below(3) > 0
                try bench.set("ready", isReady ? 1 : 0)
                if isReady, try bench.get("valid") == 1 {
                    var word = reads[found.count]
                    word += [Int(try bench.get("first")), Int(try bench.get("last"))]
                    if word[3] == 1 {
                        for port in ["result_bank", "result_address", "result_last"] {
                            word.append(Int(try bench.get(port)))
                        }
                    }
                    found.append(word)
                }
                if try bench.get("read") == 1 {
                    reads.append([Int(try bench.get("read_bank")), Int(try bench.get("read_address"))])
                }
                try bench.step()
            }
            #expect(found == expected, "layer \(layer)")
        }
    }
}
