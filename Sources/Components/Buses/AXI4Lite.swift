public import HDL

/// The five channels of AXI4-Lite (ARM IHI 0022), seen from the manager; `Flipped` for the subordinate.
///
/// The names are the standard's, so a property `axi` makes the ports `axi_awaddr`, `axi_awvalid`, ….
public struct AXI4Lite: SignalBundle {
    /// The answers of a subordinate.
    public enum Response: Int, Sendable { case okay = 0, subordinateError = 2, decodeError = 3 }

    public let awaddr, awprot, awvalid: Output
    public let awready: Input
    public let wdata, wstrb, wvalid: Output
    public let wready: Input
    public let bresp, bvalid: Input
    public let bready: Output
    public let araddr, arprot, arvalid: Output
    public let arready: Input
    public let rdata, rresp, rvalid: Input
    public let rready: Output

    /// - Parameter dataWidth: 32 or 64 bits, by the standard.
    public init(addressWidth: Int, dataWidth: Int = 32) {
        (awaddr, awprot, awvalid, awready) = (Output(addressWidth), Output(3), Output(), Input())
        (wdata, wstrb, wvalid, wready) = (Output(dataWidth), Output(max(dataWidth / 8, 1)), Output(), Input())
        (bresp, bvalid, bready) = (Input(2), Input(), Output())
        (araddr, arprot, arvalid, arready) = (Output(addressWidth), Output(3), Output(), Input())
        (rdata, rresp, rvalid, rready) = (Input(dataWidth), Input(2), Input(), Output())
    }
}

/// The channels as streams: each is seen from the end that sends on it.
extension Builder {
    /// A stream of one channel, for a module that receives on it.
    func receive(
        _ name: String, valid: Bits, ready: Bits, _ item: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Stream> {
        let stream = wires(name, Stream(item.width), file, line)
        stream.valid.drive(valid, file, line)
        stream.payload.drive(item, file, line)
        ready.drive(stream.ready, file, line)
        return stream
    }

    /// A stream that only looks at a channel, for its checks.
    func watch(
        _ name: String, valid: Bits, ready: Bits, _ item: Bits, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Stream> {
        let stream = wires(name, Stream(item.width), file, line)
        stream.valid.drive(valid, file, line)
        stream.payload.drive(item, file, line)
        stream.ready.drive(ready, file, line)
        return stream
    }
}
