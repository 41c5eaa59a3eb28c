public import HDL

/// An AXI4-Stream (ARM IHI 0051), seen from the end that sends; `Flipped` for the one that receives.
///
/// The names are the standard's. `TSTRB`, `TID` and `TDEST` are left out, as the standard allows.
public struct AXI4Stream: StreamBundle {
    public let tdata: Output
    /// One bit a byte.
    public let tkeep: Output?
    public let tlast: Output?
    public let tuser: Output?
    public let tvalid: Output
    public let tready: Input

    public var valid: Output { tvalid }
    public var ready: Input { tready }

    /// - Parameters:
    ///   - dataWidth: a whole number of bytes, by the standard.
    ///   - userWidth: bits of `tuser`; zero for none.
    public init(dataWidth: Int, hasKeep: Bool = false, hasLast: Bool = true, userWidth: Int = 0) {
        tdata = Output(dataWidth)
        tkeep = hasKeep ? Output(max(dataWidth / 8, 1)) : nil
        tlast = hasLast ? Output() : nil
        tuser = userWidth > 0 ? Output(userWidth) : nil
        tvalid = Output()
        tready = Input()
    }

    /// From the top: `tuser`, `tlast` and `tkeep` as far as there are, then `tdata`.
    public static func item(of stream: BundleView<AXI4Stream>) -> Bits {
        concatenate([stream.tuser, stream.tlast, stream.tkeep, stream.tdata].compactMap(\.self))
    }
}

extension Builder {
    /// An AXI4-Stream that is received here, as a stream of words: `tuser`, `tlast`, `tkeep` and `tdata` from the top.
    public func stream(
        _ name: String, of bus: BundleView<AXI4Stream>, _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> BundleView<Stream> {
        receive(name, valid: bus.tvalid, ready: bus.tready, bus.item, file, line)
    }
}

extension BundleView where Ports == AXI4Stream {
    /// Sends the words of a stream, the parts of each from the top: `tuser`, `tlast`, `tkeep` and `tdata`.
    public func connect(words: BundleView<Stream>, _ file: StaticString = #fileID, _ line: UInt = #line) {
        let parts = [self.tuser, self.tlast, self.tkeep, self.tdata].compactMap(\.self)
        var high = parts.reduce(0) { $0 + $1.width }
        for part in parts {
            part.drive(words.payload[high - part.width..<high], file, line)
            high -= part.width
        }
        self.tvalid.drive(words.valid, file, line)
        words.ready.drive(self.tready, file, line)
    }
}
