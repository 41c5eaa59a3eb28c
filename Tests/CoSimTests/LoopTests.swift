import Testing

@testable import CoSim

@Suite struct LoopTests {
    /// Records of `source` from its own model, the first `resets` cycles with port rst set.
    static func vectors(_ library: ModelLibrary, cycles: Int, seed: UInt64) throws -> (
        inputs: [UInt64], expected: [UInt64]
    ) {
        var random = SplitMix(state: seed)
        let inputs = random.records(library.inputs, cycles)
        return (inputs, try Model(library).run(inputs: inputs, cycles: cycles))
    }

    @Test(
        "the Swift loop and the loop in the library agree on good vectors", arguments: [Designs.echo, Designs.popcount])
    func agree(source: ModelSource) throws {
        let library = try Shared.library(source)
        let (inputs, expected) = try Self.vectors(library, cycles: 300, seed: 0x61)
        #expect(try PortPlan(Model(library)).run(inputs: inputs, expected: expected, cycles: 300) == nil)
        #expect(try Model(library).check(inputs: inputs, expected: expected, cycles: 300) == nil)
    }

    @Test(
        "every single flipped output bit is found by both loops at its cycle and port",
        arguments: [Designs.echo, Designs.popcount])
    func flippedBits(source: ModelSource) throws {
        let library = try Shared.library(source)
        let cycles = 3
        let (inputs, expected) = try Self.vectors(library, cycles: cycles, seed: 0x62)
        for slot in library.outputs.slots {
            for bit in Set([0, slot.port.width / 2, slot.port.width - 1]) {
                var wrong = expected
                wrong[library.outputs.words + slot.word + bit / 64] ^= 1 << UInt64(bit % 64)
                let found = Mismatch(cycle: 1, port: slot.index)
                #expect(try PortPlan(Model(library)).run(inputs: inputs, expected: wrong, cycles: cycles) == found)
                #expect(try Model(library).check(inputs: inputs, expected: wrong, cycles: cycles) == found)
            }
        }
    }

