private import Foundation

/// The Fashion-MNIST data set: 60,000 training and 10,000 test images of 28 × 28 pixels, ten kinds of clothing.
///
/// Source: Xiao, Rasul and Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning
/// algorithms", arXiv:1708.07747. Debian has it as the package `dataset-fashion-mnist`.
public enum FashionMNIST {
    /// The Debian package.
    public static let package = "dataset-fashion-mnist"
    /// Where that package puts the files.
    public static let packageDirectory = "/usr/share/datasets/fashion-mnist"
    /// Names of the classes, by label.
    public static let classNames = [
        "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ]

    /// The data set of a folder with the four published files; without a folder, of Debian's package.
    ///
    /// Throws `DataSetError`; an absent file's message tells how to install the package.
    public static func load(directory: String? = nil) throws(DataSetError) -> DataSplit {
        try DataSplit(
            training: load("train", directory: directory), test: load("t10k", directory: directory))
    }

    /// The test part alone.
    public static func loadTest(directory: String? = nil) throws(DataSetError) -> ImageSet {
        try load("t10k", directory: directory)
    }

    private static func load(_ part: String, directory: String?) throws(DataSetError) -> ImageSet {
        let folder = directory ?? packageDirectory
        let images = "\(folder)/\(part)-images-idx3-ubyte.gz"
        let labels = "\(folder)/\(part)-labels-idx1-ubyte.gz"
        for file in [images, labels] where access(file, F_OK) != 0 {
            throw .absent(file: file, package: package)
        }
        return try IDXFile.imageSet(images: images, labels: labels, classes: classNames.count)
    }
}
