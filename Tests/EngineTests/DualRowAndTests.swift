import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: two rows that are sensed at once read as (row a AND row b) XOR the upset mask of the latch edge, and their count
/// is its number of ones; each row is what the write controller stored.
@Suite struct DualRowAndTests {
    @Test(arguments: [Engine.CellKind.stt, .sot])
    func sensesTheAndOfTwoRows(kind: Engine.CellKind) throws {
        var hardware = Engine.BankWriter()
        hardware.kind = kind.rawValue
        hardware.rows = 16
        hardware.columns = 40
        hardware.dualRow = 1
        for seed: UInt64 in 1...3 {
            let bench = try WriteBench(hardware, seed: seed)
            var random = KeyedStream(seed: seed, stream: 0x4441)
            var stored = Array(repeating: UInt64(0), count: 16)
            for number in 0..<150 {
                let mask = UInt64(1) << 40 - 1
                // Rows 0 to 7 hold weights, 8 to 15 activation planes that come anew.
                let row = number < 16 ? number : 8 + random.nextIndex(below: 8)
                stored[row] = random.nextUInt64() & mask
                _ = try bench.run(WriteBench.Request(rows: [(row, stored[row], 0)]))
                let (a, b) = (random.nextIndex(below: 8), 8 + random.nextIndex(below: 8))
                let upset = random.nextIndex(below: 2) == 0 ? 0 : random.nextUInt64() & random.nextUInt64() & mask
                #expect(try bench.read(a, and: b, upset: upset) == stored[a] & stored[b] ^ upset, "seed \(seed)")
                #expect(try bench.read(b, upset: upset) == stored[b] ^ upset, "one row, seed \(seed)")
            }
        }
    }

    /// The engine's own popcount, `period + 1` cycles after the start and at no other time; the planes cost pulses.
    @Test func countsTheOnesOfTheAnd() throws {
        let hardware = with { (module: inout Engine.DualRowAnd) in module.columns = 50 }
        let bench = try Bench(DualRowAndPair.self, hardware)
        var random = KeyedStream(seed: 4, stream: 0x4442)
        var rows = [UInt64(0), 0]
        var pulses = 0
        for number in 0..<60 {
            let (row, data) = (number & 1, random.nextUInt64() >> 14)
            pulses += (rows[row] ^ data).nonzeroBitCount
            rows[row] = data
            try bench.set("writer_host_valid", 1)
            try bench.set("writer_host_address", UInt64(row))
            try bench.set("writer_host_data", data)
            try bench.set("writer_host_changed_only", 1)
            try bench.set("writer_host_verify", 1)
            try bench.step()
            try bench.set("writer_host_valid", 0)
            while try bench.get("writer_host_busy") == 1 { try bench.step() }
            let upset = random.nextUInt64() & random.nextUInt64() >> 14
            try bench.set("writer_reader_start", 1)
            try bench.set("writer_reader_address", 0)
            try bench.set("writer_reader_second_address", 1)
            try bench.set("writer_reader_dual", 1)
            for cycle in 0...hardware.phases.period + 1 {
                #expect(try bench.get("count_valid") == (cycle == hardware.phases.period + 1 ? 1 : 0))
                if cycle == hardware.phases.period + 1 {
                    let expected = (rows[0] & rows[1] ^ upset).nonzeroBitCount
                    #expect(try bench.get("count") == UInt64(expected), "number \(number)")
                }
                try bench.set("writer_upset", cycle == hardware.phases.period ? upset : random.nextUInt64() >> 14)
                try bench.step()
                try bench.set("writer_reader_start", 0)
            }
            // Nothing reads wrong while the controller looks at its rows.
            try bench.set("writer_upset", 0)
        }
        let sets = try bench.get("writer_host_counters_set_pulses")
        let resets = try bench.get("writer_host_counters_reset_pulses")
        #expect(Int(sets + resets) == pulses, "a pulse for each bit that changed")
    }
}
