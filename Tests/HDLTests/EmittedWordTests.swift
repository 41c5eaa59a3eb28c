import BitVectors
import Foundation
import HDL
import Testing
import Verilog

/// Law: word functions are made of whole-word operators, so their text is short, and linters find nothing in it.
@Suite("Verilog of word functions")
struct EmittedWordTests {
    struct Ports: SignalBundle {
        let a = Input(12), b = Input(12), n = Input(4), c = Input(), wide = Input(7)
        let out: [Output]
        init(_ widths: [Int]) { out = widths.map { Output($0) } }
    }

    /// A module with an output for each value.
    private func module(
        _ widths: [Int], _ body: @escaping @Sendable (Builder<Ports>) -> [Bits]
    ) -> Snippet<Ports> {
        Snippet("words", { Ports(widths) }) { m in
            for (output, value) in zip(m.out, body(m)) { output.drive(value) }
        }
    }

    private func expectNoRemark(_ module: some Module) throws {
        try withTemporaryFolder { folder in
            let emission = try emit(elaborate(module))
            for file in emission.modules + [emission.fileList] {
                try Data(file.bytes).write(to: folder.appendingPathComponent(file.name))
            }
            let unused = ["-Wno-UNUSEDSIGNAL", "-Wno-UNUSED"]
            #expect(try run("verilator", ["--lint-only", "-Wall"] + unused + ["-f", "words.f"], in: folder) == "")
            let script = "read_verilog words.v; hierarchy -top words; proc; check -assert"
            #expect(try run("yosys", ["-q", "-p", script], in: folder) == "")
        }
    }

    @Test("word functions pass the linters")
    func words() throws {
        let widths = [12, 12, 12, 12, 4, 4, 12, 4, 4, 9, 1, 12, 12, 12, 12, 1, 1, 5, 12, 12]
        try expectNoRemark(
            module(widths) { m in
                [
                    m.a.rotatedLeft(by: m.n), m.a.rotatedRight(by: m.wide), m.a.rotatedRight(by: 5), m.a.reversedBits,
                    findFirstSet(m.a), findLastSet(m.a), m.b.highestSet, m.a.leadingZeroCount, m.b.trailingZeroCount,
                    m.n.oneHot(9), m.a.isOne(in: 7..<11), m.a.grayEncoded, m.b.grayDecoded,
                    selectOneHot(m.a[0..<2], [m.a, m.b]),
                    prioritySelect(m.a[0..<3], [m.a, m.b, m.a ^ m.b], otherwise: m.b),
                    all(of: m.c, m.a[0], m.b[0]), any(of: m.c, m.a[1], m.b[1]), m.a.bits(at: m.n, count: 5),
                    m.a.with(bit: m.n, m.c), m.b.with(bit: 3, m.c),
                ]
            })
    }

    @Test("functions of numbers and fixed point pass the linters")
    func numbers() throws {
        let format = FixedPoint.Format.signed(4, 8)
        try expectNoRemark(
            module([12, 12, 12, 12, 12, 12, 12, 12, 24, 8, 6, 1]) { m in
                let (s, t) = (m.a.signed, m.b.signed)
                let (x, y) = (FixedPoint(m.a, format), FixedPoint(m.b, format))
                return [
                    min(m.a, m.b), max(s, t).bits, absoluteDifference(m.a, m.b), absoluteDifference(s, t),
                    saturatingAdd(m.a, m.b), saturatingSubtract(m.a, m.b), saturatingAdd(s, t).bits,
                    saturatingSubtract(s, t).bits, (x *^ y).bits,
                    (x +^ y).resized(integerBits: 3, fractionBits: 5, rounding: .nearestEven, overflow: .saturate).bits,
                    x.resized(to: .unsigned(2, 4), rounding: .nearestAway, overflow: .saturate).bits, x < y,
                ]
            })
    }

    @Test("vectors, tables, forwarding reads and registered values pass the linters")
    func storage() throws {
        try expectNoRemark(
            module([12, 12, 12, 12, 12, 12]) { m in
                let bank = m.registers("bank", count: 5, 12)
                bank.next(at: m.n, m.a)
                let store = m.memory("store", depth: 11, width: 12)
                let word = store.readSynchronous("word", m.n, enable: m.c, underWrite: .new)
                when(m.c) { store.write(m.n, m.a, mask: m.b[0..<3]) }
                store.write(m.b[0..<4], m.b)
                let table = m.rom("table", width: 12, contents: (0..<13).map { $0 * $0 })
                return [
                    bank[m.n], bank.reduce { $0 ^ $1 }, word, table.read(m.n), table.readSynchronous("late", m.n),
                    m.a.registered("held", enable: m.c),
                ]
            })
    }

    @Test("a forwarding read is assigned beside the writes that it may meet")
    func forwarding() throws {
        let text = try verilog(
            of: module([12]) { m in
                let store = m.memory("store", depth: 16, width: 12)
                let word = store.readSynchronous("word", m.n, underWrite: .new)
                when(m.c) { store.write(m.a[0..<4], m.b) }
                return [word]
            })["words.v"]
        #expect(
            text == """
                module words (
                    input wire clk,
                    input wire [11:0] a,
                    input wire [11:0] b,
                    input wire [3:0] n,
                    input wire c,
                    input wire [6:0] wide,
                    output wire [11:0] out_0
                );
                    reg [11:0] word;
                    reg [11:0] store [0:15];
                    reg [11:0] word_next;
                    integer store_word;

                    initial begin
                        word = 12'd0;
                        for (store_word = 0; store_word < 16; store_word = store_word + 1)
                            store[store_word] = 12'd0;
                    end

                    wire [11:0] _word_next_0 = store[n];
                    assign out_0 = word;

                    always @* begin
                        word_next = _word_next_0;
                        if (c) begin
                            if (a[3:0] == n) begin
                                word_next = b;
                            end
                        end
                    end

                    always @(posedge clk) begin
                        word <= word_next;
                    end

                    always @(posedge clk) begin
                        if (c) begin
                            store[a[3:0]] <= b;
                        end
                    end

                    wire _unused = &{1'b0, a[11:4], wide};
                endmodule

                """)
    }
}
