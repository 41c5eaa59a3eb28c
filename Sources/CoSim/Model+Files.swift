import CCoSim

extension Model {
    /// Writes waves (VCD) from here on; a cycle is 10 ns, the clock rises in its middle.
    ///
    /// - Parameter depth: Levels of the hierarchy.
    /// - Throws: `CoSimError.notCompiledIn`, `CoSimError.fileUnusable`.
    public func openTrace(path: String, depth: Int = 99) throws(CoSimError) {
        let code = library.api.pointee.trace_open(handle, path, Int32(clamping: depth))
        try expect(code, path, task: "write waves to", feature: "waves", option: "trace")
    }

    /// Ends the waves with the state of this moment; without effect when none are open.
    public func closeTrace() { library.api.pointee.trace_close(handle) }

    /// Writes the line coverage collected so far, in Verilator's format.
    ///
    /// - Throws: `CoSimError.notCompiledIn`, `CoSimError.fileUnusable`.
    public func writeCoverage(path: String) throws(CoSimError) {
        let code = library.api.pointee.coverage_write(handle, path)
        try expect(code, path, task: "write coverage to", feature: "coverage", option: "coverage")
    }

    /// Saves the whole state of the model.
    ///
    /// - Throws: `CoSimError.notCompiledIn`, `CoSimError.fileUnusable`.
    public func save(path: String) throws(CoSimError) {
        let code = library.api.pointee.save(handle, path)
        try expect(code, path, task: "save the model to", feature: "saving", option: "savable")
    }

    /// Takes over a state saved by a model of the same library.
    ///
    /// - Throws: `CoSimError.notCompiledIn`, `CoSimError.fileUnusable`.
    public func restore(path: String) throws(CoSimError) {
        let code = library.api.pointee.restore(handle, path)
        try expect(code, path, task: "restore the model from", feature: "saving", option: "savable")
    }

    private func expect(
        _ code: Int32, _ path: String, task: String, feature: String, option: String
    ) throws(CoSimError) {
        if code == -1 { throw .notCompiledIn(top: library.top, feature: feature, option: option) }
        if code != 0 { throw .fileUnusable(path: path, task: task) }
    }
}
