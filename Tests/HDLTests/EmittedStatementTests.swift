import HDL
import Testing
import Verilog

/// The whole text of small modules: what the statements of a description become.
@Suite("Emitted statements")
struct EmittedStatementTests {
    @Test("registers with and without reset have a block each")
    func registers() throws {
        struct Ports: Bundle { let a = Input(8), out = Output(8) }
        let text = try text(Ports.init) { m in
            let counted = m.register("counted", 8, reset: 5)
            let delayed = m.register("delayed", 8, reset: nil)
            let constant = m.register("constant", 8, reset: 9)
            counted.next(counted + m.a)
            delayed.next(counted)
            m.out.drive(delayed ^ constant)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    output wire [7:0] out
                );
                    reg [7:0] counted;
                    reg [7:0] delayed;
                    reg [7:0] constant;

                    assign out = delayed ^ constant;

                    always @(posedge clk) begin
                        if (rst) begin
                            counted <= 8'd5;
                            constant <= 8'd9;
                        end else begin
                            counted <= counted + a;
                        end
                    end

                    always @(posedge clk) begin
                        delayed <= counted;
                    end
                endmodule

                """)
    }

    @Test("an output register is the port itself")
    func outputRegister() throws {
        struct Ports: Bundle { let enable = Input(), count = Output(8), done = Output() }
        let text = try text(Ports.init) { m in
            let count = m.register("count", 8)
            when(m.enable) { count.next(count + 1) }
            m.count.drive(count)
            m.done.drive(count == 255)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire enable,
                    output reg [7:0] count,
                    output wire done
                );
                    assign done = count == 8'd255;

                    always @(posedge clk) begin
                        if (rst) begin
                            count <= 8'd0;
                        end else begin
                            if (enable) begin
                                count <= count + 8'd1;
                            end
                        end
                    end
                endmodule

                """)
    }

    @Test("a chain of conditions is if, else if, else; registers and wires in it go to their own blocks")
    func conditions() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), d = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let state = m.register("state", 8)
            let next = m.wire("next_state", 8)
            when(m.c) {
                state.next(0)
                next.drive(m.a)
            }.elseWhen(m.d) {
                when(m.a == 3) { state.next(state + 1) }
                next.drive(1)
            }.otherwise {
                next.drive(state)
            }
            m.out.drive(next)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire c,
                    input wire d,
                    output wire [7:0] out
                );
                    reg [7:0] state;
                    reg [7:0] next_state;

                    assign out = next_state;

                    always @* begin
                        if (c) begin
                            next_state = a;
                        end else if (d) begin
                            next_state = 8'd1;
                        end else begin
                            next_state = state;
                        end
                    end

                    always @(posedge clk) begin
                        if (rst) begin
                            state <= 8'd0;
                        end else begin
                            if (c) begin
                                state <= 8'd0;
                            end else if (d) begin
                                if (a == 8'd3) begin
                                    state <= state + 8'd1;
                                end
                            end
                        end
                    end
                endmodule

                """)
    }

    @Test("a wire with a default is assigned in an always @* block")
    func defaultOfWire() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let limited = m.wire("limited", 8, default: 255)
            when(m.c) { limited.drive(m.a) }
            m.out.drive(limited)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire c,
                    output wire [7:0] out
                );
                    reg [7:0] limited;

                    assign out = limited;

                    always @* begin
                        limited = 8'd255;
                        if (c) begin
                            limited = a;
                        end
                    end
                endmodule

                """)
    }

    @Test("a drive outside any condition wins over all before it, and is a plain assign")
    func lastDriveWins() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let w = m.wire("w", 8, default: 0)
            when(m.c) { w.drive(m.a) }
            w.drive(7)
            m.out.drive(w)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire c,
                    output wire [7:0] out
                );
                    wire [7:0] w;

                    assign out = w;
                    assign w = 8'd7;
                endmodule

                """)
    }

    @Test("an output driven under conditions is a variable")
    func variableOutput() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            when(m.c) { m.out.drive(m.a) }.otherwise { m.out.drive(1) }
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire c,
                    output reg [7:0] out
                );

                    always @* begin
                        if (c) begin
                            out = a;
                        end else begin
                            out = 8'd1;
                        end
                    end
                endmodule

                """)
    }

    @Test("a memory is cleared at power-up, written at the edge and read at once")
    func memory() throws {
        struct Ports: Bundle { let address = Input(4), value = Input(8), write = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            let store = m.memory("store", depth: 16, width: 8)
            when(m.write) { store.write(m.address, m.value) }
            m.out.drive(store.read(m.address))
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire [3:0] address,
                    input wire [7:0] value,
                    input wire write,
                    output wire [7:0] out
                );
                    reg [7:0] store [0:15];

                    wire [7:0] _out_0 = store[address];
                    assign out = _out_0;

                    integer store_word;
                    initial begin
                        for (store_word = 0; store_word < 16; store_word = store_word + 1)
                            store[store_word] = 8'd0;
                    end

                    always @(posedge clk) begin
                        if (write) begin
                            store[address] <= value;
                        end
                    end
                endmodule

                """)
    }

    @Test("a read beyond a memory's last word is guarded")
    func memoryGuard() throws {
        struct Ports: Bundle { let address = Input(3), value = Input(), out = Output() }
        let text = try text(Ports.init) { m in
            let store = m.memory("store", depth: 5, width: 1)
            let word = m.register("store_word")
            store.write(m.address + 1, m.value)
            word.next(store.read(m.address - 1))
            m.out.drive(word)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [2:0] address,
                    input wire value,
                    output wire out
                );
                    reg store_word;
                    reg store [0:4];

                    wire [2:0] _store_word_0 = address - 3'd1;
                    wire _store_word_1 = (_store_word_0 < 3'd5) ? store[_store_word_0] : 1'b0;
                    assign out = store_word;

                    always @(posedge clk) begin
                        if (rst) begin
                            store_word <= 1'b0;
                        end else begin
                            store_word <= _store_word_1;
                        end
                    end

                    integer store_word_1;
                    initial begin
                        for (store_word_1 = 0; store_word_1 < 5; store_word_1 = store_word_1 + 1)
                            store[store_word_1] = 1'b0;
                    end

                    always @(posedge clk) begin
                        store[address + 3'd1] <= value;
                    end
                endmodule

                """)
    }

    @Test("a memory that is never written is cleared all the same")
    func unwrittenMemory() throws {
        struct Ports: Bundle { let address = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            m.out.drive(m.memory("store", depth: 1, width: 8).read(m.address))
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire address,
                    output wire [7:0] out
                );
                    reg [7:0] store [0:0];

                    wire [7:0] _out_0 = (address < 1'b1) ? store[address] : 8'd0;
                    assign out = _out_0;

                    integer store_word;
                    initial begin
                        for (store_word = 0; store_word < 1; store_word = store_word + 1)
                            store[store_word] = 8'd0;
                    end
                endmodule

                """)
    }

    @Test("instances are connected by name; clock and reset go where they are needed")
    func instances() throws {
        struct Ports: Bundle { let a = Input(8), c = Input(), out = Output(8) }
        struct LeafPorts: Bundle { let value = Input(8), kept = Output(8), spare = Output() }
        let leaf = Snippet("leaf", LeafPorts.init) { m in
            let kept = m.register("kept", 8)
            kept.next(m.value)
            m.kept.drive(kept)
            m.spare.drive(m.value.anySet)
        }
        let texts = try verilog(
            of: Snippet("snippet", Ports.init) { m in
                let first = m.instance("first", leaf)
                let second = m.instance("second", leaf)
                first.value.drive(m.a + 1)
                second.value.drive(0)
                when(m.c) { second.value.drive(first.kept) }
                m.out.drive(second.kept & first.spare.replicated(8))
            })
        #expect(texts.keys.sorted() == ["leaf.v", "snippet.v"])
        #expect(
            texts["snippet.v"] == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire c,
                    output wire [7:0] out
                );
                    reg [7:0] second_value;
                    wire [7:0] first_kept;
                    wire first_spare;
                    wire [7:0] second_kept;
                    wire second_spare_unused;

                    assign out = second_kept & {8{first_spare}};

                    leaf first (
                        .clk(clk),
                        .rst(rst),
                        .value(a + 8'd1),
                        .kept(first_kept),
                        .spare(first_spare)
                    );

                    leaf second (
                        .clk(clk),
                        .rst(rst),
                        .value(second_value),
                        .kept(second_kept),
                        .spare(second_spare_unused)
                    );

                    always @* begin
                        second_value = 8'd0;
                        if (c) begin
                            second_value = first_kept;
                        end
                    end
                endmodule

                """)
        #expect(
            texts["leaf.v"] == """
                module leaf (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] value,
                    output reg [7:0] kept,
                    output wire spare
                );
                    assign spare = |value;

                    always @(posedge clk) begin
                        if (rst) begin
                            kept <= 8'd0;
                        end else begin
                            kept <= value;
                        end
                    end
                endmodule

                """)
    }
}