    @Test("driving a record sets every input to its words")
    func drive() throws {
        let library = try Shared.library(Designs.echo)
        let model = try Model(library)
        let plan = try PortPlan(model)
        var random = SplitMix(state: 0x63)
        for _ in 0..<20 {
            let record = random.records(library.inputs, 1)
            record.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { plan.drive($0) } }
            for slot in library.inputs.slots {
                let expected = Array(record[slot.word..<slot.word + slot.port.recordWords])
                #expect(try model.words(of: slot.port.name) == expected, "\(slot.port.name), seed 0x63")
            }
        }
    }

    @Test(
        "ports side by side in storage move together and still keep their own bits, at any number of them",
        arguments: [1, 3, 4, 7, 8, 13, 21])
    func packedBytes(count: Int) throws {
        var ports: [PortDescription] = (0..<count).map { .input("i\($0)", 1 + $0 % 8) }
        ports += (0..<count).map { .output("o\($0)", 1 + $0 % 8) }
        let body = (0..<count).map { "  assign o\($0) = ~i\($0);\n" }.joined()
        let source = Designs.source(
            "bytes\(count)", ports, "module bytes\(count)(\n\(Designs.declarations(ports)));\n\(body)endmodule\n")
        let library = try Shared.library(source)
        let (inputs, expected) = try Self.vectors(library, cycles: 40, seed: 0x64)
        for (i, (a, b)) in zip(inputs, expected).enumerated() {
            #expect(b == ~a & ((1 << UInt64(1 + (i % count) % 8)) - 1), "record word \(i)")
        }
        #expect(try PortPlan(Model(library)).run(inputs: inputs, expected: expected, cycles: 40) == nil)
        for word in 0..<count {
            var wrong = expected
            wrong[word] ^= 1
            let found = try PortPlan(Model(library)).run(inputs: inputs, expected: wrong, cycles: 40)
            #expect(found == Mismatch(cycle: 0, port: count + word))
        }
    }

    @Test("a run stops after the cycle in which the watched output is set")
    func stop() throws {
        let model = try Shared.model(Designs.counter)
        try model.setWords(of: "enable", to: [1])
        let records = try model.run(inputs: nil, cycles: 100, stop: (port: "count", mask: 4))
        #expect(records == [0, 1, 2, 3, 4])
        #expect(model.cycle == 5)
        try model.cycles(7)
        #expect(try model.words(of: "count") == [12])
    }

    @Test("short records are refused, not read beyond")
    func shortRecords() throws {
        let model = try Shared.model(Designs.counter)
        let plan = try PortPlan(model)
        #expect(
            message { _ = try plan.run(inputs: [1, 2, 3], expected: [0, 0], cycles: 2) }
                == "the input records hold 3 words, 4 are needed")
        #expect(
            message { _ = try model.check(inputs: [1, 2, 3, 4], expected: [0], cycles: 2) }
                == "the expected records hold 1 words, 2 are needed")
    }

    @Test("stepping with slot records and running packed vectors are the same, at random widths", arguments: 0..<4)
    func slotAndPacked(design: Int) throws {
        let seed = 0x67 + UInt64(design)
        let cycles = 60
        let library = try Shared.library(Designs.randomEcho("random\(design)", seed: seed))
        let (inputs, expected) = try Self.vectors(library, cycles: cycles, seed: seed)
        let plan = try PortPlan(Model(library))
        for cycle in 0..<cycles {
            let record = Array(inputs[(cycle * library.inputs.words)...].prefix(library.inputs.words))
            let wanted = Array(expected[(cycle * library.outputs.words)...].prefix(library.outputs.words))
            plan.drive(record)
            try plan.model.settle()
            #expect(plan.compare(wanted) == nil, "cycle \(cycle), seed \(seed)")
            try plan.model.edge()
        }
        let good = try library.prepare(inputs: inputs, expected: expected, cycles: cycles)
        #expect(try PortPlan(Model(library)).run(good) == nil, "seed \(seed)")
        #expect(try Model(library).check(good) == nil, "seed \(seed)")
        for slot in library.outputs.slots {
            var wrong = expected
            let bit = slot.port.width - 1
            wrong[41 * library.outputs.words + slot.word + bit / 64] ^= 1 << UInt64(bit % 64)
            let bad = try library.prepare(inputs: inputs, expected: wrong, cycles: cycles)
            let found = Mismatch(cycle: 41, port: slot.index)
            #expect(try PortPlan(Model(library)).run(bad) == found, "\(slot.port.name), seed \(seed)")
            #expect(try Model(library).check(bad) == found, "\(slot.port.name), seed \(seed)")
        }
    }

    @Test("a range of cycles goes on where the one before ended, in both loops")
    func ranges() throws {
        let library = try Shared.library(Designs.popcount)
        let (inputs, right) = try Self.vectors(library, cycles: 50, seed: 0x68)
        var expected = right
        expected[30 * library.outputs.words] ^= 1
        let vectors = try library.prepare(inputs: inputs, expected: expected, cycles: 50)
        let found = Mismatch(cycle: 30, port: library.outputs.slots[0].index)
        let plan = try PortPlan(Model(library))
        #expect(try plan.run(vectors, cycles: 0..<20) == nil)
        #expect(try plan.run(vectors, cycles: 20..<99) == found)
        let model = try Model(library)
        #expect(try model.check(vectors, cycles: 0..<20) == nil)
        #expect(try model.check(vectors, cycles: 20..<99) == found)
        #expect(plan.model.cycle == 30 && model.cycle == 30)
        #expect(try model.check(vectors, cycles: 60..<70) == nil)
    }

    @Test("packed records hold ports class by class, in declaration order within a class, without gaps")
    func packedPlaces() {
        let layout = RecordLayout(Designs.popcount.ports, .input)
        // tag; row, plane0, plane1; mode; rst, valid, negative, shift
        #expect(layout.slots.map(\.packedOffset) == [106, 107, 108, 109, 8, 40, 72, 0, 104])
        #expect(layout.packedWords == 14)
        #expect(RecordLayout([.clock("clk")], .input).packedWords == 0)
    }

    @Test("packed records hold what slot records hold, whatever the widths")
    func packing() {
        for seed: UInt64 in 1...50 {
            var random = SplitMix(state: seed)
            let ports = (0..<Int(1 + random.next() % 30)).map {
                PortDescription.input("p\($0)", Int(1 + random.next() % 200))
            }
            let layout = RecordLayout(ports, .input)
            let records = random.records(layout, 5)
            let packed = layout.pack(records, count: 5)
            #expect(packed.count == 5 * layout.packedWords)
            #expect(layout.unpack(packed, count: 5) == records, "seed \(seed)")
            let places = layout.slots.sorted { $0.packedOffset < $1.packedOffset }
            for (slot, next) in zip(places, places.dropFirst()) {
                #expect(slot.packedOffset + slot.port.storageBytes <= next.packedOffset, "seed \(seed)")
            }
            for slot in layout.slots {
                let alignment = slot.port.storageBytes > 8 ? 4 : slot.port.storageBytes
                #expect(slot.packedOffset % alignment == 0, "seed \(seed)")
            }
        }
    }

    @Test("vectors of another library are refused")
    func otherLibrary() throws {
        let library = try Shared.library(Designs.counter)
        let (inputs, expected) = try Self.vectors(library, cycles: 3, seed: 0x67)
        let vectors = try library.prepare(inputs: inputs, expected: expected, cycles: 3)
        let other = try Shared.model(Designs.popcount)
        let text = message { _ = try other.check(vectors) }
        #expect(
            text?.hasPrefix("the vectors were prepared for the library \(library.key.prefix(12))…, not for ") == true)
    }

    @Test("the benchmark runs both loops on the same vectors and finds them right")
    func benchmark() throws {
        let library = try Shared.library(Designs.popcount)
        let (inputs, expected) = try Self.vectors(library, cycles: 2000, seed: 0x65)
        let vectors = try library.prepare(inputs: inputs, expected: expected, cycles: 2000)
        let result = try LoopBenchmark.measure(library, vectors, repeats: 3)
        #expect(result.mismatch == nil)
        #expect(result.cycles == 1500)
        #expect(result.ratio.smallest <= result.ratio.median && result.ratio.median <= result.ratio.largest)
        #expect(LoopBenchmark.Spread([4, 1, 3, 2]).median == 2.5)
        #expect(LoopBenchmark.Spread([3, 1, 2]).median == 2)
    }

    @Test("the benchmark resets each model, and tells a difference also in the cycles that warm up")
    func benchmarkReset() throws {
        let library = try Shared.library(Designs.counter)
        let inputs: [UInt64] = (0..<1000).flatMap { _ in [0, 1] }
        // Two cycles with `enable` on and the reset off: vectors that start at 2.
        var expected = (2..<1002).map { UInt64($0) }
        let good = try library.prepare(inputs: inputs, expected: expected, cycles: 1000)
        #expect(try LoopBenchmark.measure(library, reset: [0, 1], good, repeats: 2).mismatch == nil)
        #expect(
            try LoopBenchmark.measure(library, good, repeats: 1).mismatch
                == Mismatch(cycle: 0, port: library.outputs.slots[0].index))
        expected[700] ^= 1
        let bad = try library.prepare(inputs: inputs, expected: expected, cycles: 1000)
        #expect(
            try LoopBenchmark.measure(library, reset: [0, 1], bad, repeats: 1).mismatch
                == Mismatch(cycle: 700, port: library.outputs.slots[0].index))
    }

    @Test("two models of one library in two threads do not meet")
    func threads() async throws {
        let library = try Shared.library(Designs.popcount)
        let (inputs, expected) = try Self.vectors(library, cycles: 5000, seed: 0x66)
        try await withThrowingTaskGroup(of: Mismatch?.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try PortPlan(Model(library)).run(inputs: inputs, expected: expected, cycles: 5000)
                }
            }
            for try await found in group { #expect(found == nil) }
        }
    }
}
