internal import Randomness

/// The stream numbers of the training: each use of chance has its own.
enum RandomStreams {
    /// The split into training and validation part.
    static let split: UInt32 = 0x5350_4C54
    /// The order of samples in an epoch.
    static let order: UInt32 = 0x4F52_4452
    /// The first weights of a layer.
    static let weights: UInt32 = 0x5745_4947
    /// What is done to an image before it is learned from.
    static let augmentation: UInt32 = 0x4155_474D
}

extension KeyedStream {
    /// A random permutation of 0 ..< count (Fisher and Yates).
    mutating func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for place in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(place, nextIndex(below: UInt32(place + 1)))
        }
        return order
    }
}
