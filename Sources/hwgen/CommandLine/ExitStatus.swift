/// The exit statuses of every command; scripts depend on them.
enum ExitStatus: Int32, Sendable {
    /// The work is done and every check held.
    case done = 0
    /// A check failed: a mismatch, a missed bar.
    case checkFailed = 1
    /// Bad usage or bad input.
    case badUsage = 2
    /// A tool or package is missing.
    case toolMissing = 3
    /// Ctrl-C ended the work early (128 + SIGINT, as shells count).
    case interrupted = 130
}
