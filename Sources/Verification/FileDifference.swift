/// The first line in which a file is not what it should be.
public struct FileDifference: Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// From 1; 0 for a file that is not there.
    public let line: Int
    public let expected: String
    public let found: String

    init(path: String, line: Int, expected: String, found: String) {
        self.path = path
        self.line = line
        self.expected = expected
        self.found = found
    }

    /// nil when the bytes are equal.
    init?(path: String, expected: [UInt8], found: [UInt8]) {
        if expected == found { return nil }
        func lines(_ bytes: [UInt8]) -> [String] {
            bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        let wanted = lines(expected)
        let actual = lines(found)
        let line = zip(wanted, actual).enumerated().first { $1.0 != $1.1 }?.offset ?? min(wanted.count, actual.count)
        self.init(
            path: path, line: line + 1, expected: line < wanted.count ? wanted[line] : "the end of the file",
            found: line < actual.count ? actual[line] : "the end of the file")
    }

    public var description: String { "\(path):\(line): expected '\(expected)', found '\(found)'" }
}
