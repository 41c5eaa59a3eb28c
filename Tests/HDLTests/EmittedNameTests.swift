import HDL
import Testing
import Verilog

/// Law: a declared thing keeps its name; where Verilog forbids that, it gets a suffix; a port is never renamed.
@Suite("Emitted names")
struct EmittedNameTests {
    struct Ports: SignalBundle { let a = Input(8), b = Input(8), out = Output(8) }

    @Test("keywords and taken names get a suffix, other characters become underscores")
    func suffixes() throws {
        let text = try text(Ports.init) { m in
            let reg = m.register("reg", 8)
            let logic = (m.a + m.b).named("logic")
            let second = (m.a - m.b).named("a")
            let third = (m.a & m.b).named("a")
            let strange = (m.a | m.b).named("2 wörds")
            let reset = (m.a * m.b).named("rst")
            reg.next(logic ^ second ^ third)
            m.out.drive(reg ^ strange ^ reset)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    output wire [7:0] out
                );
                    reg [7:0] reg_;

                    initial begin
                        reg_ = 8'd0;
                    end

                    wire [7:0] logic_ = a + b;
                    wire [7:0] a_1 = a - b;
                    wire [7:0] a_2 = a & b;
                    wire [7:0] _2_w__rds = a | b;
                    wire [7:0] rst_1 = a * b;
                    assign out = (reg_ ^ _2_w__rds) ^ rst_1;

                    always @(posedge clk) begin
                        if (rst) begin
                            reg_ <= 8'd0;
                        end else begin
                            reg_ <= (logic_ ^ a_1) ^ a_2;
                        end
                    end
                endmodule

                """)
    }

    @Test("a second name of a signal is an alias")
    func alias() throws {
        let text = try text(Ports.init) { m in
            let first = (m.a + m.b).named("first")
            let port = m.b.named("operand")
            m.out.drive(first.named("second") & port)
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    output wire [7:0] out
                );
                    wire [7:0] first = a + b;
                    wire [7:0] operand = b;
                    wire [7:0] second = first;
                    assign out = second & operand;
                endmodule

                """)
    }

    @Test("temporaries are numbered for each declaration, and long expressions are broken into them")
    func temporaries() throws {
        let text = try text(Ports.init) { m in
            let shared = m.a + m.b
            let x = (shared[0..<4].zeroExtended(to: 8) ^ (shared & (shared | m.b))).named("x")
            let sum = (0..<12).reduce(m.a) { $0 + ($1 % 2 == 0 ? m.a : m.b) }.named("sum")
            m.out.drive((x + sum)[1..<8].zeroExtended(to: 8))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire [7:0] b,
                    output wire [7:0] out
                );
                    wire [7:0] _x_0 = a + b;
                    wire [7:0] x = {4'd0, _x_0[3:0]} ^ (_x_0 & (_x_0 | b));
                    wire [7:0] _sum_0 = (((((a + a) + b) + a) + b) + a) + b;
                    wire [7:0] sum = (((((_sum_0 + a) + b) + a) + b) + a) + b;
                    wire [7:0] _out_0 = x + sum;
                    assign out = {1'b0, _out_0[7:1]};

                    wire _unused = &{1'b0, _out_0[0]};
                endmodule

                """)
    }

    @Test("every named signal is listed with its Verilog name")
    func nameList() throws {
        let leaf = Snippet("leaf", Ports.init) { m in m.out.drive(m.a ^ m.b) }
        let emission = try emit(
            elaborate(
                Snippet("top", Ports.init) { m in
                    let inner = m.instance("inner", leaf)
                    inner.a.drive(m.a)
                    inner.b.drive(0)
                    when(m.a == 0) { inner.b.drive(m.b) }
                    let wire = m.register("wire", 8)
                    wire.next(inner.out)
                    let sum = (m.a + wire).named("a")
                    m.out.drive(sum)
                }))
        let names = emission.names.map { "\($0.module).\($0.signal) \($0.verilog) \($0.width)" }
        #expect(
            names == [
                "leaf.a a 8", "leaf.b b 8", "leaf.out out 8", "top.a a 8", "top.b b 8", "top.out out 8",
                "top.wire wire_ 8", "top.inner_b inner_b 8", "top.inner_out inner_out 8", "top.a a_1 8",
            ])
    }

    @Test("a file list and a core description name the files")
    func fileLists() throws {
        let leaf = Snippet("leaf", Ports.init) { m in m.out.drive(m.a ^ m.b) }
        let emission = try emit(
            elaborate(
                Snippet("top", Ports.init) { m in
                    let inner = m.instance("inner", leaf)
                    inner.a.drive(m.a)
                    inner.b.drive(m.b)
                    m.out.drive(inner.out)
                }))
        #expect(emission.top == "top")
        #expect(emission.modules.map(\.name) == ["leaf.v", "top.v"])
        #expect(emission.fileList.name == "top.f")
        #expect(String(decoding: emission.fileList.bytes, as: UTF8.self) == "leaf.v\ntop.v\n")
        #expect(emission.verilatorFileList.name == "top.verilator.f")
        #expect(
            String(decoding: emission.verilatorFileList.bytes, as: UTF8.self)
                == "-fno-const-bit-op-tree\n--comp-limit-parens\n1000000\nleaf.v\ntop.v\n")
        let core = String(decoding: emission.fuseSoCCore.bytes, as: UTF8.self)
        #expect(emission.fuseSoCCore.name == "top.core")
        #expect(core.contains("    files:\n      - leaf.v\n      - top.v\n"))
        #expect(core.contains("    toplevel: top\n"))
    }

    @Test("Swift's spelling of a port becomes the hardware engineer's")
    func snakeCase() {
        #expect("readAddress".snakeCased == "read_address")
        #expect("plane2Row".snakeCased == "plane2_row")
        #expect("AndAccumulate".snakeCased == "and_accumulate")
        #expect("clk".snakeCased == "clk")
    }
}
