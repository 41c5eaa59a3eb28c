public import HDL

/// A synchroniser beside a memory of its inputs: the output is the input of `stages` edges before.
public struct SynchronizerProof: Module {
    public var synchronizer: Synchronizer

    public init(_ synchronizer: Synchronizer) { self.synchronizer = synchronizer }

    public var moduleName: String { "\(synchronizer.moduleName)_proof" }

    public func ports() -> Synchronizer.Ports { synchronizer.ports() }

    public func build(_ m: Builder<Synchronizer.Ports>) {
        let width = synchronizer.width
        let kept = width * (synchronizer.stages - 1)
        let instance = m.instance("synchronizer", synchronizer)
        instance.value.drive(m.value)
        m.synchronizedValue.drive(instance.synchronizedValue)
        // The input of the last edge in the lowest bits.
        let history = m.crossingRegister("history", kept + width)
        history.next(concatenate([history[0..<kept], m.value]))
        m.assert("is_the_input_of_some_edges_before", m.synchronizedValue == history[kept..<kept + width])
        m.cover("follows_the_input", m.synchronizedValue.allSet)
    }
}
