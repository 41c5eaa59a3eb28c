import CShims

/// Ctrl-C and SIGTERM as a flag that long loops poll, so that they stop at a point from which the work can resume.
enum Interrupt {
    /// Catches the first SIGINT and SIGTERM; a second one ends the process at once.
    ///
    /// Returns false when the system refused, in which case signals act as they did before.
    @discardableResult
    static func install() -> Bool { cshims_interrupt_install() }

    /// Whether a signal came; cheap enough for an inner loop (one relaxed atomic load behind a call).
    static var isRequested: Bool { cshims_interrupt_is_requested() }

    /// Forgets the signal, for a program that goes on after it.
    static func clear() { cshims_interrupt_clear() }
}
