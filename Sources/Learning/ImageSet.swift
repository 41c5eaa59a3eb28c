/// Labelled images: pixels of 8 bits, row by row, the colours of a pixel one after the other, image after image.
public struct ImageSet: Equatable, Sendable {
    public let rows: Int
    public let columns: Int
    /// Colours of a pixel; 1 of grey images.
    public let channels: Int
    /// Number of classes; labels are below it.
    public let classes: Int
    /// count × rows × columns × channels values.
    public let pixels: [UInt8]
    /// One an image.
    public let labels: [UInt8]

    /// Number of images.
    public var count: Int { labels.count }
    /// Values of an image.
    public var features: Int { rows * columns * channels }

    /// A set of images; `pixels` must hold `labels.count` images of `rows` × `columns` × `channels`.
    public init(rows: Int, columns: Int, channels: Int = 1, classes: Int, pixels: [UInt8], labels: [UInt8]) {
        precondition(
            pixels.count == labels.count * rows * columns * channels, "pixels and labels of different counts")
        self.rows = rows
        self.columns = columns
        self.channels = channels
        self.classes = classes
        self.pixels = pixels
        self.labels = labels
    }

    /// The values of one image, row by row.
    public func image(_ index: Int) -> ArraySlice<UInt8> {
        pixels[index * features..<(index + 1) * features]
    }

    /// The activations of one image as the hardware sees them: the top `bits` bits of each pixel, 1…8.
    public func activations(ofImage index: Int, bits: Int) -> [UInt8] {
        image(index).map { $0 >> UInt8(8 - bits) }
    }

    /// The first `count` images, or all where there are fewer.
    public func prefix(_ count: Int) -> ImageSet {
        let kept = min(count, self.count)
        return ImageSet(
            rows: rows, columns: columns, channels: channels, classes: classes,
            pixels: Array(pixels.prefix(kept * features)),
            labels: Array(labels.prefix(kept)))
    }
}

/// A data set with its published split.
public struct DataSplit: Equatable, Sendable {
    /// Images to learn from; a validation part is taken out of it.
    public let training: ImageSet
    /// Images that are only ever used to report the accuracy.
    public let test: ImageSet

    public init(training: ImageSet, test: ImageSet) {
        self.training = training
        self.test = test
    }
}
