public import HDL

/// Brings signals that change at any time into the module's clock domain, through a chain of flip-flops.
///
/// Law: without metastability the output is the input as it was `stages` edges before; with it, a change comes an edge
/// later or not. Bits may come in different cycles: use more than one only for bits that have nothing to do with each
/// other, or for a Gray code, of which one bit changes at a time.
public struct Synchronizer: Module {
    public var width: Int
    /// Flip-flops one after the other, at least two.
    public var stages: Int

    public init(width: Int = 1, stages: Int = 2) {
        self.width = width
        self.stages = stages
    }

    public struct Ports: SignalBundle {
        public let value: Input
        public let synchronizedValue: Output
    }

    public func ports() -> Ports { Ports(value: Input(width, .asynchronous), synchronizedValue: Output(width)) }

    public func build(_ m: Builder<Ports>) {
        m.require(stages >= 2, "a synchroniser of \(stages) flip-flops; at least 2")
        m.synchronizedValue.drive(m.synchronize("stage", m.value, stages: stages))
    }
}

extension Builder {
    /// A signal of another domain in the builder's domain, `stages` edges late; see `Synchronizer` for its law.
    ///
    /// The registers are `name_0`, `name_1`, … and zero after a reset.
    func synchronize(_ name: String, _ value: Bits, stages: Int) -> Bits {
        let chain = synchronizerChain(name, value, stages: stages)
        return chain[chain.count - 1]
    }

    /// The registers of a synchroniser, at least two, the first one first.
    func synchronizerChain(_ name: String, _ value: Bits, stages: Int) -> [Bits] {
        let first = crossingRegister("\(name)_0", value.width)
        first.next(value)
        var chain = [first]
        for stage in 1..<max(stages, 2) {
            let register = register("\(name)_\(stage)", value.width)
            register.next(chain[stage - 1])
            chain.append(register)
        }
        return chain
    }
}
