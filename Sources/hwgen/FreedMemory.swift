import CShims

/// Memory that the program has given back.
enum FreedMemory {
    /// Keeps it for what comes next, until the process ends.
    ///
    /// The phases between a large description and its Verilog make arrays of tens of megabytes and drop them again. By
    /// default such memory goes back to the system, which clears every page before it hands it out the next time.
    /// Returns false when the C library refused, in which case it does as it did before.
    @discardableResult
    static func keep() -> Bool { cshims_keep_freed_memory() }
}
