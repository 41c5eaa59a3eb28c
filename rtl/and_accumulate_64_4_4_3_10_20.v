module and_accumulate_64_4_4_3_10_20 (
    input wire clk,
    input wire rst,
    input wire valid,
    input wire [63:0] row,
    input wire [63:0] lanes_0,
    input wire [63:0] lanes_1,
    input wire [63:0] lanes_2,
    input wire [63:0] lanes_3,
    input wire [3:0] filter,
    input wire negative,
    input wire [1:0] plane,
    input wire first,
    input wire last,
    input wire empty,
    output reg done,
    output reg [19:0] sums_0,
    output reg [19:0] sums_1,
    output reg [19:0] sums_2,
    output reg [19:0] sums_3,
    output reg [19:0] sums_4,
    output reg [19:0] sums_5,
    output reg [19:0] sums_6,
    output reg [19:0] sums_7,
    output reg [19:0] sums_8,
    output reg [19:0] sums_9
);
    reg is_counted;
    reg [3:0] counted_filter;
    reg [1:0] counted_shift;
    reg counted_negative;
    reg counted_first;
    reg counted_last;
    reg [6:0] count_0;
    reg [6:0] count_1;
    reg [6:0] count_2;
    reg [6:0] count_3;

    initial begin
        is_counted = 1'b0;
        counted_filter = 4'd0;
        counted_shift = 2'd0;
        counted_negative = 1'b0;
        counted_first = 1'b0;
        counted_last = 1'b0;
        count_0 = 7'd0;
        count_1 = 7'd0;
        count_2 = 7'd0;
        count_3 = 7'd0;
        sums_0 = 20'd0;
        sums_1 = 20'd0;
        sums_2 = 20'd0;
        sums_3 = 20'd0;
        sums_4 = 20'd0;
        sums_5 = 20'd0;
        sums_6 = 20'd0;
        sums_7 = 20'd0;
        sums_8 = 20'd0;
        sums_9 = 20'd0;
        done = 1'b0;
    end

    wire [6:0] ones_0 = $countones(row & lanes_0);
    wire [6:0] ones_1 = $countones(row & lanes_1);
    wire [6:0] ones_2 = $countones(row & lanes_2);
    wire [6:0] ones_3 = $countones(row & lanes_3);
    wire [12:0] _weighed_0 = ({6'd0, count_0} + {5'd0, {count_1, 1'b0}}) + {4'd0, {count_2, 2'd0}};
    wire [12:0] weighed = _weighed_0 + {3'd0, {count_3, 3'd0}};
    wire [19:0] term = {7'd0, weighed << counted_shift};
    reg [19:0] _previous_0;
    always @* begin
        case (counted_filter)
            4'd0: _previous_0 = sums_0;
            4'd1: _previous_0 = sums_1;
            4'd2: _previous_0 = sums_2;
            4'd3: _previous_0 = sums_3;
            4'd4: _previous_0 = sums_4;
            4'd5: _previous_0 = sums_5;
            4'd6: _previous_0 = sums_6;
            4'd7: _previous_0 = sums_7;
            4'd8: _previous_0 = sums_8;
            4'd9: _previous_0 = sums_9;
            default: _previous_0 = 20'd0;
        endcase
    end
    wire [19:0] previous = counted_first ? 20'd0 : _previous_0;
    wire [19:0] updated = counted_negative ? (previous - term) : (previous + term);

    always @(posedge clk) begin
        if (rst) begin
            is_counted <= 1'b0;
            counted_filter <= 4'd0;
            counted_shift <= 2'd0;
            counted_negative <= 1'b0;
            counted_first <= 1'b0;
            counted_last <= 1'b0;
            count_0 <= 7'd0;
            count_1 <= 7'd0;
            count_2 <= 7'd0;
            count_3 <= 7'd0;
            sums_0 <= 20'd0;
            sums_1 <= 20'd0;
            sums_2 <= 20'd0;
            sums_3 <= 20'd0;
            sums_4 <= 20'd0;
            sums_5 <= 20'd0;
            sums_6 <= 20'd0;
            sums_7 <= 20'd0;
            sums_8 <= 20'd0;
            sums_9 <= 20'd0;
            done <= 1'b0;
        end else begin
            is_counted <= valid;
            if (valid) begin
                count_0 <= empty ? 7'd0 : ones_0;
                count_1 <= empty ? 7'd0 : ones_1;
                count_2 <= empty ? 7'd0 : ones_2;
                count_3 <= empty ? 7'd0 : ones_3;
                counted_filter <= filter;
                counted_shift <= plane;
                counted_negative <= negative;
                counted_first <= first;
                counted_last <= last;
            end
            if (is_counted) begin
                if (counted_filter == 4'd0) begin
                    sums_0 <= updated;
                end else if (counted_first) begin
                    sums_0 <= 20'd0;
                end
                if (counted_filter == 4'd1) begin
                    sums_1 <= updated;
                end else if (counted_first) begin
                    sums_1 <= 20'd0;
                end
                if (counted_filter == 4'd2) begin
                    sums_2 <= updated;
                end else if (counted_first) begin
                    sums_2 <= 20'd0;
                end
                if (counted_filter == 4'd3) begin
                    sums_3 <= updated;
                end else if (counted_first) begin
                    sums_3 <= 20'd0;
                end
                if (counted_filter == 4'd4) begin
                    sums_4 <= updated;
                end else if (counted_first) begin
                    sums_4 <= 20'd0;
                end
                if (counted_filter == 4'd5) begin
                    sums_5 <= updated;
                end else if (counted_first) begin
                    sums_5 <= 20'd0;
                end
                if (counted_filter == 4'd6) begin
                    sums_6 <= updated;
                end else if (counted_first) begin
                    sums_6 <= 20'd0;
                end
                if (counted_filter == 4'd7) begin
                    sums_7 <= updated;
                end else if (counted_first) begin
                    sums_7 <= 20'd0;
                end
                if (counted_filter == 4'd8) begin
                    sums_8 <= updated;
                end else if (counted_first) begin
                    sums_8 <= 20'd0;
                end
                if (counted_filter == 4'd9) begin
                    sums_9 <= updated;
                end else if (counted_first) begin
                    sums_9 <= 20'd0;
                end
            end
            done <= is_counted & counted_last;
        end
    end
endmodule
