import CoSim
import Examples
import HDL
import Verification
import Verilog

/// How fast the emitted popcount array simulates under Verilator, beside the same array written by hand.
///
/// The weights stay and the activation changes in every cycle; all accumulators are compared in the end.
struct PopcountSimulation {
    /// One way to write the array, as a library, with the speed of each turn in cycles per second.
    struct Form {
        let name: String
        let library: ModelLibrary
        var speeds: [Double] = []
    }

    static let cycles = 40_000
    private(set) var hand: Form
    private(set) var forms: [Form]
    private let array: PopcountArray
    private let weights: [[UInt64]]
    private let activations: [UInt64]
    private let words: Int

    init(columns: Int, seed: UInt64) throws {
        array = PopcountArray(.native, .columns, columns: columns)
        let design = try elaborate(array)
        var sums = EmissionOptions()
        sums.popcount = .sums
        let counted = ModelSource(design, try emit(design))
        forms = [
            Form(name: "countones", library: try ModelLibrary(source: counted)),
            Form(name: "sums", library: try ModelLibrary(source: ModelSource(design, try emit(design, sums)))),
        ]
        func library(_ text: String) throws -> ModelLibrary {
            let file = ModelSource.File(name: "popcount_by_hand.v", text: text)
            return try ModelLibrary(
                source: ModelSource(top: "popcount_by_hand", files: [file], ports: counted.ports))
        }
        hand = Form(name: "hand-written $countones", library: try library(Self.byHand(array, hasWire: false)))
        // The same with a name for the count, as ours has it: what ours lacks beside this one, the name does not cost.
        forms.append(Form(name: "countones by hand, a wire", library: try library(Self.byHand(array, hasWire: true))))
        words = (array.lanes + 63) / 64
        var random = SplitMix64(state: seed)
        weights = (0..<array.columns).map { [words] _ in (0..<words).map { _ in random.next() } }
        activations = (0..<Self.cycles * words).map { _ in random.next() }
    }

    /// Every form once, the hand-written one in the middle of each pair in turn.
    mutating func turn(reversed: Bool) throws {
        let wanted = try measure(&hand)
        for index in reversed ? Array(forms.indices.reversed()) : Array(forms.indices) {
            if try measure(&forms[index]) != wanted { throw BenchmarkError.sumsDiffer(forms[index].name) }
        }
    }

    /// Runs all cycles on a fresh model.
    /// - Returns: The accumulators in the end.
    private func measure(_ form: inout Form) throws -> [[UInt64]] {
        let model = try Model(form.library)
        for (column, weight) in weights.enumerated() { try model.setWords(of: "weight_\(column)", to: weight) }
        try model.setWords(of: "rst", to: [1])
        try model.cycles(2)
        try model.setWords(of: "rst", to: [0])
        try model.setWords(of: "enable", to: [1])
        let activation = try model.widePort("activation")
        let start = threadSeconds()
        for cycle in 0..<Self.cycles {
            for word in 0..<words { activation[word] = activations[cycle &* words &+ word] }
            try model.settle()
            try model.edge()
        }
        form.speeds.append(Double(Self.cycles) / max(threadSeconds() - start, 1e-9))
        try model.settle()
        return try (0..<array.columns).map { try model.words(of: "sum_\($0)") }
    }

    /// What an engineer would write: a column module, and an instance of it for each column.
    private static func byHand(_ array: PopcountArray, hasWire: Bool) -> String {
        let count = "$countones(activation & weight)"
        let countWidth = Int.bitWidth - array.lanes.leadingZeroBitCount
        let wire = hasWire ? "\n    wire [\(countWidth - 1):0] count = \(count);" : ""
        let columns = 0..<array.columns
        let (lanes, width) = (array.lanes - 1, array.accumulatorWidth - 1)
        let inputs = columns.map { "    input wire [\(lanes):0] weight_\($0),\n" }.joined()
        let outputs = columns.map { "    output wire [\(width):0] sum_\($0)" }.joined(separator: ",\n")
        let instances = columns.map {
            "    popcount_column_by_hand column_\($0) (clk, rst, clear, enable, activation, weight_\($0), sum_\($0));\n"
        }
        return """
            module popcount_column_by_hand (
                input wire clk, rst, clear, enable,
                input wire [\(lanes):0] activation, weight,
                output reg [\(width):0] sum
            );\(wire)
                always @(posedge clk)
                    if (rst) sum <= 0;
                    else if (clear) sum <= 0;
                    else if (enable) sum <= sum + \(hasWire ? "count" : count);
            endmodule

            module popcount_by_hand (
                input wire clk,
                input wire rst,
                input wire [\(lanes):0] activation,
                input wire clear,
                input wire enable,
            \(inputs)\(outputs)
            );
            \(instances.joined())endmodule

            """
    }
}

/// Sebastiano Vigna's SplitMix64: numbers that fill the ports, of no importance otherwise.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return word ^ word >> 31
    }
}
