import Engine
import Foundation
import Golden
import Network
import Testing
import Verification
import Verilog

/// Law: a driver that does what docs/host.md says gets its results, whatever happened before.
@Suite struct AcceleratorUseTests {
    @Test(arguments: [true, false]) func givesSumsAndCodes(givesSums: Bool) throws {
        var host = try HostNetwork(givesSums: givesSums)
        let bench = try host.loadedBench()
        for _ in 0..<3 {
            let image = host.image()
            #expect(try host.run(image, on: bench) == host.network.infer(activations: image))
            let lasts = bench.results.enumerated().filter { $0.element.isLast }.map(\.offset)
            #expect(lasts == [bench.results.count - 1])
        }
        #expect(try bench.word(HostRegister.counter(.images)) == 3)
        #expect(try bench.word(HostRegister.status) & 3 == 2, "done and not busy")
    }

    /// Identification and parameters as they were set.
    @Test func saysWhatItIs() throws {
        let host = try HostNetwork()
        let bench = try HostBench(host.engine)
        let expected = [
            0x00: 0x4857_474e, 0x04: 1, 0x08: 20 | 3 << 16 | 4 << 24, 0x0c: 86, 0x10: 4 | 3 << 8 | 2 << 16, 0x14: 40,
            0x18: 16, 0x1c: 80, 0x20: 16, 0x24: 3 | 32 << 16,
        ]
        for (offset, word) in expected { #expect(try bench.read(offset) == (word, 0), "\(offset)") }
    }

    /// A write to a register that is read only, or is not there, is refused and changes nothing; so is such a read.
    @Test func refusesBadAccesses() throws {
        var host = try HostNetwork()
        let bench = try host.loadedBench()
        let image = host.image()
        _ = try host.run(image, on: bench)
        let words = stride(from: 0, to: 0xa8, by: 4)
        let before = try words.map { try bench.read($0).word }
        let writable = [0x40, 0x48, 0x4c, 0x60, 0x64, 0x68, 0x6c]
        for offset in Array(words) + [0xa8, 0x100, 0x7fc, 0xffc] where !writable.contains(offset) {
            #expect(try bench.write(offset, 0xffff_ffff) == 2, "\(offset)")
        }
        for offset in [0x28, 0x3c, 0x54, 0x5c, 0x70, 0xa8, 0x100, 0xffc] {
            #expect(try bench.read(offset) == (0, 2), "\(offset)")
        }
        #expect(try words.map { try bench.read($0).word } == before)
        let other = host.image()
        #expect(try host.run(other, on: bench) == host.network.infer(activations: other))
    }

    /// A start that comes while a packet is under way waits for its end.
    @Test func aStartWaitsForThePacket() throws {
        var host = try HostNetwork()
        let bench = try host.loadedBench()
        let image = host.image()
        let words = host.packets(image).flatMap(\.words)
        try bench.send(Array(words.dropLast(2)))
        try bench.write(HostRegister.control, 1)
        for _ in 0..<300 { try bench.step() }
        #expect(try bench.word(HostRegister.status) & 0b1101 == 0b0101, "busy and receiving")
        #expect(try bench.word(HostRegister.counter(.cycles)) == 0)
        try bench.send(Array(words.suffix(2)))
        while try bench.word(HostRegister.status) & 1 == 1 {}
        #expect(host.mapping.result(of: bench.results.map(\.data)) == host.network.infer(activations: image))
        #expect(try bench.word(HostRegister.counter(.errors)) == 0)
    }

    /// A host that does not take results is waited for; the words stay as they are.
    @Test func waitsForTheHost() throws {
        var host = try HostNetwork()
        let bench = try host.loadedBench()
        let image = host.image()
        for packet in host.packets(image) { try bench.send(packet.words) }
        try bench.bench.set("results_tready", 0)
        try bench.write(HostRegister.control, 1)
        while try bench.bench.get("results_tvalid") == 0 { try bench.step() }
        let first = try bench.bench.get("results_tdata")
        for _ in 0..<50 {
            #expect(try bench.bench.get("results_tvalid") == 1 && bench.bench.get("results_tdata") == first)
            try bench.step()
        }
        #expect(try bench.word(HostRegister.status) & 0b1011 == 0b1001, "busy, sending, not done")
        #expect(try bench.word(HostRegister.counter(.resultStalls)) >= 50)
        try bench.bench.set("results_tready", 1)
        while try bench.word(HostRegister.status) & 1 == 1 {}
        #expect(host.mapping.result(of: bench.results.map(\.data)) == host.network.infer(activations: image))
    }

    /// After a reset in the middle of a layer, and of a packet, what was loaded is there.
    @Test func aResetLeavesTheMemories() throws {
        var host = try HostNetwork()
        let bench = try host.loadedBench()
        for cycles in [5, 60, 150, 300] {
            let image = host.image()
            for packet in host.packets(image) { try bench.send(packet.words) }
            try bench.write(HostRegister.control, 1)
            for _ in 0..<cycles { try bench.step() }
            try bench.reset()
            #expect(try bench.word(HostRegister.status) == 0)
            // The words of half a packet are lost.
            let words = host.packets(image)[0].words
            try bench.send(Array(words.prefix(words.count / 2)))
            try bench.reset()
            try bench.configure(host.mapping.resultRequest)
            #expect(try host.run(image, on: bench) == host.network.infer(activations: image), "\(cycles) cycles")
            #expect(try bench.word(HostRegister.counter(.errors)) == 0)
        }
    }

    /// Counters and the error are cleared by an order, the interrupt by writing ones.
    @Test func clears() throws {
        var host = try HostNetwork()
        let bench = try host.loadedBench()
        try bench.write(HostRegister.interruptEnable, 1)
        _ = try host.run(host.image(), on: bench)
        try bench.send([StreamWord(0, isLast: true)])
        try bench.settle()
        #expect(try bench.bench.get("interrupt_request") == 1)
        let counters: [Golden.Accelerator.Counter] = [.cycles, .senses, .images, .packets, .errors]
        for counter in counters { #expect(try bench.word(HostRegister.counter(counter)) > 0, "\(counter)") }
        #expect(try bench.word(HostRegister.interruptPending) == 3)
        try bench.write(HostRegister.control, 2)
        for counter in Golden.Accelerator.Counter.allCases {
            #expect(try bench.word(HostRegister.counter(counter)) == 0, "\(counter)")
        }
        #expect(try bench.word(HostRegister.error) == 0 && bench.word(HostRegister.status) == 2 << 16)
        #expect(try bench.bench.get("interrupt_request") == 1)
        try bench.write(HostRegister.interruptPending, 1)
        #expect(try bench.bench.get("interrupt_request") == 0 && bench.word(HostRegister.interruptPending) == 2)
    }

    /// The register map that the documents link to is the one that `hwgen emit accelerator` writes.
    @Test func registerMapIsCheckedIn() throws {
        let files = try AcceleratorPair.documents(of: Engine.Accelerator())
        let table = try #require(files.first { $0.name == "accelerator_registers.md" })
        let found = try String(contentsOfFile: packageRoot + "/docs/accelerator_registers.md", encoding: .utf8)
        #expect(
            found == String(decoding: table.bytes, as: UTF8.self),
            "accept with: hwgen emit accelerator -o DIR && cp DIR/accelerator_registers.md docs")
    }
}
