public import HDL

/// Two words of storage that cut every combinational path between the two ends of a stream.
///
/// Law: items leave in the order in which they came, none lost, none twice; every output is a register. An item goes
/// through in every cycle if both ends want it, one cycle after it came.
public struct SkidBuffer: Module {
    public var width: Int

    public init(width: Int) { self.width = width }

    public struct Ports: SignalBundle {
        public let input: Flipped<Stream>
        public let output: Stream
    }

    public func ports() -> Ports { Ports(input: Flipped(Stream(width)), output: Stream(width)) }

    public func build(_ m: Builder<Ports>) {
        let valid = m.register("valid")
        let payload = m.register("payload", width, reset: nil)
        // The word that came in the cycle in which the other end stopped; there is one exactly while not ready.
        let ready = m.register("ready", reset: 1)
        let skid = m.register("skid", width, reset: nil)

        let isFree = (!valid | m.output.ready).named("is_free")
        when(isFree) {
            valid.next(m.input.valid | !ready)
            payload.next(mux(ready, m.input.payload, skid))
            ready.next(1)
        }.elseWhen(m.input.valid & ready) {
            skid.next(m.input.payload)
            ready.next(0)
        }

        m.input.ready.drive(ready)
        m.output.valid.drive(valid)
        m.output.payload.drive(payload)

        m.assumeStable("input", m.input)
        m.assertStable("output", m.output)
        m.assert("skid_behind_a_word", ready | valid)
        m.cover("both_words_used", !ready)
    }
}
