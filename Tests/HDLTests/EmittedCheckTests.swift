import HDL
import Testing
import Verilog

private struct Ports: SignalBundle {
    let a = Input(8), go = Input(), stop = Input()
    let out = Output(8)
}

@Suite("Emitted checks")
struct EmittedCheckTests {
    @Test("checks and what only they use stand in the formal part")
    func checks() throws {
        let text = try text(Ports.init) { m in
            let count = m.register("count", 8)
            when(m.go) {
                count.next(count + 1)
                m.assert("no_stop", ~m.stop)
            }
            m.out.drive(count)
            m.assume("a_is_stable", m.a == m.past(m.a))
            m.cover("full", count.allSet)
        }
        #expect(
            text == """
                module snippet (
                    input wire clk,
                    input wire rst,
                    input wire [7:0] a,
                    input wire go,
                    input wire stop,
                    output wire [7:0] out
                );
                    reg [7:0] count;

                    initial begin
                        count = 8'd0;
                    end

                    assign out = count;

                    always @(posedge clk) begin
                        if (rst) begin
                            count <= 8'd0;
                        end else begin
                            if (go) begin
                                count <= count + 8'd1;
                            end
                        end
                    end

                    wire _unused = &{1'b0, a, stop};

                `ifdef FORMAL
                    reg [7:0] a_past;

                    initial begin
                        a_past = 8'd0;
                    end

                    always @(posedge clk) begin
                        if (rst) begin
                            a_past <= 8'd0;
                        end else begin
                            a_past <= a;
                        end
                    end

                    (* keep *) wire no_stop_holds = ~go | ~stop;
                    always @(posedge clk) begin : check_no_stop
                        if (!rst) begin
                            assert(no_stop_holds);
                        end
                    end

                    (* keep *) wire a_is_stable_holds = a == a_past;
                    always @(posedge clk) begin : check_a_is_stable
                        if (!rst) begin
                            assume(a_is_stable_holds);
                        end
                    end

                    (* keep *) wire full_reached = &count;
                    always @(posedge clk) begin : check_full
                        if (!rst) begin
                            cover(full_reached);
                        end
                    end
                `endif
                endmodule

                """)
    }

    @Test("an instance's output that only a check reads counts as unused outside the formal part")
    func instanceOutput() throws {
        struct LeafPorts: SignalBundle { let value = Input(8), same = Output(8), isZero = Output() }
        let leaf = Snippet("leaf", LeafPorts.init) { m in
            m.same.drive(m.value)
            m.isZero.drive(m.value == 0)
        }
        let texts = try verilog(
            of: Snippet("snippet", Ports.init) { m in
                let leaf = m.instance("leaf", leaf)
                leaf.value.drive(m.a)
                m.out.drive(mux(m.go & m.stop, leaf.same, 0))
                m.assert("never_zero", ~leaf.isZero)
            })
        #expect(texts["snippet.v"]?.contains("wire _unused = &{1'b0, leaf_is_zero};") == true)
    }

    @Test("a module without clock looks at its checks whenever something changes")
    func combinational() throws {
        let text = try text(Ports.init) { m in
            m.out.drive(m.a)
            m.assert("never_both", ~(m.go & m.stop))
        }
        #expect(
            text == """
                module snippet (
                    input wire [7:0] a,
                    input wire go,
                    input wire stop,
                    output wire [7:0] out
                );
                    assign out = a;

                    wire _unused = &{1'b0, go, stop};

                `ifdef FORMAL
                    (* keep *) wire never_both_holds = ~(go & stop);
                    always @* begin : check_never_both
                        assert(never_both_holds);
                    end
                `endif
                endmodule

                """)
    }

    @Test("the emission says where each check stands")
    func places() throws {
        let line: UInt = #line
        let design = try elaborate(
            Snippet("snippet", Ports.init) { m in
                m.out.drive(m.a)
                m.assert("never_both", ~(m.go & m.stop))
            })
        let check = try #require(try emit(design).checks.first)
        #expect(check.wire == "never_both_holds")
        #expect(check.block == "check_never_both")
        #expect(check.kind == .assert)
        #expect(check.location.description == "HDLTests/EmittedCheckTests.swift:\(line + 4)")
    }
}
