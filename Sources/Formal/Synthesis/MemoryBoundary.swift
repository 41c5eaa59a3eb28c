/// How memories stand in the timed netlist: a register of no setup time at each of their inputs, and one of no delay
/// at each of their outputs. So a path ends where it enters a memory, and another begins where it leaves one.
enum MemoryBoundary {
    static let libertyFile = "memory_boundary.lib"
    static let mapFile = "memory_boundary.v"
    /// Ending of the names of its cells; before it stand the memory, its port and the bit.
    static let pinSuffix = ".pin"

    /// The two cells, with the thresholds that OpenSTA wants of every library.
    static let liberty = """
        library (memory_boundary) {
          delay_model : table_lookup;
          time_unit : "1ns";
          voltage_unit : "1V";
          current_unit : "1uA";
          leakage_power_unit : "1nW";
          pulling_resistance_unit : "1kohm";
          capacitive_load_unit (1, pf);
          input_threshold_pct_rise : 50;
          input_threshold_pct_fall : 50;
          output_threshold_pct_rise : 50;
          output_threshold_pct_fall : 50;
          slew_lower_threshold_pct_rise : 20;
          slew_lower_threshold_pct_fall : 20;
          slew_upper_threshold_pct_rise : 80;
          slew_upper_threshold_pct_fall : 80;
          cell (memory_boundary_input) {
            area : 0;
            ff (IQ, IQN) { clocked_on : "CK"; next_state : "D"; }
            pin (CK) { direction : input; capacitance : 0; clock : true; }
            pin (D) {
              direction : input;
              capacitance : 0;
              timing () {
                related_pin : "CK";
                timing_type : setup_rising;
                rise_constraint (scalar) { values ("0"); }
                fall_constraint (scalar) { values ("0"); }
              }
            }
          }
          cell (memory_boundary_output) {
            area : 0;
            ff (IQ, IQN) { clocked_on : "CK"; next_state : "IQ"; }
            pin (CK) { direction : input; capacitance : 0; clock : true; }
            pin (Q) {
              direction : output;
              function : "IQ";
              timing () {
                related_pin : "CK";
                timing_type : rising_edge;
                cell_rise (scalar) { values ("0"); }
                cell_fall (scalar) { values ("0"); }
                rise_transition (scalar) { values ("0"); }
                fall_transition (scalar) { values ("0"); }
              }
            }
          }
        }

        """

    /// The map of yosys that puts them there. The cells at the inputs drive nothing, so they have to be kept by name.
    static let map = """
        (* techmap_celltype = "$mem_v2" *)
        module memory_boundary (
            RD_CLK, RD_EN, RD_ARST, RD_SRST, RD_ADDR, RD_DATA, WR_CLK, WR_EN, WR_ADDR, WR_DATA
        );
            parameter MEMID = "";
            parameter SIZE = 1, OFFSET = 0, ABITS = 1, WIDTH = 1, INIT = 1'bx;
            parameter RD_PORTS = 1, RD_CLK_ENABLE = 1'b0, RD_CLK_POLARITY = 1'b0;
            parameter RD_TRANSPARENCY_MASK = 1'b0, RD_COLLISION_X_MASK = 1'b0, RD_WIDE_CONTINUATION = 1'b0;
            parameter RD_CE_OVER_SRST = 1'b0, RD_ARST_VALUE = 1'b0, RD_SRST_VALUE = 1'b0, RD_INIT_VALUE = 1'b0;
            parameter WR_PORTS = 1, WR_CLK_ENABLE = 1'b1, WR_CLK_POLARITY = 1'b1;
            parameter WR_PRIORITY_MASK = 1'b0, WR_WIDE_CONTINUATION = 1'b0;
            input [RD_PORTS - 1:0] RD_CLK, RD_EN, RD_ARST, RD_SRST;
            input [RD_PORTS * ABITS - 1:0] RD_ADDR;
            output [RD_PORTS * WIDTH - 1:0] RD_DATA;
            input [WR_PORTS - 1:0] WR_CLK;
            input [WR_PORTS * WIDTH - 1:0] WR_EN, WR_DATA;
            input [WR_PORTS * ABITS - 1:0] WR_ADDR;
            genvar i;
            generate
                for (i = 0; i < RD_PORTS * WIDTH; i = i + 1) begin : read_data
                    memory_boundary_output pin (.CK(WR_CLK[0]), .Q(RD_DATA[i]));
                end
                for (i = 0; i < RD_PORTS * ABITS; i = i + 1) begin : read_address
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(RD_ADDR[i]));
                end
                for (i = 0; i < RD_PORTS; i = i + 1) begin : read_enable
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(RD_EN[i]));
                end
                for (i = 0; i < RD_PORTS; i = i + 1) begin : read_reset
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(RD_SRST[i]));
                end
                for (i = 0; i < RD_PORTS; i = i + 1) begin : asynchronous_read_reset
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(RD_ARST[i]));
                end
                for (i = 0; i < WR_PORTS * WIDTH; i = i + 1) begin : write_data
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(WR_DATA[i]));
                end
                for (i = 0; i < WR_PORTS * WIDTH; i = i + 1) begin : write_enable
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(WR_EN[i]));
                end
                for (i = 0; i < WR_PORTS * ABITS; i = i + 1) begin : write_address
                    (* keep *) memory_boundary_input pin (.CK(WR_CLK[0]), .D(WR_ADDR[i]));
                end
            endgenerate
        endmodule

        """
}
