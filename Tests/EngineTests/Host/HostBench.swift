import Engine
import Golden
import Verification

/// An accelerator's model alone, driven as a host's software does, one thing after the other.
final class HostBench {
    let bench: Bench
    /// Words of results that have come.
    private(set) var results: [StreamWord] = []

    init(_ engine: Engine.NetworkEngine) throws {
        bench = try Bench(AcceleratorPair.self, Engine.Accelerator(engine))
        try bench.set("results_tready", 1)
    }

    /// A cycle.
    func step() throws {
        if try bench.get("results_tvalid") == 1, try bench.get("results_tready") == 1 {
            results.append(
                StreamWord(UInt32(try bench.get("results_tdata")), isLast: try bench.get("results_tlast") == 1))
        }
        try bench.step()
    }

    func reset() throws {
        for (port, value): (String, UInt64) in [("rst", 1), ("load_tvalid", 0)] { try bench.set(port, value) }
        try step()
        try bench.set("rst", 0)
        results = []
    }

    /// Writes a register; gives the bus's answer.
    @discardableResult
    func write(_ offset: Int, _ value: UInt32, strobes: UInt64 = 15) throws -> Int {
        for (port, value): (String, UInt64) in [
            ("axi_awaddr", UInt64(offset)), ("axi_wdata", UInt64(value)), ("axi_wstrb", strobes), ("axi_awvalid", 1),
            ("axi_wvalid", 1), ("axi_bready", 1),
        ] {
            try bench.set(port, value)
        }
        try step()
        for port in ["axi_awvalid", "axi_wvalid"] { try bench.set(port, 0) }
        while try bench.get("axi_bvalid") == 0 { try step() }
        let response = Int(try bench.get("axi_bresp"))
        try step()
        return response
    }

    /// Reads a register: its word and the bus's answer.
    func read(_ offset: Int) throws -> (word: Int, response: Int) {
        for (port, value): (String, UInt64) in [
            ("axi_araddr", UInt64(offset)), ("axi_arvalid", 1), ("axi_rready", 1),
        ] {
            try bench.set(port, value)
        }
        try step()
        try bench.set("axi_arvalid", 0)
        while try bench.get("axi_rvalid") == 0 { try step() }
        let answer = (Int(try bench.get("axi_rdata")), Int(try bench.get("axi_rresp")))
        try step()
        return answer
    }

    func word(_ offset: Int) throws -> Int { try read(offset).word }

    /// Sends words as fast as they are taken.
    func send(_ words: [StreamWord]) throws {
        for word in words {
            try bench.set("load_tdata", UInt64(word.data))
            try bench.set("load_tlast", word.isLast ? 1 : 0)
            try bench.set("load_tvalid", 1)
            while try bench.get("load_tready") == 0 { try step() }
            try step()
        }
        try bench.set("load_tvalid", 0)
    }

    /// Waits until every packet has been taken in.
    func settle() throws { while try word(HostRegister.status) >> 2 & 1 == 1 {} }

    func load(_ mapping: NetworkMapping) throws {
        for packet in mapping.packets { try send(packet.words) }
        try settle()
    }

    /// Says what the results are.
    func configure(_ request: Golden.ResultStreamer.Request) throws {
        for (offset, value) in [
            (HostRegister.resultKind, request.codes ? 1 : 0), (HostRegister.resultBase, request.base),
            (HostRegister.resultCount, request.count), (HostRegister.resultWords, request.words),
        ] {
            try write(offset, UInt32(value))
        }
    }

    /// Starts a run and waits for its end; gives the words of its results.
    func run() throws -> [UInt32] {
        results = []
        try write(HostRegister.control, 1)
        while try word(HostRegister.status) & 1 == 1 {}
        return results.map(\.data)
    }
}
