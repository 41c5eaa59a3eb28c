import BitVectors
import Simulation
import Testing

/// The values of an item's signals, by their names in the stream.
typealias Item = [String: BitVector]

extension Item {
    static func word(_ value: BitVector) -> Item { ["payload": value] }
}

/// Offers items to an input of a simulated module, and noise between them.
struct StreamSource {
    let port: String
    let percent: Int
    var waiting: [Item]
    private var offered: Item?
    /// Items that have gone over.
    private(set) var sent: [Item] = []

    /// - Parameter separator: between the port's name and those of its signals.
    init(_ port: String, percent: Int, items: [Item], separator: String = "_") {
        self.port = port + separator
        self.percent = percent
        waiting = items.reversed()
    }

    var isDone: Bool { waiting.isEmpty && offered == nil }

    /// Sets the signals for the coming edge.
    mutating func drive(_ simulator: Simulator, _ random: inout RandomSource) {
        if offered == nil, random.chance(percent) { offered = waiting.popLast() }
        simulator.set("\(port)valid", offered == nil ? 0 : 1)
        guard let names = (offered ?? sent.last ?? waiting.last)?.keys.sorted() else { return }
        for name in names {
            let width = (offered ?? sent.last ?? waiting.last)?[name]?.width ?? 1
            simulator.set("\(port)\(name)", offered?[name] ?? random.word(width))
        }
    }

    /// Looks whether the item goes over at the coming edge, once all inputs are set.
    mutating func sample(_ simulator: Simulator) {
        guard let item = offered, simulator.get("\(port)ready").reduceOr else { return }
        sent.append(item)
        offered = nil
    }
}

/// Takes items from an output of a simulated module.
struct StreamSink {
    let port: String
    let percent: Int
    let fields: [String]
    private(set) var received: [Item] = []
    private var isReady = false

    /// - Parameter separator: between the port's name and those of its signals.
    init(_ port: String, percent: Int, fields: [String] = ["payload"], separator: String = "_") {
        self.port = port + separator
        self.percent = percent
        self.fields = fields
    }

    mutating func drive(_ simulator: Simulator, _ random: inout RandomSource) {
        // Whether an item is offered must not depend on whether it will be taken.
        simulator.set("\(port)ready", 0)
        let whileNotReady = simulator.get("\(port)valid")
        simulator.set("\(port)ready", 1)
        let whileReady = simulator.get("\(port)valid")
        #expect(whileNotReady == whileReady, "\(port) offers items by \(port)ready")
        isReady = random.chance(percent)
        simulator.set("\(port)ready", isReady ? 1 : 0)
    }

    mutating func sample(_ simulator: Simulator) {
        guard isReady, simulator.get("\(port)valid").reduceOr else { return }
        received.append(Item(uniqueKeysWithValues: fields.map { ($0, simulator.get("\(port)\($0)")) }))
    }
}

/// A simulated module between sources and sinks of one clock.
struct StreamBench {
    let simulator: Simulator
    var random: RandomSource
    var sources: [StreamSource]
    var sinks: [StreamSink]
    private(set) var cycles = 0

    init(_ simulator: Simulator, seed: UInt64, sources: [StreamSource], sinks: [StreamSink]) {
        self.simulator = simulator
        random = RandomSource(seed: seed)
        self.sources = sources
        self.sinks = sinks
    }

    var received: Int { sinks.reduce(0) { $0 + $1.received.count } }

    /// Sets all inputs for the coming edge.
    mutating func drive() {
        for index in sources.indices { sources[index].drive(simulator, &random) }
        for index in sinks.indices { sinks[index].drive(simulator, &random) }
    }

    /// Has the edge.
    mutating func step() {
        for index in sources.indices { sources[index].sample(simulator) }
        for index in sinks.indices { sinks[index].sample(simulator) }
        simulator.step()
        cycles += 1
    }

    /// Runs until so many items have come out, and then a while longer, in which no more must come.
    mutating func run(until count: Int, limit: Int) -> Int {
        while received < count, cycles < limit {
            drive()
            step()
        }
        let needed = cycles
        for _ in 0..<50 {
            drive()
            step()
        }
        #expect(simulator.failures.map(\.description) == [])
        return needed
    }
}
