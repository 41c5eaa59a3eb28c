import HDL
import Testing
import Verilog

/// The whole text of small modules: what memories become.
@Suite("Emitted memories")
struct EmittedMemoryTests {
    @Test("a memory is cleared at power-up, written at the edge and read at once")
    func memory() throws {
        struct Ports: SignalBundle { let address = Input(4), value = Input(8), write = Input(), out = Output(8) }
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
                    integer store_word;

                    initial begin
                        for (store_word = 0; store_word < 16; store_word = store_word + 1)
                            store[store_word] = 8'd0;
                    end

                    wire [7:0] _out_0 = store[address];
                    assign out = _out_0;

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
        struct Ports: SignalBundle { let address = Input(3), value = Input(), out = Output() }
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
                    integer store_word_1;

                    initial begin
                        store_word = 1'b0;
                        for (store_word_1 = 0; store_word_1 < 5; store_word_1 = store_word_1 + 1)
                            store[store_word_1] = 1'b0;
                    end

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

                    always @(posedge clk) begin
                        store[address + 3'd1] <= value;
                    end
                endmodule

                """)
    }

    @Test("a memory that is never written is cleared all the same")
    func unwrittenMemory() throws {
        struct Ports: SignalBundle { let address = Input(), out = Output(8) }
        let text = try text(Ports.init) { m in
            m.out.drive(m.memory("store", depth: 1, width: 8).read(m.address))
        }
        #expect(
            text == """
                module snippet (
                    input wire address,
                    output wire [7:0] out
                );
                    reg [7:0] store [0:0];
                    integer store_word;

                    initial begin
                        for (store_word = 0; store_word < 1; store_word = store_word + 1)
                            store[store_word] = 8'd0;
                    end

                    wire [7:0] _out_0 = (address < 1'b1) ? store[address] : 8'd0;
                    assign out = _out_0;
                endmodule

                """)
    }
}
