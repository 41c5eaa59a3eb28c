extension Builder {
    /// Reports parameters that the module cannot be built with, at the place where the module is asked for.
    ///
    /// The description goes on, so that the finding joins the others.
    public func require(_ condition: Bool, _ message: @autoclosure () -> String) {
        if !condition { circuit.report(at: circuit.location, message()) }
    }
}
