import BitVectors
import Components
import Simulation

/// What a manager asks of a subordinate.
enum BusRequest: Sendable {
    case write(address: Int, data: BitVector, strobes: BitVector)
    case read(address: Int)
}

/// Drives an AXI4-Lite bus of a simulated module: each channel at its own random pace, so that address and data of a
/// write come in either order and responses wait.
struct AXI4LiteManager {
    private var addresses, data, reads: StreamSource
    private var writeResponses, readResponses: StreamSink
    /// Cycles that the manager has run.
    private(set) var cycles = 0

    /// - Parameter percents: how eager the channels aw, w, ar, b and r are.
    init(_ requests: [BusRequest], dataWidth: Int, addressWidth: Int, percents: [Int]) {
        var (writes, strobed, read): ([Item], [Item], [Item]) = ([], [], [])
        for request in requests {
            switch request {
            case .write(let address, let data, let strobes):
                writes.append(["addr": BitVector(address, width: addressWidth), "prot": BitVector(2, width: 3)])
                strobed.append(["data": data, "strb": strobes])
            case .read(let address):
                read.append(["addr": BitVector(address, width: addressWidth), "prot": BitVector(0, width: 3)])
            }
        }
        addresses = StreamSource("axi_aw", percent: percents[0], items: writes, separator: "")
        data = StreamSource("axi_w", percent: percents[1], items: strobed, separator: "")
        reads = StreamSource("axi_ar", percent: percents[2], items: read, separator: "")
        writeResponses = StreamSink("axi_b", percent: percents[3], fields: ["resp"], separator: "")
        readResponses = StreamSink("axi_r", percent: percents[4], fields: ["data", "resp"], separator: "")
    }

    var sentWrites: Int { min(addresses.sent.count, data.sent.count) }
    var sentReads: Int { reads.sent.count }
    var written: [Item] { writeResponses.received }
    var read: [Item] { readResponses.received }
    var isDone: Bool {
        addresses.isDone && data.isDone && reads.isDone && written.count == sentWrites && read.count == sentReads
    }

    /// Has one cycle.
    mutating func step(_ simulator: Simulator, _ random: inout RandomSource) {
        addresses.drive(simulator, &random)
        data.drive(simulator, &random)
        reads.drive(simulator, &random)
        writeResponses.drive(simulator, &random)
        readResponses.drive(simulator, &random)
        addresses.sample(simulator)
        data.sample(simulator)
        reads.sample(simulator)
        writeResponses.sample(simulator)
        readResponses.sample(simulator)
        simulator.step()
        cycles += 1
    }

    /// Runs until every request is answered.
    mutating func run(_ simulator: Simulator, _ random: inout RandomSource) {
        while !isDone, cycles < 20_000 { step(simulator, &random) }
    }
}
