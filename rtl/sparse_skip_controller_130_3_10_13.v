module sparse_skip_controller_130_3_10_13 (
    input wire clk,
    input wire rst,
    input wire map_write,
    input wire [7:0] map_address,
    input wire [5:0] map_rows,
    input wire [3:0] map_filter,
    input wire [3:0] map_chunk,
    input wire take,
    output wire valid,
    output wire [3:0] filter,
    output wire [3:0] chunk,
    output wire negative,
    output wire [1:0] plane,
    output wire last,
    output wire empty
);
    reg [129:0] occupied;
    reg [129:0] remaining;
    reg [5:0] fetched_rows;
    reg [3:0] fetched_filter;
    reg [3:0] fetched_chunk;
    reg fetched_last;
    reg fetched_empty;
    reg [5:0] current_rows;
    reg [3:0] current_filter;
    reg [3:0] current_chunk;
    reg current_last;
    reg current_empty;
    reg fetched_valid;
    reg [13:0] map [0:129];
    integer map_word;

    initial begin
        occupied = 130'd0;
        remaining = 130'd0;
        fetched_rows = 6'd0;
        fetched_filter = 4'd0;
        fetched_chunk = 4'd0;
        fetched_last = 1'b0;
        fetched_empty = 1'b0;
        current_rows = 6'd0;
        current_filter = 4'd0;
        current_chunk = 4'd0;
        current_last = 1'b0;
        current_empty = 1'b0;
        fetched_valid = 1'b0;
        for (map_word = 0; map_word < 130; map_word = map_word + 1)
            map[map_word] = 14'd0;
    end

    wire [129:0] written = 130'd1 << map_address;
    wire _candidates_0 = |map_rows;
    wire [129:0] candidates = (|remaining) ? remaining : occupied;
    wire [129:0] found = candidates & (~candidates + 130'd1);
    wire [129:0] left = candidates & ~found;
    wire [7:0] _entry_0 = {|(found & 130'h300000000000000000000000000000000), |(found & 130'h0ffffffffffffffff0000000000000000),
            |(found & 130'h0ffffffff00000000ffffffff00000000), |(found & 130'h0ffff0000ffff0000ffff0000ffff0000),
            |(found & 130'h0ff00ff00ff00ff00ff00ff00ff00ff00), |(found & 130'h0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0),
            |(found & 130'h0cccccccccccccccccccccccccccccccc), |(found & 130'h2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)};
    wire [13:0] entry = (_entry_0 < 8'd130) ? map[_entry_0] : 14'd0;
    wire is_empty = ~(|occupied);
    wire [5:0] row = current_rows & (~current_rows + 6'd1);
    wire [5:0] rows_left = current_rows & ~row;
    wire is_last_of_group = rows_left == 6'd0;
    wire is_done = (current_rows == 6'd0) | (take & is_last_of_group);
    wire advance = fetched_valid & is_done;
    wire [2:0] position = {|(row & 6'd48), |(row & 6'd12), |(row & 6'd42)};
    assign valid = current_rows != 6'd0;
    assign filter = current_filter;
    assign chunk = current_chunk;
    assign negative = position[0];
    assign plane = position[2:1];
    assign last = current_last & is_last_of_group;
    assign empty = current_empty;

    always @(posedge clk) begin
        if (rst) begin
            occupied <= 130'd0;
            remaining <= 130'd0;
            fetched_rows <= 6'd0;
            fetched_filter <= 4'd0;
            fetched_chunk <= 4'd0;
            fetched_last <= 1'b0;
            fetched_empty <= 1'b0;
            current_rows <= 6'd0;
            current_filter <= 4'd0;
            current_chunk <= 4'd0;
            current_last <= 1'b0;
            current_empty <= 1'b0;
            fetched_valid <= 1'b0;
        end else begin
            if (map_write) begin
                occupied <= (occupied & ~written) | (written & {130{_candidates_0}});
                current_rows <= 6'd0;
                fetched_valid <= 1'b0;
                remaining <= 130'd0;
            end else begin
                if (advance) begin
                    current_rows <= fetched_rows;
                    current_filter <= fetched_filter;
                    current_chunk <= fetched_chunk;
                    current_last <= fetched_last;
                    current_empty <= fetched_empty;
                end else if (take) begin
                    current_rows <= rows_left;
                end
                if (advance | ~fetched_valid) begin
                    fetched_valid <= 1'b1;
                    remaining <= left;
                    fetched_rows <= is_empty ? 6'd1 : entry[5:0];
                    fetched_filter <= entry[9:6];
                    fetched_chunk <= entry[13:10];
                    fetched_last <= left == 130'd0;
                    fetched_empty <= is_empty;
                end
            end
        end
    end

    always @(posedge clk) begin
        if (map_write) begin
            map[map_address] <= {map_chunk, map_filter, map_rows};
        end
    end
endmodule
