import Testing

@testable import CoSim

@Suite struct PortTests {
    @Test("random values come back at once inverted and a cycle later unchanged, at every storage class")
    func roundTrip() throws {
        let seed: UInt64 = 0x51
        var random = SplitMix(state: seed)
        let model = try Shared.model(Designs.echo)
        for _ in 0..<50 {
            var values: [Int: [UInt64]] = [:]
            for w in Designs.widths {
                let value = random.words(w)
                values[w] = value
                try model.setWords(of: "a__\(w)", to: value)
            }
            try model.settle()
            for w in Designs.widths {
                let value = try #require(values[w])
                #expect(try model.words(of: "n\(w)") == inverted(value, w), "width \(w), seed \(seed)")
            }
            try model.edge()
            for w in Designs.widths {
                #expect(try model.words(of: "q\(w)") == values[w], "width \(w), seed \(seed)")
            }
        }
    }

    @Test("typed and wide ports read and write their own bits only")
    func typedPorts() throws {
        let seed: UInt64 = 0x52
        var random = SplitMix(state: seed)
        let model = try Shared.model(Designs.echo)
        let a8: Port<UInt8> = try model.port("a__8")
        let a9: Port<UInt16> = try model.port("a__9")
        let a32: Port<UInt32> = try model.port("a__32")
        let a64: Port<UInt64> = try model.port("a__64")
        let n8: Port<UInt8> = try model.port("n8")
        let wide = try [65, 95, 96, 97, 127, 128, 129, 300].map { (width: $0, port: try model.widePort("a__\($0)")) }
        for _ in 0..<50 {
            // From both ends, so that a write that reaches into a neighbour is seen.
            let values = wide.map { random.words($0.width) }
            let order = random.next() & 1 == 0 ? Array(wide.indices) : Array(wide.indices.reversed())
            for i in order { wide[i].port.words = values[i] }
            a8.value = UInt8(truncatingIfNeeded: random.next())
            a9.value = UInt16(random.next() & 0x1ff)
            a32.value = UInt32(truncatingIfNeeded: random.next())
            a64.value = random.next()
            try model.settle()
            #expect(n8.value == ~a8.value)
            #expect(try model.words(of: "n9") == [UInt64(~a9.value & 0x1ff)])
            #expect(try model.words(of: "n32") == [UInt64(~a32.value)])
            #expect(try model.words(of: "n64") == [~a64.value])
            for (i, w) in wide.enumerated() {
                #expect(w.port.words == values[i], "width \(w.width), seed \(seed)")
                #expect(
                    try model.words(of: "n\(w.width)") == inverted(values[i], w.width), "width \(w.width), seed \(seed)"
                )
            }
        }
    }

    @Test("a name or type that is wrong is told with the right one")
    func wrongNames() throws {
        let model = try Shared.model(Designs.counter)
        #expect(
            message { let _: Port<UInt16> = try model.port("cuont") }
                == "'counter' has no port 'cuont'; the nearest name is 'count'")
        #expect(message { _ = try model.words(of: "something_else") } == "'counter' has no port 'something_else'")
        #expect(
            message { let _: Port<UInt8> = try model.port("count") }
                == "port 'count' of 'counter' has 16 bits and cannot be used as Port<UInt8>; use Port<UInt16>")
        #expect(
            message { _ = try model.widePort("count") }
                == "port 'count' of 'counter' has 16 bits and cannot be used as WidePort; use Port<UInt16>")
    }

    @Test("slot records hold ports in declaration order, each in whole words")
    func recordLayout() {
        let layout = RecordLayout(Designs.popcount.ports, .input)
        #expect(layout.slots.map(\.port.name).prefix(6) == ["rst", "valid", "negative", "shift", "row", "plane0"])
        #expect(layout.slots.map(\.word) == [0, 1, 2, 3, 4, 8, 12, 16, 17])
        #expect(layout.words == 18)
        #expect(layout["row"]?.word == 4)
        #expect(layout["clk"] == nil)
    }
}

func inverted(_ words: [UInt64], _ width: Int) -> [UInt64] {
    var result = words.map { ~$0 }
    if width % 64 != 0 { result[result.count - 1] &= (1 << UInt64(width % 64)) - 1 }
    return result
}

/// The text of the error that `body` throws, nil when it throws none.
func message(_ body: () throws -> Void) -> String? {
    do {
        try body()
        return nil
    } catch {
        return "\(error)"
    }
}
