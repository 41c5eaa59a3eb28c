import Foundation
import Randomness
import Testing

@Suite("Portable logarithm")
struct PortableLogarithmTests {
    /// Distance in units of the last place of the reference.
    private func error(_ ours: Double, _ reference: Double) -> Double {
        ours == reference ? 0 : abs(ours - reference) / reference.ulp
    }

    @Test("log is within 2 units in the last place of the C library, subnormal numbers included")
    func log() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        var worst = (error: 0.0, at: 0.0)
        func check(_ x: Double) {
            let found = error(portableLog(x), Foundation.log(x))
            if found > worst.error { worst = (found, x) }
        }
        for _ in 0..<200_000 {
            check(Double(bitPattern: UInt64.random(in: 1..<0x7FF0_0000_0000_0000, using: &random)))
            check(Double.random(in: 0..<4, using: &random))
            check(1 + Double.random(in: -1e-6...1e-6, using: &random))
            check(Double(bitPattern: UInt64.random(in: 1..<1 << 52, using: &random)))
        }
        #expect(worst.error <= 2, "seed \(seed): \(worst)")
    }

    @Test("log1p is within 2 units in the last place of the C library")
    func log1p() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(state: seed)
        var worst = (error: 0.0, at: 0.0)
        func check(_ x: Double) {
            let found = error(portableLog1p(x), Foundation.log1p(x))
            if found > worst.error { worst = (found, x) }
        }
        for _ in 0..<200_000 {
            check(Double.random(in: -1..<4, using: &random))
            check(-Foundation.exp(Double.random(in: -700..<0, using: &random)))
            check(Foundation.exp(Double.random(in: -700..<700, using: &random)))
            check(Foundation.exp(Double.random(in: -40 ... -30, using: &random)) - 1)
        }
        #expect(worst.error <= 2, "seed \(seed): \(worst)")
    }

    @Test("the ends and everything outside give what IEEE 754 asks for")
    func edges() {
        #expect(portableLog(0) == -.infinity && portableLog1p(-1) == -.infinity)
        #expect(
            portableLog(-1).isNaN && portableLog(.nan).isNaN && portableLog1p(-2).isNaN && portableLog1p(.nan).isNaN)
        #expect(portableLog(.infinity) == .infinity && portableLog1p(.infinity) == .infinity)
        #expect(portableLog(1) == 0 && portableLog1p(0) == 0)
        #expect(
            portableLog1p(Double.leastNonzeroMagnitude) == .leastNonzeroMagnitude && portableLog1p(-1e-300) == -1e-300)
    }

    @Test("the bits are the same on every machine")
    func sameBits() {
        // Recorded once; a machine that gives others would place events elsewhere.
        var digest: UInt64 = 0
        for number in 1...1000 {
            digest = digest &* 31 &+ portableLog(Double(number) * 0.0137).bitPattern
            digest = digest &* 31 &+ portableLog1p(-Double(number) / 1001).bitPattern
        }
        #expect(digest == 0xE31F_1AD2_FA50_85A7)
    }
}
