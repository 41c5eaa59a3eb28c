import Golden

/// Images to classify, as the engine takes them: unsigned activation codes, one image after the other.
public struct ActivationSet: Sendable {
    /// Activations of an image.
    public let features: Int
    public let codes: [UInt8]
    public let labels: [UInt8]
    public var count: Int { labels.count }

    public init(features: Int, codes: [UInt8], labels: [UInt8]) {
        self.features = features
        self.codes = codes
        self.labels = labels
    }

    /// The first images.
    public func prefix(_ count: Int) -> ActivationSet {
        let count = min(count, self.count)
        return ActivationSet(
            features: features, codes: Array(codes.prefix(count * features)), labels: Array(labels.prefix(count)))
    }

    func image(_ number: Int) -> ArraySlice<UInt8> { codes[number * features..<(number + 1) * features] }
}

/// The bit-planes of one chunk of an image, least significant first; columns beyond the image are zero.
func activationPlanes(_ image: ArraySlice<UInt8>, chunk: Int, columns: Int, bits: Int) -> [BitRow] {
    var planes = [BitRow](repeating: .none, count: bits)
    let start = image.startIndex + chunk * columns
    for index in start..<min(start + columns, image.endIndex) {
        let code = image[index]
        for plane in 0..<bits where code >> UInt8(plane) & 1 == 1 { planes[plane].set(index - start) }
    }
    return planes
}
