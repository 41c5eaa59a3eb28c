public import HDL

/// What is done with streams inside a module. Each takes a stream that is read here (a flipped port, or an instance's
/// output) and gives one to be read in turn; its `ready` is then driven by who reads it, as by `connect`.
extension Builder {
    /// A stream with the same handshake, each item put through a combinational function.
    public func map(
        _ name: String, _ stream: BundleView<Stream>, _ file: StaticString = #fileID, _ line: UInt = #line,
        _ function: (Bits) -> Bits
    ) -> BundleView<Stream> {
        let value = function(stream.payload)
        let result = wires(name, Stream(value.width), file, line)
        result.valid.drive(stream.valid, file, line)
        result.payload.drive(value, file, line)
        stream.ready.drive(result.ready, file, line)
        return result
    }

    /// The words of a stream of bundles, the first field most significant.
    public func packed<Payload>(
        _ name: String, of stream: BundleView<BundleStream<Payload>>,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Stream> {
        let item = stream.item
        let result = wires(name, Stream(item.width), file, line)
        result.valid.drive(stream.valid, file, line)
        result.payload.drive(item, file, line)
        stream.ready.drive(result.ready, file, line)
        return result
    }

    /// The words of a stream as bundles, the first field most significant; the widths must add up to the word's.
    public func bundles<Payload>(
        _ name: String, of stream: BundleView<Stream>, as payload: Payload,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<BundleStream<Payload>> {
        let result = wires(name, BundleStream(payload), file, line)
        result.valid.drive(stream.valid, file, line)
        result.payload.drive(stream.payload.cast(to: payload), file, line)
        stream.ready.drive(result.ready, file, line)
        return result
    }

    /// The stream a cycle later, its `valid` and items registered; `ready` passes through.
    ///
    /// Law: items in order, none lost, none twice; an item in every cycle if both ends want it.
    public func forwardRegister(
        _ name: String, _ stream: BundleView<Stream>, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Stream> {
        let result = wires(name, Stream(stream.payload.width), file, line)
        let valid = register("\(name)_valid_register", 1, file, line)
        let payload = register("\(name)_payload_register", stream.payload.width, reset: nil, file, line)
        let isFree = (!valid | result.ready).named("\(name)_is_free", file, line)
        when(isFree, file, line) { valid.next(stream.valid, file, line) }
        when(isFree & stream.valid, file, line) { payload.next(stream.payload, file, line) }
        result.valid.drive(valid, file, line)
        result.payload.drive(payload, file, line)
        stream.ready.drive(isFree, file, line)
        return result
    }

    /// The stream behind a `SkidBuffer`, so that no signal of one side depends on the other in the same cycle.
    public func registerSlice(
        _ name: String, _ stream: BundleView<Stream>, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Stream> {
        let slice = instance(name, SkidBuffer(width: stream.payload.width), file, line)
        slice.input.connect(to: stream, file, line)
        return slice.output
    }
}
