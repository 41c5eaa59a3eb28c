/// What is wrong with a data set's files.
public enum DataSetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The data set is not there; `package` is the Debian package that brings it.
    case absent(file: String, package: String)
    /// The file cannot be opened; `reason` is the operating system's.
    case notReadable(file: String, reason: String)
    /// The compressed file is damaged or cut short; `reason` is zlib's.
    case damaged(file: String, reason: String)
    /// The file does not begin with the IDX magic number of its kind.
    case notIDX(file: String, found: UInt32, expected: UInt32)
    /// The file is shorter or longer, in bytes after decompression, than its dimensions promise.
    case size(file: String, found: Int, expected: Int)
    /// A dimension in the file's head has a value that no data set here has.
    case dimension(file: String, name: String, found: Int, allowed: ClosedRange<Int>)
    /// Images and labels differ in number.
    case count(file: String, found: Int, expected: Int)
    /// A label is not a class.
    case label(file: String, index: Int, found: Int, classes: Int)

    public var description: String {
        switch self {
        case .absent(let file, let package):
            "\(file): no such file; install the data set with: sudo apt-get install \(package)"
        case .notReadable(let file, let reason):
            "\(file): cannot be read: \(reason)"
        case .damaged(let file, let reason):
            "\(file): is damaged: \(reason)"
        case .notIDX(let file, let found, let expected):
            "\(file): magic number is 0x\(hexadecimal(found)); allowed is 0x\(hexadecimal(expected))"
        case .size(let file, let found, let expected):
            "\(file): is \(found < expected ? "cut short" : "too long"): \(found) bytes found, \(expected) expected"
        case .dimension(let file, let name, let found, let allowed):
            "\(file): number of \(name) is \(found); allowed is \(allowed.lowerBound) to \(allowed.upperBound)"
        case .count(let file, let found, let expected):
            "\(file): holds \(found) labels; allowed is \(expected), the number of images"
        case .label(let file, let index, let found, let classes):
            "\(file): label \(index) is \(found); allowed is 0 to \(classes - 1)"
        }
    }

    private func hexadecimal(_ word: UInt32) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
