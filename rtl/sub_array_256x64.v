module sub_array_256x64 (
    input wire clk,
    input wire write,
    input wire [7:0] write_address,
    input wire [63:0] write_data,
    input wire [63:0] write_fail,
    input wire [7:0] address,
    output wire [63:0] cells
);
    reg [63:0] junctions [0:255];
    integer junctions_word;

    initial begin
        for (junctions_word = 0; junctions_word < 256; junctions_word = junctions_word + 1)
            junctions[junctions_word] = 64'd0;
    end

    wire [63:0] previous = junctions[write_address];
    wire [63:0] stored = (write_data & ~write_fail) | (previous & write_fail);
    wire [63:0] _cells_0 = junctions[address];
    assign cells = _cells_0;

    always @(posedge clk) begin
        if (write) begin
            junctions[write_address] <= stored;
        end
    end
endmodule
