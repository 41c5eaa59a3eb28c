module dot_product_engine (
    input wire clk,
    input wire rst,
    input wire write,
    input wire [1:0] write_bank,
    input wire [7:0] write_address,
    input wire [63:0] write_data,
    input wire [63:0] write_fail,
    input wire map_write,
    input wire [7:0] map_address,
    input wire [5:0] map_rows,
    input wire [3:0] map_filter,
    input wire [3:0] map_chunk,
    input wire valid,
    input wire [63:0] planes_0,
    input wire [63:0] planes_1,
    input wire [63:0] planes_2,
    input wire [63:0] planes_3,
    output wire ready,
    input wire [63:0] upset_0,
    input wire [63:0] upset_1,
    input wire [63:0] upset_2,
    input wire [63:0] upset_3,
    input wire clear,
    output wire done,
    output wire [19:0] sums_0,
    output wire [19:0] sums_1,
    output wire [19:0] sums_2,
    output wire [19:0] sums_3,
    output wire [19:0] sums_4,
    output wire [19:0] sums_5,
    output wire [19:0] sums_6,
    output wire [19:0] sums_7,
    output wire [19:0] sums_8,
    output wire [19:0] sums_9,
    output reg [31:0] cycles,
    output reg [31:0] senses,
    output wire [3:0] precharge,
    output wire [3:0] evaluate,
    output wire [3:0] latch
);
    reg [16:0] sensing_1;
    reg [16:0] sensing_2;
    reg [16:0] sensing_3;
    reg [16:0] sensing_4;
    reg running;
    wire activations_ready;
    wire activations_image_ready;
    wire [63:0] activations_lanes_0;
    wire [63:0] activations_lanes_1;
    wire [63:0] activations_lanes_2;
    wire [63:0] activations_lanes_3;
    wire scheduler_issue;
    wire [1:0] scheduler_bank;
    wire [7:0] scheduler_address;
    wire scheduler_first;
    wire controller_valid;
    wire [3:0] controller_filter;
    wire [3:0] controller_chunk;
    wire controller_negative;
    wire [1:0] controller_plane;
    wire controller_last;
    wire controller_empty;
    wire bank_0_ready;
    wire bank_0_precharge;
    wire bank_0_evaluate;
    wire bank_0_latch;
    wire [63:0] bank_0_row;
    wire bank_1_ready;
    wire bank_1_precharge;
    wire bank_1_evaluate;
    wire bank_1_latch;
    wire [63:0] bank_1_row;
    wire bank_2_ready;
    wire bank_2_precharge;
    wire bank_2_evaluate;
    wire bank_2_latch;
    wire [63:0] bank_2_row;
    wire bank_3_ready;
    wire bank_3_precharge;
    wire bank_3_evaluate;
    wire bank_3_latch;
    wire [63:0] bank_3_row;

    initial begin
        sensing_1 = 17'd0;
        sensing_2 = 17'd0;
        sensing_3 = 17'd0;
        sensing_4 = 17'd0;
        running = 1'b0;
        cycles = 32'd0;
        senses = 32'd0;
    end

    wire sensed_valid = sensing_4[16];
    wire [1:0] sensed_bank = sensing_4[15:14];
    wire [3:0] sensed_filter = sensing_4[13:10];
    wire [3:0] sensed_chunk = sensing_4[9:6];
    wire sensed_negative = sensing_4[5];
    wire sensed_first = sensing_4[4];
    wire sensed_last = sensing_4[3];
    wire sensed_empty = sensing_4[2];
    wire [1:0] sensed_plane = sensing_4[1:0];
    reg [63:0] sensed_row;
    always @* begin
        case (sensed_bank)
            2'd0: sensed_row = bank_0_row;
            2'd1: sensed_row = bank_1_row;
            2'd2: sensed_row = bank_2_row;
            default: sensed_row = bank_3_row;
        endcase
    end
    wire _running_when_0 = valid & activations_ready;
    assign ready = activations_ready;
    assign precharge = {bank_3_precharge, bank_2_precharge, bank_1_precharge, bank_0_precharge};
    assign evaluate = {bank_3_evaluate, bank_2_evaluate, bank_1_evaluate, bank_0_evaluate};
    assign latch = {bank_3_latch, bank_2_latch, bank_1_latch, bank_0_latch};

    activation_buffer_64_13_4_4 activations (
        .clk(clk),
        .rst(rst),
        .valid(valid),
        .planes_0(planes_0),
        .planes_1(planes_1),
        .planes_2(planes_2),
        .planes_3(planes_3),
        .ready(activations_ready),
        .image_ready(activations_image_ready),
        .issued(scheduler_issue & controller_last),
        .free(sensed_valid & sensed_last),
        .chunk(sensed_chunk),
        .lanes_0(activations_lanes_0),
        .lanes_1(activations_lanes_1),
        .lanes_2(activations_lanes_2),
        .lanes_3(activations_lanes_3)
    );

    bank_scheduler_4_256_1 scheduler (
        .clk(clk),
        .rst(rst),
        .valid(controller_valid),
        .last(controller_last),
        .image_ready(activations_image_ready),
        .bank_ready({bank_3_ready, bank_2_ready, bank_1_ready, bank_0_ready}),
        .issue(scheduler_issue),
        .bank(scheduler_bank),
        .address(scheduler_address),
        .first(scheduler_first)
    );

    sparse_skip_controller_130_3_10_13 controller (
        .clk(clk),
        .rst(rst),
        .map_write(map_write),
        .map_address(map_address),
        .map_rows(map_rows),
        .map_filter(map_filter),
        .map_chunk(map_chunk),
        .take(scheduler_issue),
        .valid(controller_valid),
        .filter(controller_filter),
        .chunk(controller_chunk),
        .negative(controller_negative),
        .plane(controller_plane),
        .last(controller_last),
        .empty(controller_empty)
    );

    bank_256_64_1_1_1 bank_0 (
        .clk(clk),
        .rst(rst),
        .write(write & (write_bank == 2'd0)),
        .write_address(write_address),
        .write_data(write_data),
        .write_fail(write_fail),
        .start(scheduler_issue & (scheduler_bank == 2'd0)),
        .address(scheduler_address),
        .upset(upset_0),
        .ready(bank_0_ready),
        .precharge(bank_0_precharge),
        .evaluate(bank_0_evaluate),
        .latch(bank_0_latch),
        .row(bank_0_row)
    );

    bank_256_64_1_1_1 bank_1 (
        .clk(clk),
        .rst(rst),
        .write(write & (write_bank == 2'd1)),
        .write_address(write_address),
        .write_data(write_data),
        .write_fail(write_fail),
        .start(scheduler_issue & (scheduler_bank == 2'd1)),
        .address(scheduler_address),
        .upset(upset_1),
        .ready(bank_1_ready),
        .precharge(bank_1_precharge),
        .evaluate(bank_1_evaluate),
        .latch(bank_1_latch),
        .row(bank_1_row)
    );

    bank_256_64_1_1_1 bank_2 (
        .clk(clk),
        .rst(rst),
        .write(write & (write_bank == 2'd2)),
        .write_address(write_address),
        .write_data(write_data),
        .write_fail(write_fail),
        .start(scheduler_issue & (scheduler_bank == 2'd2)),
        .address(scheduler_address),
        .upset(upset_2),
        .ready(bank_2_ready),
        .precharge(bank_2_precharge),
        .evaluate(bank_2_evaluate),
        .latch(bank_2_latch),
        .row(bank_2_row)
    );

    bank_256_64_1_1_1 bank_3 (
        .clk(clk),
        .rst(rst),
        .write(write & (write_bank == 2'd3)),
        .write_address(write_address),
        .write_data(write_data),
        .write_fail(write_fail),
        .start(scheduler_issue & (scheduler_bank == 2'd3)),
        .address(scheduler_address),
        .upset(upset_3),
        .ready(bank_3_ready),
        .precharge(bank_3_precharge),
        .evaluate(bank_3_evaluate),
        .latch(bank_3_latch),
        .row(bank_3_row)
    );

    and_accumulate_64_4_4_3_10_20 datapath (
        .clk(clk),
        .rst(rst),
        .valid(sensed_valid),
        .row(sensed_row),
        .lanes_0(activations_lanes_0),
        .lanes_1(activations_lanes_1),
        .lanes_2(activations_lanes_2),
        .lanes_3(activations_lanes_3),
        .filter(sensed_filter),
        .negative(sensed_negative),
        .plane(sensed_plane),
        .first(sensed_first),
        .last(sensed_last),
        .empty(sensed_empty),
        .done(done),
        .sums_0(sums_0),
        .sums_1(sums_1),
        .sums_2(sums_2),
        .sums_3(sums_3),
        .sums_4(sums_4),
        .sums_5(sums_5),
        .sums_6(sums_6),
        .sums_7(sums_7),
        .sums_8(sums_8),
        .sums_9(sums_9)
    );

    always @(posedge clk) begin
        if (rst) begin
            sensing_1 <= 17'd0;
            sensing_2 <= 17'd0;
            sensing_3 <= 17'd0;
            sensing_4 <= 17'd0;
            running <= 1'b0;
            cycles <= 32'd0;
            senses <= 32'd0;
        end else begin
            sensing_1 <= {scheduler_issue, scheduler_bank, controller_filter, controller_chunk,
            controller_negative, scheduler_first, controller_last, controller_empty, controller_plane};
            sensing_2 <= sensing_1;
            sensing_3 <= sensing_2;
            sensing_4 <= sensing_3;
            if (clear) begin
                running <= 1'b0;
                cycles <= 32'd0;
                senses <= 32'd0;
            end else begin
                if (_running_when_0) begin
                    running <= 1'b1;
                end
                if (running | _running_when_0) begin
                    cycles <= cycles + 32'd1;
                end
                if (scheduler_issue & ~controller_empty) begin
                    senses <= senses + 32'd1;
                end
            end
        end
    end
endmodule
