import Foundation

/// A picture that is not what its file says, or has no file.
public struct WaveMismatch: Error, Equatable, Sendable, CustomStringConvertible {
    /// What differs, line by line, and how to accept it.
    public let description: String
}

/// Compares a picture of waves with the file `Tests/<Target>/Waves/<name>.txt` of the calling test.
///
/// With `HWGEN_ACCEPT_WAVES=1` in the environment (`scripts/accept-waves`) it writes the file instead.
/// - Throws: `WaveMismatch` with both pictures' differing lines.
public func expectWave(_ name: String, _ picture: String, testFile: String = #filePath) throws {
    try expectWave(
        name, picture, in: wavesFolder(of: testFile),
        isAccepting: ProcessInfo.processInfo.environment["HWGEN_ACCEPT_WAVES"] == "1")
}

/// As `expectWave`, with the folder and the choice said.
public func expectWave(_ name: String, _ picture: String, in folder: URL, isAccepting: Bool) throws {
    let file = folder.appendingPathComponent("\(name).txt")
    if isAccepting {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(picture.utf8).write(to: file)
        return
    }
    let hint = "'scripts/accept-waves' accepts it"
    guard let data = try? Data(contentsOf: file) else {
        throw WaveMismatch(description: "wave '\(name)' has no file yet; \(hint):\n\(picture)")
    }
    let expected = String(decoding: data, as: UTF8.self)
    if expected == picture { return }
    throw WaveMismatch(
        description: "wave '\(name)' has changed (- expected, + found); \(hint):\n"
            + difference(expected: expected, found: picture))
}

/// The folder beside the tests of a target, wherever in the target's folder the test file is.
func wavesFolder(of testFile: String) -> URL {
    let file = URL(fileURLWithPath: testFile)
    let components = file.pathComponents
    var folder = file.deletingLastPathComponent()
    if let tests = components.lastIndex(of: "Tests"), tests + 1 < components.count - 1 {
        folder = URL(fileURLWithPath: "/")
        for component in components[1...tests + 1] { folder.appendPathComponent(component) }
    }
    return folder.appendingPathComponent("Waves")
}

/// Both texts line by line: equal lines once, others with a sign in front.
private func difference(expected: String, found: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    var lines: [String] = []
    for index in 0..<max(old.count, new.count) {
        let before = index < old.count ? old[index] : nil
        let after = index < new.count ? new[index] : nil
        if before == after, let before {
            lines.append("  \(before)")
        } else {
            if let before { lines.append("- \(before)") }
            if let after { lines.append("+ \(after)") }
        }
    }
    while lines.last?.allSatisfy({ $0 == " " }) ?? false { lines.removeLast() }
    return lines.joined(separator: "\n")
}
