// Replays vectors on dot_product_engine and compares every output in every cycle.
//   +inputs=FILE    a line a cycle: the inputs side by side in hexadecimal, the first port leftmost
//   +expected=FILE  a line a cycle: the outputs likewise
//   +cycles=N       number of lines, at most MAX_CYCLES
// Two cycles of reset come first. A line says "PASS n cycles", or "FAIL n mismatches" and the status is an error.
`timescale 1ns / 1ns
module dot_product_engine_tb;
    parameter MAX_CYCLES = 65536;
    reg [8191:0] tb_inputs_file, tb_expected_file;
    integer tb_cycles, tb_cycle, tb_mismatches;
    reg [676:0] tb_inputs [0:MAX_CYCLES - 1];
    reg [277:0] tb_expected [0:MAX_CYCLES - 1];

    reg clk = 1'b0;
    reg rst;
    reg write;
    reg [1:0] write_bank;
    reg [7:0] write_address;
    reg [63:0] write_data;
    reg [63:0] write_fail;
    reg map_write;
    reg [7:0] map_address;
    reg [5:0] map_rows;
    reg [3:0] map_filter;
    reg [3:0] map_chunk;
    reg valid;
    reg [63:0] planes_0;
    reg [63:0] planes_1;
    reg [63:0] planes_2;
    reg [63:0] planes_3;
    reg [63:0] upset_0;
    reg [63:0] upset_1;
    reg [63:0] upset_2;
    reg [63:0] upset_3;
    reg clear;
    wire ready;
    wire done;
    wire [19:0] sums_0;
    wire [19:0] sums_1;
    wire [19:0] sums_2;
    wire [19:0] sums_3;
    wire [19:0] sums_4;
    wire [19:0] sums_5;
    wire [19:0] sums_6;
    wire [19:0] sums_7;
    wire [19:0] sums_8;
    wire [19:0] sums_9;
    wire [31:0] cycles;
    wire [31:0] senses;
    wire [3:0] precharge;
    wire [3:0] evaluate;
    wire [3:0] latch;
    wire [277:0] tb_found = {ready, done, sums_0, sums_1, sums_2, sums_3, sums_4, sums_5, sums_6, sums_7, sums_8, sums_9, cycles, senses, precharge, evaluate, latch};
    reg [277:0] tb_wanted;

    dot_product_engine dut (
        .clk(clk),
        .rst(rst),
        .write(write),
        .write_bank(write_bank),
        .write_address(write_address),
        .write_data(write_data),
        .write_fail(write_fail),
        .map_write(map_write),
        .map_address(map_address),
        .map_rows(map_rows),
        .map_filter(map_filter),
        .map_chunk(map_chunk),
        .valid(valid),
        .planes_0(planes_0),
        .planes_1(planes_1),
        .planes_2(planes_2),
        .planes_3(planes_3),
        .ready(ready),
        .upset_0(upset_0),
        .upset_1(upset_1),
        .upset_2(upset_2),
        .upset_3(upset_3),
        .clear(clear),
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
        .sums_9(sums_9),
        .cycles(cycles),
        .senses(senses),
        .precharge(precharge),
        .evaluate(evaluate),
        .latch(latch)
    );

    initial begin
        tb_cycles = 0;
        if (!$value$plusargs("inputs=%s", tb_inputs_file)) tb_give_up;
        if (!$value$plusargs("expected=%s", tb_expected_file)) tb_give_up;
        if (!$value$plusargs("cycles=%d", tb_cycles)) tb_give_up;
        if (!(tb_cycles > 0 && tb_cycles <= MAX_CYCLES)) tb_give_up;
        $readmemh(tb_inputs_file, tb_inputs, 0, tb_cycles - 1);
        $readmemh(tb_expected_file, tb_expected, 0, tb_cycles - 1);
        tb_mismatches = 0;
        {rst, write, write_bank, write_address, write_data, write_fail, map_write, map_address, map_rows, map_filter, map_chunk, valid, planes_0, planes_1, planes_2, planes_3, upset_0, upset_1, upset_2, upset_3, clear} = 677'd0;
        rst = 1'b1;
        repeat (2) begin
            #5 clk = 1'b1;
            #5 clk = 1'b0;
        end
        for (tb_cycle = 0; tb_cycle < tb_cycles; tb_cycle = tb_cycle + 1) begin
            {rst, write, write_bank, write_address, write_data, write_fail, map_write, map_address, map_rows, map_filter, map_chunk, valid, planes_0, planes_1, planes_2, planes_3, upset_0, upset_1, upset_2, upset_3, clear} = tb_inputs[tb_cycle];
            tb_wanted = tb_expected[tb_cycle];
            #5;
            if (tb_found !== tb_wanted) begin
                if (tb_mismatches == 0) tb_report;
                tb_mismatches = tb_mismatches + 1;
            end
            clk = 1'b1;
            #5 clk = 1'b0;
        end
        if (tb_mismatches == 0) $display("PASS %0d cycles", tb_cycles);
        else begin
            $display("FAIL %0d mismatches", tb_mismatches);
            $fatal(0);
        end
        $finish;
    end

    // Without vectors nothing has passed.
    task tb_give_up;
        begin
            $display("FAIL: +inputs, +expected and +cycles (1 to %0d) are needed", MAX_CYCLES);
            $fatal(0);
            #1;
        end
    endtask

    // The first output that differs, by name.
    task tb_report;
        begin
            if (ready !== tb_wanted[277])
                $display("MISMATCH cycle %0d port ready expected %h actual %h",
                    tb_cycle, tb_wanted[277], ready);
            else if (done !== tb_wanted[276])
                $display("MISMATCH cycle %0d port done expected %h actual %h",
                    tb_cycle, tb_wanted[276], done);
            else if (sums_0 !== tb_wanted[275:256])
                $display("MISMATCH cycle %0d port sums_0 expected %h actual %h",
                    tb_cycle, tb_wanted[275:256], sums_0);
            else if (sums_1 !== tb_wanted[255:236])
                $display("MISMATCH cycle %0d port sums_1 expected %h actual %h",
                    tb_cycle, tb_wanted[255:236], sums_1);
            else if (sums_2 !== tb_wanted[235:216])
                $display("MISMATCH cycle %0d port sums_2 expected %h actual %h",
                    tb_cycle, tb_wanted[235:216], sums_2);
            else if (sums_3 !== tb_wanted[215:196])
                $display("MISMATCH cycle %0d port sums_3 expected %h actual %h",
                    tb_cycle, tb_wanted[215:196], sums_3);
            else if (sums_4 !== tb_wanted[195:176])
                $display("MISMATCH cycle %0d port sums_4 expected %h actual %h",
                    tb_cycle, tb_wanted[195:176], sums_4);
            else if (sums_5 !== tb_wanted[175:156])
                $display("MISMATCH cycle %0d port sums_5 expected %h actual %h",
                    tb_cycle, tb_wanted[175:156], sums_5);
            else if (sums_6 !== tb_wanted[155:136])
                $display("MISMATCH cycle %0d port sums_6 expected %h actual %h",
                    tb_cycle, tb_wanted[155:136], sums_6);
            else if (sums_7 !== tb_wanted[135:116])
                $display("MISMATCH cycle %0d port sums_7 expected %h actual %h",
                    tb_cycle, tb_wanted[135:116], sums_7);
            else if (sums_8 !== tb_wanted[115:96])
                $display("MISMATCH cycle %0d port sums_8 expected %h actual %h",
                    tb_cycle, tb_wanted[115:96], sums_8);
            else if (sums_9 !== tb_wanted[95:76])
                $display("MISMATCH cycle %0d port sums_9 expected %h actual %h",
                    tb_cycle, tb_wanted[95:76], sums_9);
            else if (cycles !== tb_wanted[75:44])
                $display("MISMATCH cycle %0d port cycles expected %h actual %h",
                    tb_cycle, tb_wanted[75:44], cycles);
            else if (senses !== tb_wanted[43:12])
                $display("MISMATCH cycle %0d port senses expected %h actual %h",
                    tb_cycle, tb_wanted[43:12], senses);
            else if (precharge !== tb_wanted[11:8])
                $display("MISMATCH cycle %0d port precharge expected %h actual %h",
                    tb_cycle, tb_wanted[11:8], precharge);
            else if (evaluate !== tb_wanted[7:4])
                $display("MISMATCH cycle %0d port evaluate expected %h actual %h",
                    tb_cycle, tb_wanted[7:4], evaluate);
            else if (latch !== tb_wanted[3:0])
                $display("MISMATCH cycle %0d port latch expected %h actual %h",
                    tb_cycle, tb_wanted[3:0], latch);
        end
    endtask
endmodule
