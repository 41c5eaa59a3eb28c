module bank_scheduler_4_256_1 (
    input wire clk,
    input wire rst,
    input wire valid,
    input wire last,
    input wire image_ready,
    input wire [3:0] bank_ready,
    output wire issue,
    output reg [1:0] bank,
    output reg [7:0] address,
    output reg first
);
    initial begin
        bank = 2'd0;
        address = 8'd0;
        first = 1'b1;
    end

    wire is_bank_ready = bank_ready[bank];
    wire issue_row = (valid & image_ready) & is_bank_ready;
    assign issue = issue_row;

    always @(posedge clk) begin
        if (rst) begin
            bank <= 2'd0;
            address <= 8'd0;
            first <= 1'b1;
        end else begin
            if (issue_row) begin
                first <= last;
                if (last) begin
                    bank <= 2'd0;
                    address <= 8'd0;
                end else if (bank == 2'd3) begin
                    bank <= 2'd0;
                    address <= address + 8'd1;
                end else begin
                    bank <= bank + 2'd1;
                end
            end
        end
    end
endmodule
