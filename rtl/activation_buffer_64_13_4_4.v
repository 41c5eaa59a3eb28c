module activation_buffer_64_13_4_4 (
    input wire clk,
    input wire rst,
    input wire valid,
    input wire [63:0] planes_0,
    input wire [63:0] planes_1,
    input wire [63:0] planes_2,
    input wire [63:0] planes_3,
    output wire ready,
    output wire image_ready,
    input wire issued,
    input wire free,
    input wire [3:0] chunk,
    output wire [63:0] lanes_0,
    output wire [63:0] lanes_1,
    output wire [63:0] lanes_2,
    output wire [63:0] lanes_3
);
    reg [1:0] full;
    reg [1:0] waiting;
    reg fill_half;
    reg issue_half;
    reg read_half;
    reg [3:0] fill_chunk;
    reg [255:0] words [0:31];
    integer words_word;

    initial begin
        full = 2'd0;
        waiting = 2'd0;
        fill_half = 1'b0;
        issue_half = 1'b0;
        read_half = 1'b0;
        fill_chunk = 4'd0;
        for (words_word = 0; words_word < 32; words_word = words_word + 1)
            words[words_word] = 256'd0;
    end

    wire can_fill = ~full[fill_half];
    wire is_filling = valid & can_fill;
    wire is_filled = is_filling & (fill_chunk == 4'd12);
    wire [1:0] filled = {fill_half & is_filled, ~fill_half & is_filled};
    wire [255:0] word = words[{read_half, chunk}];
    assign ready = can_fill;
    assign image_ready = waiting[issue_half];
    assign lanes_0 = word[63:0];
    assign lanes_1 = word[127:64];
    assign lanes_2 = word[191:128];
    assign lanes_3 = word[255:192];

    always @(posedge clk) begin
        if (rst) begin
            full <= 2'd0;
            waiting <= 2'd0;
            fill_half <= 1'b0;
            issue_half <= 1'b0;
            read_half <= 1'b0;
            fill_chunk <= 4'd0;
        end else begin
            if (is_filling) begin
                fill_chunk <= (fill_chunk == 4'd12) ? 4'd0 : (fill_chunk + 4'd1);
            end
            if (is_filled) begin
                fill_half <= ~fill_half;
            end
            if (issued) begin
                issue_half <= ~issue_half;
            end
            if (free) begin
                read_half <= ~read_half;
            end
            full <= (full | filled) & ~{read_half & free, ~read_half & free};
            waiting <= (waiting | filled) & ~{issue_half & issued, ~issue_half & issued};
        end
    end

    always @(posedge clk) begin
        if (is_filling) begin
            words[{fill_half, fill_chunk}] <= {planes_3, planes_2, planes_1, planes_0};
        end
    end
endmodule
