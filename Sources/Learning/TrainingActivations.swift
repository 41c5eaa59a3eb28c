private import Randomness

/// The training images as the hardware sees them: quantised activation codes, in a fixed random order.
struct TrainingActivations: Sendable {
    let inputs: Int
    let count: Int
    /// What a code is multiplied by, so that the largest code is 1.
    let scale: Float
    let labels: [UInt8]
    /// count × inputs codes.
    let codes: [UInt8]

    /// The activations of a set, shuffled by a seed: code = pixel >> (8 − bits).
    init(images: ImageSet, bits: Int, seed: UInt64) {
        inputs = images.features
        count = images.count
        scale = 1 / Float(1 << bits - 1)
        var stream = KeyedStream(seed: seed, stream: RandomStreams.split)
        let order = stream.permutation(of: images.count)
        labels = order.map { images.labels[$0] }
        var codes = [UInt8](repeating: 0, count: images.pixels.count)
        let shift = UInt8(8 - bits)
        images.pixels.withUnsafeBufferPointer { pixels in
            for (place, image) in order.enumerated() {
                for input in 0..<images.features {
                    codes[place * images.features + input] = pixels[image * images.features + input] >> shift
                }
            }
        }
        self.codes = codes
    }
}
