import Engine
import Golden
import Testing
import Verification

/// Law: RTL and twin of the write path agree in every output of every cycle, for each kind of cells, at corners of the
/// parameters, with pulses that fail at rates from none to 30 %.
@Suite struct WriteControllerTests {
    @Test(arguments: [
        // kind, rows, columns, period, planes, longest pulse, amplitudes, most retries
        [1, 256, 64, 3, 3, 15, 4, 3], [1, 3, 1, 3, 1, 1, 1, 1], [2, 40, 65, 5, 7, 40, 2, 2],
        [3, 16, 130, 3, 3, 3, 16, 15], [4, 64, 64, 3, 3, 15, 4, 3], [4, 8, 1, 3, 1, 1, 1, 1],
        [4, 24, 70, 7, 8, 20, 2, 2],
    ])
    func controllerAgreesWithItsTwin(_ numbers: [Int]) throws {
        try expectAgreement(
            WriteControllerPair.self,
            with {
                $0.kind = numbers[0]
                $0.rows = numbers[1]
                $0.columns = numbers[2]
                $0.period = numbers[3]
                $0.planes = numbers[4]
                $0.longestPulse = numbers[5]
                $0.amplitudes = numbers[6]
                $0.mostRetries = numbers[7]
            })
    }

    @Test(arguments: [
        // kind, rows, columns, evaluate, dual row
        [1, 64, 64, 1, 0], [1, 20, 7, 2, 1], [2, 64, 64, 1, 0], [2, 5, 70, 3, 0], [3, 64, 64, 1, 0],
        [3, 33, 130, 2, 1], [4, 64, 64, 1, 0], [4, 8, 1, 1, 0], [4, 40, 100, 2, 0],
    ])
    func bankWriterAgreesWithItsTwin(_ numbers: [Int]) throws {
        try expectAgreement(
            BankWriterPair.self,
            with {
                $0.kind = numbers[0]
                $0.rows = numbers[1]
                $0.columns = numbers[2]
                $0.phases = Engine.SensePhases(precharge: 1, evaluate: numbers[3], latch: 1)
                $0.dualRow = numbers[4]
            }, seeds: [1, 2, 3, 4], upsetRate: 1e-3)
    }

    @Test(arguments: [(64, 64, 3, 1), (9, 70, 1, 2)])
    func dualRowAndAgreesWithItsTwin(rows: Int, columns: Int, kind: Int, evaluate: Int) throws {
        try expectAgreement(
            DualRowAndPair.self,
            with {
                $0.rows = rows
                $0.columns = columns
                $0.kind = kind
                $0.phases = Engine.SensePhases(precharge: 1, evaluate: evaluate, latch: 1)
            }, upsetRate: 1e-2)
    }
}
