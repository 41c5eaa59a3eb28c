import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: each whole item of a packet whose header is right is stored once, in order, at its address, and nothing else is; a
/// packet with a fault gives its error once and is taken to its end.
@Suite struct PacketReceiverTests {
    @Test(arguments: [(2, 4, 4, 4), (1, 1, 1, 1), (16, 3, 3, 16)])
    func agreesWithItsTwin(rowWords: Int, activationWords: Int, banks: Int, activationBanks: Int) throws {
        try expectAgreement(
            PacketReceiverPair.self,
            with {
                $0.rowWords = rowWords
                $0.activationWords = activationWords
                $0.banks = banks
                $0.activationBanks = activationBanks
                if banks == 3 { ($0.bankRows, $0.entries, $0.channels, $0.depth) = (7, 5, 3, 9) }
            })
    }

    /// What is to be stored of one item: target, bank, address, then its words.
    private typealias Store = [Int]

    /// What a packet does, by its whole text at once.
    private static func meaning(_ words: [Int], busy: Bool) -> (stores: [Store], error: Golden.HostError) {
        // Of each target: banks, items of a bank, words of an item.
        let memories = [1: (4, 256, 2), 2: (1, 512, 1), 3: (1, 64, 3), 4: (1, 576, 1), 5: (4, 256, 4)]
        let (target, bank) = (words[0] & 255, words[0] >> 8 & 255)
        guard let (banks, depth, size) = memories[target] else { return ([], .unknownTarget) }
        if busy { return ([], .memoryInUse) }
        if bank >= banks { return ([], .outsideMemory) }
        if words.count < 3 { return ([], .tooShort) }
        let (base, count) = (words[1], words[2])
        if count == 0 || base + count > depth { return ([], .outsideMemory) }
        let data = words.dropFirst(3)
        let stores = (0..<min(count, data.count / size)).map { item in
            [target, bank, base + item] + data[(3 + item * size)..<(3 + (item + 1) * size)]
        }
        return (stores, data.count < count * size ? .tooShort : data.count > count * size ? .tooLong : .none)
    }

    /// The law on the RTL: packets of random words, whose headers are right, nearly right or anything.
    @Test func storesWhatPacketsSay() throws {
        let seed: UInt64 = 91
        var random = KeyedStream(seed: seed, stream: 6)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let bench = try Bench(PacketReceiverPair.self, Engine.PacketReceiver())
        var found: [Golden.HostError: Int] = [:]
        for number in 0..<400 {
            let target = below(7)
            let base = [0, below(600), below(600), below(1 << 31)][below(4)]
            let count = [1, below(4), below(9), below(300)][below(4)]
            let size = [1, 2, 1, 3, 1, 4, 1][target]
            let right = 3 + count * size
            let length = [right, right, right, 1 + below(right + 6)][below(4)]
            var words = [target | below(below(2) == 0 ? 1 : 5) << 8 | number << 16, base, count]
            words += (0..<max(0, length - 3)).map { _ in Int(random.nextUInt32()) }
            words = Array(words.prefix(max(1, length)))
            let isBusy = below(8) == 0
            try bench.set("busy", isBusy ? 1 : 0)
            let (stores, error) = Self.meaning(words, busy: isBusy)
            var seen: (stores: [Store], errors: [Int], packets: Int) = ([], [], 0)
            var sent = 0
            var restless = 0
            while restless < 4 {
                let offers = sent < words.count && below(3) > 0
                try bench.set("stream_tvalid", offers ? 1 : 0)
                try bench.set("stream_tdata", UInt64(words[min(sent, words.count - 1)]))
                try bench.set("stream_tlast", sent == words.count - 1 ? 1 : 0)
                let isReady = below(3) > 0
                try bench.set("item_ready", isReady ? 1 : 0)
                if isReady, try bench.get("item_valid") == 1 {
                    let place = try ["item_target", "item_bank", "item_address"].map { Int(try bench.get($0)) }
                    let data = try bench.words("item_data").flatMap { [Int($0 & 0xffff_ffff), Int($0 >> 32)] }
                    seen.stores.append(place + data.prefix(size))
                }
                if try bench.get("error") == 1 {
                    seen.errors += [Int(try bench.get("error_code")), Int(try bench.get("error_layer"))]
                }
                seen.packets += Int(try bench.get("packet_done"))
                let isTaken = try offers && bench.get("stream_tready") == 1
                let isReceiving = try bench.get("receiving") == 1
                try bench.step()
                if isTaken { sent += 1 }
                restless = sent == words.count && !isReceiving ? restless + 1 : 0
            }
            let place = "seed \(seed), packet \(number): \(words.prefix(3)), \(words.count) words, busy \(isBusy)"
            #expect(seen.stores == stores, "\(place)")
            #expect(seen.errors == (error == .none ? [] : [error.rawValue, number]), "\(place)")
            #expect(seen.packets == (error == .none ? 1 : 0), "\(place)")
            found[error, default: 0] += 1
        }
        for error in [Golden.HostError.none, .unknownTarget, .outsideMemory, .tooShort, .tooLong, .memoryInUse] {
            #expect(found[error, default: 0] >= 5, "\(error): \(found)")
        }
    }

    /// A word in every cycle as long as items are taken at once.
    @Test func takesAWordInEveryCycle() throws {
        let bench = try Bench(PacketReceiverPair.self, Engine.PacketReceiver())
        try bench.set("item_ready", 1)
        try bench.set("stream_tvalid", 1)
        let items = (0..<40).map { [UInt32($0), UInt32(2 * $0)] }
        var stored = 0
        for word in HostPacket(.rows, bank: 3, base: 7, items: items).words {
            try bench.set("stream_tdata", UInt64(word.data))
            try bench.set("stream_tlast", word.isLast ? 1 : 0)
            #expect(try bench.get("stream_tready") == 1)
            stored += Int(try bench.get("item_valid"))
            try bench.step()
        }
        #expect(try stored + Int(bench.get("item_valid")) == 40)
    }
}
