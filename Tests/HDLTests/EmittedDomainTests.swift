import HDL
import Testing

private struct Ports: SignalBundle {
    let write = ClockPort(Clocking(edge: .falling, reset: .asynchronous(.low)))
    let fast = ClockPort(Clocking(reset: .none))
    let a = Input(8, "write"), b = Input(8, "fast")
    let x = Output(8, "write"), y = Output(8, "fast")
}

private struct Leaf: Module {
    struct Ports: SignalBundle { let d = Input(8), q = Output(8) }
    var clocking: Clocking { Clocking(edge: .falling, reset: .asynchronous(.low)) }
    func ports() -> Ports { Ports() }
    func build(_ m: Builder<Ports>) {
        let kept = m.register("q", 8, reset: 1)
        kept.next(m.d)
        m.q.drive(kept)
    }
}

@Suite("Emitted clock domains")
struct EmittedDomainTests {
    @Test("each domain has its ports, edges and resets; a domain without reset has none")
    func domains() throws {
        let text = try text(Ports.init) { m in
            let written = m.clocked(by: m.write).register("written", 8, reset: 3)
            written.next(m.a)
            m.x.drive(written)
            let fast = m.clocked(by: m.fast).register("quick", 8, powerUp: 9)
            fast.next(m.b)
            m.y.drive(fast)
        }
        #expect(
            text == """
                module snippet (
                    input wire write_clk,
                    input wire write_rst_n,
                    input wire fast_clk,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    output wire [7:0] x,
                    output wire [7:0] y
                );
                    reg [7:0] written;
                    reg [7:0] quick;

                    initial begin
                        written = 8'd3;
                        quick = 8'd9;
                    end

                    assign x = written;
                    assign y = quick;

                    always @(negedge write_clk or negedge write_rst_n) begin
                        if (!write_rst_n) begin
                            written <= 8'd3;
                        end else begin
                            written <= a;
                        end
                    end

                    always @(posedge fast_clk) begin
                        quick <= b;
                    end
                endmodule

                """)
    }

    @Test("an instance gets the clocks that it is connected to")
    func instances() throws {
        let text = try verilog(
            of: Snippet("snippet", Ports.init) { m in
                let leaf = m.clocked(by: m.write).instance("leaf", Leaf())
                leaf.d.drive(m.a)
                m.x.drive(leaf.q)
                m.y.drive(m.b)
            })["snippet.v"]
        #expect(
            text == """
                module snippet (
                    input wire write_clk,
                    input wire write_rst_n,
                    input wire [7:0] a,
                    input wire [7:0] b,
                    output wire [7:0] x,
                    output wire [7:0] y
                );
                    assign y = b;

                    leaf leaf (
                        .clk(write_clk),
                        .rst_n(write_rst_n),
                        .d(a),
                        .q(x)
                    );
                endmodule

                """)
    }

    @Test("a domain whose clock is made inside has a wire for it")
    func inner() throws {
        struct Ports: SignalBundle { let a = Input(8), q = Output(8, .asynchronous) }
        let text = try text(Ports.init) { m in
            let divider = m.register("divider", 2)
            divider.next(divider + 1)
            let slow = m.clockDomain("slow", clock: divider[1])
            let kept = m.clocked(by: slow).register("kept", 8, reset: nil)
            kept.next(kept + 1)
            m.q.drive(kept)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    output wire [7:0] q
                );
                    reg [1:0] divider;
                    reg [7:0] kept;
                    wire slow_clk;
                    wire slow_rst;

                    initial begin
                        divider = 2'd0;
                        kept = 8'd0;
                    end

                    assign slow_clk = divider[1];
                    assign q = kept;

                    always @(posedge clk) begin
                        if (rst) begin
                            divider <= 2'd0;
                        end else begin
                            divider <= divider + 2'd1;
                        end
                    end

                    always @(posedge slow_clk) begin
                        kept <= kept + 8'd1;
                    end

                    wire _unused = &{1'b0, a};
                endmodule

                """)
    }
}
