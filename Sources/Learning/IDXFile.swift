/// Reads the IDX files of the MNIST family: a magic number, one size a dimension (big-endian words), then bytes.
///
/// Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", section on file formats.
enum IDXFile {
    /// Magic numbers: unsigned bytes in three dimensions (images) and in one (labels).
    static let imagesMagic: UInt32 = 0x0000_0803
    static let labelsMagic: UInt32 = 0x0000_0801

    /// The images and labels of two files as one set.
    static func imageSet(images: String, labels: String, classes: Int) throws(DataSetError) -> ImageSet {
        let imageFile = try bytes(
            of: CompressedFile.contents(of: images), file: images, magic: imagesMagic,
            dimensions: ["images", "rows", "columns"])
        let labelFile = try bytes(
            of: CompressedFile.contents(of: labels), file: labels, magic: labelsMagic, dimensions: ["labels"])
        guard labelFile.content.count == imageFile.sizes[0] else {
            throw .count(file: labels, found: labelFile.content.count, expected: imageFile.sizes[0])
        }
        for (index, label) in labelFile.content.enumerated() where label >= classes {
            throw .label(file: labels, index: index, found: Int(label), classes: classes)
        }
        return ImageSet(
            rows: imageFile.sizes[1], columns: imageFile.sizes[2], classes: classes,
            pixels: Array(imageFile.content), labels: Array(labelFile.content))
    }

    /// The sizes of the dimensions and the bytes after the head.
    private static func bytes(
        of file: [UInt8], file name: String, magic: UInt32, dimensions: [String]
    ) throws(DataSetError) -> (sizes: [Int], content: ArraySlice<UInt8>) {
        let head = 4 + 4 * dimensions.count
        guard file.count >= head else { throw .size(file: name, found: file.count, expected: head) }
        func word(_ index: Int) -> UInt32 {
            file[4 * index..<4 * index + 4].reduce(0) { $0 << 8 | UInt32($1) }
        }
        guard word(0) == magic else { throw .notIDX(file: name, found: word(0), expected: magic) }
        let sizes = dimensions.indices.map { Int(word($0 + 1)) }
        for (index, size) in sizes.enumerated() {
            let allowed = index == 0 ? 1...100_000_000 : 1...4096
            guard allowed.contains(size) else {
                throw .dimension(file: name, name: dimensions[index], found: size, allowed: allowed)
            }
        }
        let expected = head + sizes.reduce(1, *)
        guard file.count == expected else { throw .size(file: name, found: file.count, expected: expected) }
        return (sizes, file[head...])
    }
}
