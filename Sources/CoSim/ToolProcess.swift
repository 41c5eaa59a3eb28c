import CCoSim
import Glibc

/// A started child process whose two outputs go to files.
struct ToolProcess {
    let pid: pid_t

    /// Starts `arguments[0]` in `folder`; nil when the system cannot start it, with `errno` as the second value.
    static func start(_ arguments: [String], in folder: String, output: String, errors: String) -> (ToolProcess?, Int32)
    {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        cosim_spawn_in(&actions, folder)

        var cArguments: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        cArguments.append(nil)
        defer { for argument in cArguments { free(argument) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, arguments[0], &actions, nil, cArguments, cosim_environment())
        return code == 0 ? (ToolProcess(pid: pid), 0) : (nil, code)
    }

    /// Waits for the end; the exit status, or 128 + the signal that ended it.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return 127 }
        }
        let signal = status & 0x7f
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal
    }
}

/// The first line of `text` that reports an error, else its first line that is not blank.
func firstErrorLine(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    return lines.first { $0.hasPrefix("%Error") } ?? lines.first { $0.contains("error:") }
        ?? lines.first { line in line.contains { !$0.isWhitespace } } ?? "no message"
}
