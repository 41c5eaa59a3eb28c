import BitVectors
import HDL
import Testing
import Verilog

private struct Ports: SignalBundle {
    let a = Input(8), b = Input(8), n = Input(3), wide = Input(40)
    let out = Output(8), less = Output()
}

@Suite("Emitted signed numbers, parts and masks")
struct EmittedSignedTests {
    @Test("comparison is unsigned with the signs turned over; shifts and divisions stand alone")
    func signed() throws {
        let text = try text(Ports.init) { m in
            m.less.drive((m.a.signed < m.b.signed) & (m.a.signed >= 0))
            m.out.drive((m.a.signed >> m.n).bits ^ (m.a.signed % m.b.signed).bits)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] n,
                    input wire [39:0] wide,
                    output wire [7:0] out,
                    output wire less
                );
                    wire [7:0] _out_0 = $signed(a) >>> n;
                    wire [7:0] _out_1 = ((b == 8'd0) | (b == 8'd255)) ? 8'd1 : b;
                    wire [7:0] _out_2 = $signed(a) % $signed(_out_1);
                    wire [7:0] _out_3 = (b == 8'd0) ? a : (b == 8'd255) ? 8'd0 : _out_2;
                    assign out = _out_0 ^ _out_3;
                    assign less = ((a ^ 8'd128) < (b ^ 8'd128)) & ~a[7];

                    wire _unused = &{1'b0, wide};
                endmodule

                """)
    }

    @Test("division by a constant needs no guard; a far shift is looked at apart")
    func constants() throws {
        let text = try text(Ports.init) { m in
            m.less.drive(m.a[0])
            let quotient = (m.a.signed / -3).bits + (m.b.signed / -1).bits
            m.out.drive(quotient ^ (m.b.signed >> m.wide).bits)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] n,
                    input wire [39:0] wide,
                    output wire [7:0] out,
                    output wire less
                );
                    wire [7:0] _out_0 = $signed(a) / $signed(8'd253);
                    wire [7:0] _out_1 = -b;
                    wire [7:0] _out_2 = $signed(b) >>> wide[31:0];
                    wire [7:0] _out_3 = (|wide[39:32]) ? {8{b[7]}} : _out_2;
                    assign out = (_out_0 + _out_1) ^ _out_3;
                    assign less = a[0];

                    wire _unused = &{1'b0, n};
                endmodule

                """)
    }

    @Test("parts of a wire are put together, parts of a register assigned one by one")
    func parts() throws {
        let text = try text(Ports.init) { m in
            m.less.drive(0)
            let joined = m.wire("joined", 8)
            joined[4..<8].drive(m.a[0..<4])
            joined[0..<4].drive(m.b[0..<4])
            let state = m.register("state", 8)
            state[0].next(m.a[0])
            when(m.n[0]) { state[1...7].next(m.b[1...7]) }
            m.out.drive(joined ^ state)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] n,
                    input wire [39:0] wide,
                    output wire [7:0] out,
                    output wire less
                );
                    reg [7:0] state;
                    wire [7:0] joined;

                    initial begin
                        state = 8'd0;
                    end

                    assign out = joined ^ state;
                    assign less = 1'b0;
                    assign joined = {a[3:0], b[3:0]};

                    always @(posedge clk) begin
                        if (rst) begin
                            state <= 8'd0;
                        end else begin
                            state[0] <= a[0];
                            if (n[0]) begin
                                state[7:1] <= b[7:1];
                            end
                        end
                    end

                    wire _unused = &{1'b0, a[7:4], n[2:1], wide};
                endmodule

                """)
    }

    @Test("a memory begins with its contents, and is written lane by lane under a mask")
    func masks() throws {
        let text = try text(Ports.init) { m in
            let words = [3, 5].map { BitVector($0, width: 8) }
            let memory = m.memory("store", depth: 8, width: 8, contents: words)
            memory.write(m.n, m.a, mask: m.b[0...1])
            m.out.drive(memory.readSynchronous("word", m.n, enable: m.b[7]))
            m.less.drive(0)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    input wire [2:0] n,
                    input wire [39:0] wide,
                    output wire [7:0] out,
                    output wire less
                );
                    reg [7:0] word;
                    reg [7:0] store [0:7];
                    integer store_word;

                    initial begin
                        word = 8'd0;
                        store[3'd0] = 8'd3;
                        store[3'd1] = 8'd5;
                        for (store_word = 2; store_word < 8; store_word = store_word + 1)
                            store[store_word] = 8'd0;
                    end

                    wire [1:0] _store_0 = b[1:0];
                    wire [7:0] _word_when_0 = store[n];
                    assign out = word;
                    assign less = 1'b0;

                    always @(posedge clk) begin
                        if (b[7]) begin
                            word <= _word_when_0;
                        end
                    end

                    always @(posedge clk) begin
                        if (_store_0[0]) begin
                            store[n][3:0] <= a[3:0];
                        end
                        if (_store_0[1]) begin
                            store[n][7:4] <= a[7:4];
                        end
                    end

                    wire _unused = &{1'b0, b[6:2], wide};
                endmodule

                """)
    }

    @Test("a count of ones can do without $countones")
    func sums() throws {
        struct Ports: SignalBundle { let a = Input(5), n = Output(3) }
        var options = EmissionOptions()
        options.popcount = .sums
        let design = try elaborate(Snippet("snippet", Ports.init) { m in m.n.drive(popcount(m.a)) })
        let text = String(decoding: try emit(design, options).modules[0].bytes, as: UTF8.self)
        #expect(
            text == """
                module snippet (
                    input wire [4:0] a,
                    output wire [2:0] n
                );
                    wire [4:0] _n_0 = (a & 5'd21) + ((a >> 2'd1) & 5'd21);
                    wire [4:0] _n_1 = (_n_0 & 5'd19) + ((_n_0 >> 3'd2) & 5'd19);
                    wire [4:0] _n_2 = (_n_1 & 5'd15) + ((_n_1 >> 4'd4) & 5'd15);
                    wire [2:0] _n_3 = _n_2[2:0];
                    assign n = _n_3;

                    wire _unused = &{1'b0, _n_2[4:3]};
                endmodule

                """)
    }

    @Test("power-up values can be left out, and lines say where they come from")
    func options() throws {
        var options = EmissionOptions()
        options.powerUpValues = false
        options.sourceComments = true
        struct Ports: SignalBundle { let a = Input(5), n = Output(5) }
        let line: UInt = #line
        let design = try elaborate(
            Snippet("snippet", Ports.init) { m in
                let kept = m.register("kept", 5)
                kept.next(m.a)
                m.n.drive(kept + 1)
            })
        let emission = try emit(design, options)
        let text = String(decoding: emission.modules[0].bytes, as: UTF8.self)
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [4:0] a,
                    output wire [4:0] n
                );
                    reg [4:0] kept;  // HDLTests/EmittedSignedTests.swift:\(line + 3)

                    assign n = kept + 5'd1;  // HDLTests/EmittedSignedTests.swift:\(line + 5)

                    always @(posedge clk) begin
                        if (rst) begin
                            kept <= 5'd0;  // HDLTests/EmittedSignedTests.swift:\(line + 3)
                        end else begin
                            kept <= a;  // HDLTests/EmittedSignedTests.swift:\(line + 4)
                        end
                    end
                endmodule

                """)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(emission.origins[0].allSatisfy { lines[$0.line - 1].hasSuffix("// \($0.location)") })
        #expect(emission.origins[0].count == 4)
    }
}
