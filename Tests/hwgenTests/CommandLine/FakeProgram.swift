import Foundation

/// Writes a shell script that can be run at once.
///
/// A child copies it into place: were it written here, a process that another test starts at the same moment could
/// still hold it open for writing, and the system refuses to run such a file.
func writeProgram(_ script: String, at path: String) throws {
    let text = path + ".text"
    try "#!/bin/bash\n\(script)\n".write(toFile: text, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: text)
    let copy = Process()
    copy.executableURL = URL(fileURLWithPath: "/bin/cp")
    copy.arguments = ["-p", text, path]
    try copy.run()
    copy.waitUntilExit()
    try FileManager.default.removeItem(atPath: text)
}
