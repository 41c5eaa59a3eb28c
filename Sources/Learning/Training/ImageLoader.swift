private import Randomness

/// Brings images into a batch, mirrored and moved at random where the recipe wants it.
///
/// Law: what happens to an image depends on seed, epoch and its number alone. Codes are whole, pixel >> (8 − bits), or real with
/// the same meaning, pixel × (2^bits − 1) / 255.
struct ImageLoader: Sendable {
    let images: ImageSet
    let seed: UInt64
    let bits: Int
    let flips: Bool
    let shift: Int

    /// Loads images into consecutive places; `epoch` is nil for images as they are.
    func load(_ numbers: [Int], epoch: Int?, into input: FloatBuffer, isQuantized: Bool, runner: ChunkRunner) {
        let (rows, columns, channels, features) = (images.rows, images.columns, images.channels, images.features)
        let largest = Float(1 << bits - 1)
        let table: [Float] = (0..<256).map { isQuantized ? Float($0 >> (8 - bits)) : Float($0) * (largest / 255) }
        let batch = Batch(images: numbers.count, runner: runner)
        batch.forEachChunk { _, places in
            images.pixels.withUnsafeBufferPointer { pixels in
                for place in places {
                    let change = epoch.map { self.change(of: numbers[place], epoch: $0) } ?? Change()
                    let source = numbers[place] &* features
                    let target = input.start + place &* features
                    for row in 0..<rows {
                        for column in 0..<columns {
                            let y = row &+ change.down
                            let x = (change.isFlipped ? columns &- 1 &- column : column) &+ change.right
                            let index = (row &* columns &+ column) &* channels
                            let isInside = y >= 0 && y < rows && x >= 0 && x < columns
                            for channel in 0..<channels {
                                target[index &+ channel] =
                                    isInside
                                    ? table[Int(pixels[source &+ (y &* columns &+ x) &* channels &+ channel])] : 0
                            }
                        }
                    }
                }
            }
        }
    }

    private struct Change {
        var isFlipped = false
        var down = 0
        var right = 0
    }

    private func change(of image: Int, epoch: Int) -> Change {
        var stream = KeyedStream(
            seed: seed, stream: RandomStreams.augmentation, block0: UInt32(epoch), block1: UInt32(image))
        let flip = stream.nextUInt32()
        let span = UInt32(2 * shift + 1)
        return Change(
            isFlipped: flips && flip & 1 == 1, down: stream.nextIndex(below: span) - shift,
            right: stream.nextIndex(below: span) - shift)
    }
}
