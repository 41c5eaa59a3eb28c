public import Golden

/// A packet by which a host loads the accelerator.
public struct HostPacket: Hashable, Sendable {
    /// A code of `PacketTarget`, or none of them.
    public var target: Int
    public var bank: Int
    /// The layer that the packet belongs to, for its errors.
    public var layer: Int
    public var base: Int
    /// Items as the header has it.
    public var count: Int
    /// The words of all items.
    public var data: [UInt32]

    /// - Parameter items: the words of each item.
    public init(_ target: PacketTarget, bank: Int = 0, layer: Int = 0, base: Int, items: [[UInt32]]) {
        self.target = target.rawValue
        self.bank = bank
        self.layer = layer
        self.base = base
        count = items.count
        data = items.flatMap(\.self)
    }

    /// Header and data, TLAST on the last one.
    public var words: [StreamWord] {
        let first = UInt32(target & 0xff) | UInt32(bank & 0xff) << 8 | UInt32(layer & 0xffff) << 16
        let words = [first, UInt32(truncatingIfNeeded: base), UInt32(truncatingIfNeeded: count)] + data
        return words.enumerated().map { StreamWord($1, isLast: $0 == words.count - 1) }
    }
}

extension RowListController.Entry {
    /// The entry's word in a packet.
    public var word: UInt32 {
        UInt32(rows) | UInt32(chunk) << 16 | (isLastOfFilter ? 1 << 30 : 0) | (isLast ? 1 << 31 : 0)
    }
}

extension NetworkEngine.ChannelScale {
    /// The channel's words in a packet.
    public var words: [UInt32] {
        [UInt32(bitPattern: bias), UInt32(bitPattern: multiplier), UInt32(shift & 63)]
    }
}

extension NetworkMapping {
    /// The packets that load a network, layer by layer.
    public var packets: [HostPacket] {
        var packets: [HostPacket] = []
        var stored = 0
        let weighted = layers.indices.filter { layers[$0].storedRows > 0 }
        for layer in descriptors.indices {
            let descriptor = descriptors[layer]
            if let place = weighted.firstIndex(of: layer) {
                let next = place + 1 < weighted.count ? descriptors[weighted[place + 1]] : nil
                packets += rowPackets(layer: layer, rows[stored..<stored + layers[layer].storedRows])
                stored += layers[layer].storedRows
                let (list, channel) = (descriptor[.listBase], descriptor[.channelBase])
                packets.append(
                    HostPacket(
                        .list, layer: layer, base: list,
                        items: entries[list..<(next?[.listBase] ?? entries.count)].map { [$0.word] }))
                packets.append(
                    HostPacket(
                        .channels, layer: layer, base: channel,
                        items: channels[channel..<(next?[.channelBase] ?? channels.count)].map(\.words)))
            }
            packets.append(
                HostPacket(
                    .descriptors, layer: layer, base: layer * DescriptorField.stride,
                    items: descriptor.words.map { [$0] }))
        }
        return packets
    }

    /// A packet a bank: a layer's rows lie side by side in each.
    private func rowPackets(layer: Int, _ rows: ArraySlice<StoredRow>) -> [HostPacket] {
        (0..<parameters.banks).compactMap { bank in
            let mine = rows.filter { $0.bank == bank }
            guard let base = mine.first?.address else { return nil }
            let items = mine.map { row in
                (0..<(parameters.columns + 31) / 32).map {
                    UInt32(truncatingIfNeeded: row.cells[$0 / 2] >> UInt64($0 % 2 * 32))
                }
            }
            return HostPacket(.rows, bank: bank, layer: layer, base: base, items: items)
        }
    }

    /// The packets that load words of activations: one for each bank.
    public func packets(of words: [(bank: Int, address: Int, word: CodeWord)]) -> [HostPacket] {
        (0..<parameters.pixelLanes).compactMap { bank in
            let mine = words.filter { $0.bank == bank }
            guard let base = mine.first?.address else { return nil }
            let items = mine.map {
                $0.word.words(count: parameters.wordCodes, bits: parameters.window.activationBits)
            }
            return HostPacket(.activations, bank: bank, base: base, items: items)
        }
    }

    /// What the registers of the accelerator say of the network's results.
    public var resultRequest: ResultStreamer.Request {
        var request = ResultStreamer.Request()
        let last = descriptors[descriptors.count - 2]
        request.codes = !givesSums
        request.base = givesSums ? last[.channelBase] : last[.outputBase]
        request.count = givesSums ? resultCount : last[.outputPixels]
        request.words = givesSums ? 1 : (resultChannels + parameters.wordCodes - 1) / parameters.wordCodes
        return request
    }

    private var resultChannels: Int { resultCount / descriptors[descriptors.count - 2][.outputPixels] }

    /// The numbers of the result in the words that the accelerator sends.
    public func result(of words: [UInt32]) -> [Int32] {
        if givesSums { return words.map { Int32(bitPattern: $0) } }
        let (codes, bits) = (parameters.wordCodes, parameters.window.activationBits)
        let wordParts = (codes * bits + 31) / 32
        let pixelWords = resultRequest.words
        return (0..<resultCount).map { index in
            let (pixel, channel) = (index / resultChannels, index % resultChannels)
            let first = (pixel * pixelWords + channel / codes) * wordParts
            // A code may lie in two words.
            let place = channel % codes * bits
            let low = UInt64(words[first + place / 32])
            let high = place / 32 + 1 < wordParts ? UInt64(words[first + place / 32 + 1]) << 32 : 0
            return Int32((high | low) >> UInt64(place % 32) & (1 << UInt64(bits) - 1))
        }
    }
}
