/// The CIFAR-10 data set: 50,000 training and 10,000 test images of 32 × 32 pixels in three colours, ten kinds of things.
///
/// Source: Krizhevsky, "Learning multiple layers of features from tiny images", Toronto, 2009; read from its binary version,
/// in which a record is a label and 1,024 bytes of red, then of green, then of blue. Users bring the files.
public enum CIFAR10 {
    /// Names of the classes, by label.
    public static let classNames = [
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
    ]

    private static let extent = 32
    private static let colours = 3
    private static var recordBytes: Int { 1 + colours * extent * extent }

    /// The test part of a folder with the published files.
    ///
    /// Throws `DataSetError`.
    public static func loadTest(directory: String) throws(DataSetError) -> ImageSet {
        try load(["test_batch.bin"], directory: directory)
    }

    /// Both parts of a folder with the published files.
    ///
    /// Throws `DataSetError`.
    public static func load(directory: String) throws(DataSetError) -> DataSplit {
        try DataSplit(
            training: load((1...5).map { "data_batch_\($0).bin" }, directory: directory),
            test: loadTest(directory: directory))
    }

    private static func load(_ names: [String], directory: String) throws(DataSetError) -> ImageSet {
        var pixels: [UInt8] = []
        var labels: [UInt8] = []
        for name in names {
            let file = "\(directory)/\(name)"
            let records = try CompressedFile.contents(of: file)
            guard !records.isEmpty, records.count.isMultiple(of: recordBytes) else {
                let whole = max(1, records.count / recordBytes)
                throw .size(file: file, found: records.count, expected: whole * recordBytes)
            }
            for index in 0..<records.count / recordBytes {
                let record = records[index * recordBytes..<(index + 1) * recordBytes]
                let label = record[record.startIndex]
                guard label < classNames.count else {
                    throw .label(file: file, index: index, found: Int(label), classes: classNames.count)
                }
                labels.append(label)
                append(record.dropFirst(), to: &pixels)
            }
        }
        return ImageSet(
            rows: extent, columns: extent, channels: colours, classes: classNames.count, pixels: pixels, labels: labels)
    }

    /// Colours of a pixel one after the other.
    private static func append(_ planes: ArraySlice<UInt8>, to pixels: inout [UInt8]) {
        let area = extent * extent
        for place in 0..<area {
            for colour in 0..<colours { pixels.append(planes[planes.startIndex + colour * area + place]) }
        }
    }
}
