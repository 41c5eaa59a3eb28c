module sense_amplifier_64_1_1_1 (
    input wire clk,
    input wire rst,
    input wire start,
    input wire [63:0] cells,
    input wire [63:0] upset,
    output wire ready,
    output wire precharge,
    output wire evaluate,
    output wire latch,
    output reg [63:0] row
);
    reg [1:0] phase;

    initial begin
        phase = 2'd0;
        row = 64'd0;
    end

    wire is_last = phase == 2'd3;
    assign ready = (phase == 2'd0) | is_last;
    assign precharge = (phase != 2'd0) & (phase <= 2'd1);
    assign evaluate = (2'd1 < phase) & (phase <= 2'd2);
    assign latch = 2'd2 < phase;

    always @(posedge clk) begin
        if (rst) begin
            phase <= 2'd0;
            row <= 64'd0;
        end else begin
            if (start) begin
                phase <= 2'd1;
            end else if (is_last) begin
                phase <= 2'd0;
            end else if (phase != 2'd0) begin
                phase <= phase + 2'd1;
            end
            if (is_last) begin
                row <= cells ^ upset;
            end
        end
    end
endmodule
