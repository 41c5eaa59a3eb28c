import Engine
import Golden
import Randomness
import Testing
import Verification

/// Law: every code of two tensors goes to the adder once, in the order of words, banks, codes.
@Suite struct AdditionWalkerTests {
    @Test(arguments: [(16, 8, 4, 1024), (1, 1, 1, 3), (5, 3, 2, 100)])
    func agreesWithItsTwin(wordCodes: Int, bits: Int, banks: Int, depth: Int) throws {
        try expectAgreement(
            AdditionWalkerPair.self,
            with {
                $0.wordCodes = wordCodes
                $0.activationBits = bits
                $0.banks = banks
                $0.depth = depth
            })
    }

    /// The law on the RTL: the memory is the test's, word by word, and every pair is checked in its cycle.
    @Test func pairsEveryCode() throws {
        var random = KeyedStream(seed: 34, stream: 6)
        func below(_ bound: Int) -> Int { random.nextIndex(below: UInt32(bound)) }
        let (codes, banks) = (3, 2)
        let bench = try Bench(
            AdditionWalkerPair.self,
            with {
                $0.wordCodes = codes
                $0.banks = banks
                $0.depth = 64
            })
        for layer in 0..<12 {
            let words = 1 + below(5)
            let bases = [0, 10, 20].map { $0 + below(4) }
            let memory = (0..<banks).map { _ in (0..<64).map { _ in (0..<codes).map { _ in below(256) } } }
            for (port, value) in [
                ("start", 1), ("words", words), ("first_base", bases[0]), ("second_base", bases[1]),
                ("result_base", bases[2]),
            ] {
                try bench.set(port, UInt64(value))
            }
            try bench.step()
            try bench.set("start", 0)
            var cycles = 0
            for (word, bank) in (0..<words).flatMap({ word in (0..<banks).map { (word, $0) } }) {
                for base in bases[0..<2] {
                    #expect(try bench.get("read") == 1 && bench.get("valid") == 0, "layer \(layer)")
                    let (readBank, address) = (Int(try bench.get("read_bank")), Int(try bench.get("read_address")))
                    #expect(readBank == bank && address == base + word, "layer \(layer), word \(word)")
                    try bench.step()
                    cycles += 1
                    let packed = memory[readBank][address].enumerated().reduce(0) { $0 | $1.element << (8 * $1.offset) }
                    try bench.set("word", UInt64(packed))
                }
                for code in 0..<codes {
                    let isLast = word == words - 1 && bank == banks - 1 && code == codes - 1
                    let found = try [
                        "valid", "first", "second", "result_bank", "result_address", "result_code", "result_last",
                    ].map { Int(try bench.get($0)) }
                    #expect(
                        found == [
                            1, memory[bank][bases[0] + word][code], memory[bank][bases[1] + word][code], bank,
                            bases[2] + word, code, isLast ? 1 : 0,
                        ], "layer \(layer), word \(word), bank \(bank), code \(code)")
                    try bench.step()
                    cycles += 1
                }
            }
            #expect(cycles == words * banks * (codes + 2))
            #expect(try bench.get("valid") == 0 && bench.get("read") == 0, "layer \(layer)")
        }
    }
}
