import Engine
import Foundation
import Golden
import Network
import Testing
import Verification

/// Law: what the host does wrong gives its error, the layer that it concerns and an interrupt, and changes nothing: the next
/// packet is taken and the next image has its right result.
@Suite struct AcceleratorErrorTests {
    /// A loaded accelerator to which `act` does something wrong, after `rightPackets` that are not.
    private func expectError(
        _ error: Golden.HostError, layer: Int, rightPackets: Int = 0, _ act: (HostBench, HostNetwork) throws -> Void,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var host = try HostNetwork()
        let bench = try host.loadedBench()
        try bench.write(HostRegister.interruptEnable, 2)
        #expect(try bench.bench.get("interrupt_request") == 0, sourceLocation: sourceLocation)
        let packets = try bench.word(HostRegister.counter(.packets))
        try act(bench, host)
        try bench.settle()
        #expect(
            try bench.word(HostRegister.error) == error.rawValue | layer << 16, "\(error)",
            sourceLocation: sourceLocation)
        #expect(try bench.word(HostRegister.counter(.errors)) == 1, "\(error)", sourceLocation: sourceLocation)
        #expect(try bench.bench.get("interrupt_request") == 1, "\(error)", sourceLocation: sourceLocation)
        #expect(try bench.word(HostRegister.interruptPending) & 2 == 2, "\(error)", sourceLocation: sourceLocation)
        try bench.write(HostRegister.interruptPending, 2)
        #expect(try bench.bench.get("interrupt_request") == 0, "\(error)", sourceLocation: sourceLocation)
        #expect(
            try bench.word(HostRegister.counter(.packets)) == packets + rightPackets, "\(error)",
            sourceLocation: sourceLocation)

        // Nothing was changed, and all goes on.
        while try bench.word(HostRegister.status) & 1 == 1 {}
        let image = host.image()
        #expect(
            try host.run(image, on: bench) == host.network.infer(activations: image), "\(error)",
            sourceLocation: sourceLocation)
        #expect(try bench.word(HostRegister.counter(.errors)) == 1, "\(error)", sourceLocation: sourceLocation)
    }

    /// A packet that would overwrite the first rows of bank 1 if anything of it were stored.
    private var packet: HostPacket {
        HostPacket(.rows, bank: 1, layer: 2, base: 0, items: [[0xaaaa_aaaa], [0x5555_5555]])
    }

    @Test func unknownTarget() throws {
        for target in [0, 6, 9, 255] {
            try expectError(.unknownTarget, layer: 2) { bench, _ in
                var packet = self.packet
                packet.target = target
                try bench.send(packet.words)
            }
        }
    }

    @Test func outsideMemory() throws {
        // Bank, address and number of items; a bank has 86 rows.
        for (bank, base, count) in [(3, 0, 2), (1, 85, 2), (1, 86, 2), (1, 0xffff_ffff, 2), (1, 0, 0), (1, 0, 87)] {
            try expectError(.outsideMemory, layer: 2) { bench, _ in
                var packet = self.packet
                (packet.bank, packet.base, packet.count) = (bank, base, count)
                try bench.send(packet.words)
            }
        }
    }

    @Test func tooShort() throws {
        // In the header and behind it.
        for length in 1...3 {
            try expectError(.tooShort, layer: 2) { bench, _ in
                var words = Array(self.packet.words.prefix(length))
                words[length - 1].isLast = true
                try bench.send(words)
            }
        }
    }

    /// In an item: that one is not stored, those before are.
    @Test func tooShortInAnItem() throws {
        try expectError(.tooShort, layer: 0) { bench, host in
            let scales = host.mapping.channels[0..<2].map(\.words)
            var words = HostPacket(.channels, base: 0, items: scales + [[1, 2, 3]]).words
            words.removeLast()
            words[words.count - 1].isLast = true
            try bench.send(words)
        }
    }

    /// What comes behind the items that the header says is not stored.
    @Test func tooLong() throws {
        try expectError(.tooLong, layer: 0) { bench, host in
            var packet = HostPacket(.channels, base: 0, items: [host.mapping.channels[0].words])
            packet.data += [7, 7, 7, 7, 7, 7]
            try bench.send(packet.words)
        }
    }

    @Test func memoryInUse() throws {
        try expectError(.memoryInUse, layer: 2, rightPackets: 2) { bench, host in
            for packet in host.packets([UInt8](repeating: 1, count: 48)) { try bench.send(packet.words) }
            try bench.write(HostRegister.control, 1)
            try bench.settle()
            try bench.send(self.packet.words)
        }
    }

    @Test func startWhileBusy() throws {
        try expectError(.startWhileBusy, layer: 0) { bench, _ in
            try bench.write(HostRegister.control, 1)
            try bench.write(HostRegister.control, 1)
        }
    }

    @Test func resultOutsideMemory() throws {
        try expectError(.resultOutsideMemory, layer: 1) { bench, host in
            var request = host.mapping.resultRequest
            request.base = 14
            request.count = 4
            try bench.configure(request)
            let words = try bench.run()
            #expect(words.count == 4 && words[2...] == [0, 0])
            #expect(bench.results.map(\.isLast) == [false, false, false, true])
            try bench.configure(host.mapping.resultRequest)
        }
    }

    /// A sum beyond a narrow accumulator is not silent; the layer is that of the sum.
    @Test func saturated() throws {
        let host = try HostNetwork(accumulatorWidth: 12, bias: 2040)
        let bench = try host.loadedBench()
        try bench.write(HostRegister.interruptEnable, 2)
        let image = [UInt8](repeating: 7, count: 48)
        _ = try host.run(image, on: bench)
        #expect(try bench.word(HostRegister.error) == Golden.HostError.saturated.rawValue | 1 << 16)
        #expect(try bench.word(HostRegister.status) >> 4 & 1 == 1)
        #expect(try bench.bench.get("interrupt_request") == 1)
        try bench.write(HostRegister.control, 2)
        #expect(try bench.word(HostRegister.status) >> 4 & 1 == 0)
        #expect(try bench.word(HostRegister.error) == 0)
    }

    /// Every code stands in the table of docs/host.md under its name, with its number and what it means.
    @Test func everyCodeIsDocumented() throws {
        let text = try String(contentsOfFile: packageRoot + "/docs/host.md", encoding: .utf8)
        for error in Golden.HostError.allCases where error != .none {
            let line = text.split(separator: "\n").first { $0.hasPrefix("| \(error.rawValue) | `\(error)` | ") }
            #expect(line.map { $0.count > 40 } == true, "\(error)")
        }
        #expect(Golden.HostError.allCases.map { "\($0)" } == Engine.HostError.allCases.map { "\($0)" })
        #expect(Golden.PacketTarget.allCases.map { "\($0)" } == Engine.PacketTarget.allCases.map { "\($0)" })
        for target in Golden.PacketTarget.allCases {
            #expect(text.contains("| \(target.rawValue) | `\(target)` | "), "\(target)")
        }
    }
}
