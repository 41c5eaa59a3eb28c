import BitVectors
import Simulation

/// A memory for instructions and one for data, which let the core wait at random, and watch that it keeps to the rules
/// of the buses.
final class WaitingMemories {
    struct BrokenRule: Error { let what: String }

    private let program: [UInt32]
    private let start: UInt32
    /// The bytes that are not zero.
    private(set) var data: [UInt32: UInt8]
    private let longestWait: Int
    private var random: SplitMix
    private var wait = 0
    /// The request that waits: its address, strobes and data.
    private var pending: [UInt32]?
    /// Whether the core asked for something in the last cycle that was served.
    private(set) var isAsked = false

    init(
        _ program: [UInt32], at start: UInt32, data: [UInt32: UInt8], longestWait: Int, random: SplitMix
    ) {
        self.program = program
        self.start = start
        self.data = data
        self.longestWait = longestWait
        self.random = random
    }

    /// Sets the inputs of a cycle, and settles it.
    /// - Returns: The bytes that are written.
    func serve(_ simulator: Simulator) throws(BrokenRule) -> [RV32IModel.Store] {
        func word(_ name: String) -> UInt32 { UInt32(simulator.get(name).words[0]) }
        // A memory that is not ready, and one that writes, show anything.
        simulator.set("fetch_ready", 0)
        simulator.set("data_ready", 0)
        simulator.set("fetch_instruction", Int(UInt32.random(in: 0 ... .max, using: &random)))
        simulator.set("data_read_data", Int(UInt32.random(in: 0 ... .max, using: &random)))
        simulator.settle()
        let isFetch = word("fetch_valid") == 1
        let isTransfer = word("data_valid") == 1
        isAsked = isFetch || isTransfer
        if isFetch && isTransfer { throw BrokenRule(what: "both buses ask") }
        let names = isFetch ? ["fetch_address"] : ["data_address", "data_write_strobes", "data_write_data"]
        let request = isAsked ? names.map(word) : []
        if let pending, request != pending { throw BrokenRule(what: "request \(request) was \(pending)") }
        if isAsked, request[0] % 4 != 0 { throw BrokenRule(what: "address \(request[0])") }
        // A memory that is not asked may be ready, or not.
        if !isFetch { simulator.set("fetch_ready", random.once(in: 2) ? 1 : 0) }
        if !isTransfer { simulator.set("data_ready", random.once(in: 2) ? 1 : 0) }

        if pending == nil { wait = .random(in: 0...longestWait, using: &random) }
        pending = nil
        var stores: [RV32IModel.Store] = []
        if isAsked, wait > 0 {
            wait -= 1
            pending = request
        } else if isFetch {
            let index = Int(request[0] &- start) / 4
            simulator.set("fetch_instruction", index < program.count ? Int(program[index]) : 0)
            simulator.set("fetch_ready", 1)
        } else if isTransfer {
            stores = (0..<4).filter { request[1] >> $0 & 1 == 1 }.map {
                RV32IModel.Store(
                    address: request[0] &+ $0, byte: UInt8(truncatingIfNeeded: request[2] >> (8 * $0)))
            }
            if stores.isEmpty {
                let bytes = (0..<4).map { UInt32(data[request[0] &+ $0] ?? 0) << (8 * $0) }
                simulator.set("data_read_data", Int(bytes.reduce(0, |)))
            }
            simulator.set("data_ready", 1)
        }
        for store in stores { data[store.address] = store.byte }
        simulator.settle()
        if (word("fetch_valid") == 1) != isFetch || (word("data_valid") == 1) != isTransfer {
            throw BrokenRule(what: "a request depends on what is ready")
        }
        return stores
    }
}
