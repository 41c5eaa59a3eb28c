import Testing

@testable import Randomness

/// Law: each cell has its own probability in each operation, whatever is asked before, beside or after it.
@Suite("ThinnedEventSource")
struct ThinnedEventSourceTests {
    private func events(
        _ source: inout ThinnedEventSource, _ operation: Int, _ row: Int, _ share: (Int) -> Double
    ) -> [Int] {
        var found: [Int] = []
        source.forEachEvent(operation: operation, row: row, share: share) { found.append($0) }
        return found
    }

    @Test("every cell's share of events is its probability (χ²)", arguments: [11, 12, 13] as [UInt64])
    func rates(seed: UInt64) throws {
        let columns = 48
        let largest = [0.02, 0.3]
        var source = try ThinnedEventSource(seed: seed, stream: 5, columns: columns, largestProbabilities: largest)
        let operations = 60_000
        for row in 0..<2 {
            var counts = [Int](repeating: 0, count: columns)
            let share = { (column: Int) in Double(column) / Double(columns - 1) }
            for operation in 0..<operations {
                source.forEachEvent(operation: operation, row: row, share: share) { counts[$0] += 1 }
            }
            #expect(counts[0] == 0)
            var square = 0.0
            for column in 1..<columns {
                let p = largest[row] * share(column)
                let mean = p * Double(operations)
                square += (Double(counts[column]) - mean) * (Double(counts[column]) - mean) / (mean * (1 - p))
            }
            // 47 degrees of freedom: mean 47, standard deviation 9.7; beyond 90 one time in 10,000.
            #expect(square < 90, "seed \(seed), row \(row): χ² \(square)")
        }
    }

    /// The definition, without blocks kept and without order.
    @Test("candidates are the documented draws of the documented keys")
    func documentedKeys() throws {
        var source = try ThinnedEventSource(seed: 77, stream: 3, columns: 40, largestProbabilities: [0, 0.01, 0.2])
        for (operation, row) in [(5000, 1), (3, 2), (4095, 2), (4096, 2), (5000, 1), (100_000, 1), (2, 0)] {
            var expected: [Int] = []
            let p = [0, 0.01, 0.2][row]
            if p > 0 {
                var stream = KeyedStream(
                    seed: 77, stream: 3, block0: UInt32(row), block1: UInt32(operation / 4096))
                var trial = -1
                while true {
                    let gap = stream.nextExponential() / EventPositions.rate(of: p)
                    trial += 1 + Int(gap)
                    guard trial < 4096 * 40 else { break }
                    let threshold = stream.nextUInt32()
                    if trial / 40 == operation % 4096, threshold < 1 << 31 { expected.append(trial % 40) }
                }
            }
            #expect(events(&source, operation, row, { _ in 0.5 }) == expected)
        }
    }

    @Test("leaving operations out and asking backwards change nothing")
    func orderIndependence() throws {
        let original = try ThinnedEventSource(seed: 9, stream: 1, columns: 64, largestProbabilities: [0.003, 0.05])
        var forward = original
        let all = (0..<9000).map { events(&forward, $0, 1, { _ in 0.7 }) }
        var backward = original
        for operation in stride(from: 8999, through: 0, by: -7) {
            _ = events(&backward, operation, 0, { _ in 1 })
            #expect(events(&backward, operation, 1, { _ in 0.7 }) == all[operation])
        }
    }

    @Test("a state that makes an event likelier adds events and takes none away")
    func states() throws {
        var source = try ThinnedEventSource(seed: 4, stream: 1, columns: 64, largestProbabilities: [0.05])
        for operation in 0..<2000 {
            let seldom = events(&source, operation, 0, { _ in 0.2 })
            let often = events(&source, operation, 0, { _ in 0.9 })
            #expect(Set(seldom).isSubset(of: often))
        }
    }

    @Test("parameters out of range are named")
    func errors() {
        func message(_ columns: Int, _ p: [Double]) -> String {
            do {
                _ = try ThinnedEventSource(seed: 1, stream: 1, columns: columns, largestProbabilities: p)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(message(4, []) == "rows is 0; allowed is 1 to 2147483648")
        #expect(message(0, [0.1]) == "columns is 0; allowed is 1 to 524288")
        #expect(message(4, [0.1, 1.5]) == "probability is 1.5; allowed is 0 to 1")
    }
}
