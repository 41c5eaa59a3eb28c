module bank_256_64_1_1_1 (
    input wire clk,
    input wire rst,
    input wire write,
    input wire [7:0] write_address,
    input wire [63:0] write_data,
    input wire [63:0] write_fail,
    input wire start,
    input wire [7:0] address,
    input wire [63:0] upset,
    output wire ready,
    output wire precharge,
    output wire evaluate,
    output wire latch,
    output wire [63:0] row
);
    reg [7:0] selected;
    wire [63:0] sub_array_cells;

    initial begin
        selected = 8'd0;
    end

    sub_array_256x64 sub_array (
        .clk(clk),
        .write(write),
        .write_address(write_address),
        .write_data(write_data),
        .write_fail(write_fail),
        .address(selected),
        .cells(sub_array_cells)
    );

    sense_amplifier_64_1_1_1 sense_amplifiers (
        .clk(clk),
        .rst(rst),
        .start(start),
        .cells(sub_array_cells),
        .upset(upset),
        .ready(ready),
        .precharge(precharge),
        .evaluate(evaluate),
        .latch(latch),
        .row(row)
    );

    always @(posedge clk) begin
        if (rst) begin
            selected <= 8'd0;
        end else begin
            if (start) begin
                selected <= address;
            end
        end
    end
endmodule
