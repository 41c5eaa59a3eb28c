public import HDL

/// Requests of a bus that have been accepted and not answered yet, as its checks count them.
public struct AXI4LiteOutstanding {
    /// Write addresses, write data, and read addresses.
    public let writeAddresses, writeData, reads: Bits
}

/// The rules of AXI4-Lite for simulations and proofs: every channel keeps its valid and its item until they are taken,
/// there is a response only after its request (a write's after both address and data), and one for each.
extension Builder {
    /// Asserts what a subordinate owes the bus and assumes what the manager does.
    /// - Parameter limit: requests of a kind that the subordinate accepts before it answers the first one.
    @discardableResult
    public func checkSubordinate(
        _ name: String, _ bus: BundleView<AXI4Lite>, limit: Int,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> AXI4LiteOutstanding {
        for channel in requests(name, bus, file, line) { assumeStable(channel.name, channel.stream, file, line) }
        for channel in responses(name, bus, file, line) { assertStable(channel.name, channel.stream, file, line) }
        let counts = outstanding(name, bus, limit, file, line)
        assert("\(name)_answers_written_addresses", !bus.bvalid | counts.writeAddresses.anySet, file, line)
        assert("\(name)_answers_written_data", !bus.bvalid | counts.writeData.anySet, file, line)
        assert("\(name)_answers_reads", !bus.rvalid | counts.reads.anySet, file, line)
        for (what, count) in counts.named { assert("\(name)_\(what)_within_limit", count <= limit, file, line) }
        return counts
    }

    /// Asserts what a manager owes the bus and assumes what the subordinate does.
    @discardableResult
    public func checkManager(
        _ name: String, _ bus: BundleView<AXI4Lite>, limit: Int,
        _ file: StaticString = #fileID, _ line: UInt = #line
    ) -> AXI4LiteOutstanding {
        for channel in requests(name, bus, file, line) { assertStable(channel.name, channel.stream, file, line) }
        for channel in responses(name, bus, file, line) { assumeStable(channel.name, channel.stream, file, line) }
        let counts = outstanding(name, bus, limit, file, line)
        assume("\(name)_answers_written_addresses", !bus.bvalid | counts.writeAddresses.anySet, file, line)
        assume("\(name)_answers_written_data", !bus.bvalid | counts.writeData.anySet, file, line)
        assume("\(name)_answers_reads", !bus.rvalid | counts.reads.anySet, file, line)
        for (what, count) in counts.named { assume("\(name)_\(what)_within_limit", count <= limit, file, line) }
        return counts
    }

    private typealias Channel = (name: String, stream: BundleView<Stream>)

    private func requests(
        _ name: String, _ bus: BundleView<AXI4Lite>, _ file: StaticString, _ line: UInt
    ) -> [Channel] {
        let write = concatenate([bus.awaddr, bus.awprot])
        let data = concatenate([bus.wdata, bus.wstrb])
        let read = concatenate([bus.araddr, bus.arprot])
        let channels = [
            ("aw", bus.awvalid, bus.awready, write), ("w", bus.wvalid, bus.wready, data),
            ("ar", bus.arvalid, bus.arready, read),
        ]
        return channels.map {
            ("\(name)_\($0.0)", watch("\(name)_\($0.0)_channel", valid: $0.1, ready: $0.2, $0.3, file, line))
        }
    }

    private func responses(
        _ name: String, _ bus: BundleView<AXI4Lite>, _ file: StaticString, _ line: UInt
    ) -> [Channel] {
        let read = concatenate([bus.rdata, bus.rresp])
        let channels = [("b", bus.bvalid, bus.bready, bus.bresp), ("r", bus.rvalid, bus.rready, read)]
        return channels.map {
            ("\(name)_\($0.0)", watch("\(name)_\($0.0)_channel", valid: $0.1, ready: $0.2, $0.3, file, line))
        }
    }

    private func outstanding(
        _ name: String, _ bus: BundleView<AXI4Lite>, _ limit: Int, _ file: StaticString, _ line: UInt
    ) -> AXI4LiteOutstanding {
        let width = addressWidth(max(limit, 1) + 2)
        func count(_ what: String, _ accepted: Bits, _ answered: Bits) -> Bits {
            let request = accepted.named("\(name)_\(what)_accepted", file, line)
            let response = answered.named("\(name)_\(what)_answered", file, line)
            let count = register("\(name)_\(what)_outstanding", width, file, line)
            when(request & !response, file, line) { count.next(count + 1, file, line) }
                .elseWhen(!request & response, file, line) { count.next(count - 1, file, line) }
            return count
        }
        let answered = bus.bvalid & bus.bready
        return AXI4LiteOutstanding(
            writeAddresses: count("write_addresses", bus.awvalid & bus.awready, answered),
            writeData: count("write_data", bus.wvalid & bus.wready, answered),
            reads: count("reads", bus.arvalid & bus.arready, bus.rvalid & bus.rready))
    }
}

extension AXI4LiteOutstanding {
    fileprivate var named: [(String, Bits)] {
        [("write_addresses", writeAddresses), ("write_data", writeData), ("reads", reads)]
    }
}
