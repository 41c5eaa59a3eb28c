import CoSim

/// A plain Verilog test bench that replays vectors with `$readmemh` in any simulator: it drives every input, compares
/// every output before each clock edge, and prints one verdict line.
struct ReplayTestbench {
    let source: ModelSource

    init(_ source: ModelSource) { self.source = source }

    /// Name of the test bench's module.
    var name: String { "\(source.top)_tb" }

    private var inputs: [PortDescription] { source.ports.filter { $0.direction == .input && !$0.isClock } }
    private var outputs: [PortDescription] { source.ports.filter { $0.direction == .output } }
    private var inputBits: Int { inputs.reduce(0) { $0 + $1.width } }
    private var outputBits: Int { outputs.reduce(0) { $0 + $1.width } }

    /// The Verilog; vectors are named by `+inputs=`, `+expected=` and `+cycles=`.
    var text: String {
        """
        // Replays vectors on \(source.top) and compares every output in every cycle.
        //   +inputs=FILE    a line a cycle: the inputs side by side in hexadecimal, the first port leftmost
        //   +expected=FILE  a line a cycle: the outputs likewise
        //   +cycles=N       number of lines, at most MAX_CYCLES
        // Two cycles of reset come first. A line says "PASS n cycles", or "FAIL n mismatches" and the status is an error.
        `timescale 1ns / 1ns
        module \(name);
            parameter MAX_CYCLES = 65536;
            reg [8191:0] tb_inputs_file, tb_expected_file;
            integer tb_cycles, tb_cycle, tb_mismatches;
            reg [\(inputBits - 1):0] tb_inputs [0:MAX_CYCLES - 1];
            reg [\(outputBits - 1):0] tb_expected [0:MAX_CYCLES - 1];

            reg clk = 1'b0;
        \(declarations)
            wire [\(outputBits - 1):0] tb_found = {\(outputs.map(\.name).joined(separator: ", "))};
            reg [\(outputBits - 1):0] tb_wanted;

            \(source.top) dut (
        \(connections)
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
                \(bundle) = \(inputBits)'d0;
        \(reset)
                for (tb_cycle = 0; tb_cycle < tb_cycles; tb_cycle = tb_cycle + 1) begin
                    \(bundle) = tb_inputs[tb_cycle];
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
        \(comparisons)
                end
            endtask
        endmodule

        """
    }

    private var bundle: String { "{\(inputs.map(\.name).joined(separator: ", "))}" }

    private var reset: String {
        guard inputs.contains(where: { $0.name == "rst" }) else { return "        clk = 1'b0;" }
        return """
                    rst = 1'b1;
                    repeat (2) begin
                        #5 clk = 1'b1;
                        #5 clk = 1'b0;
                    end
            """
    }

    private var declarations: String {
        let lines =
            inputs.map { "    reg\(range($0)) \($0.name);" } + outputs.map { "    wire\(range($0)) \($0.name);" }
        return lines.joined(separator: "\n")
    }

    private var connections: String {
        source.ports.map { "        .\($0.name)(\($0.isClock ? "clk" : $0.name))" }.joined(separator: ",\n")
    }

    private var comparisons: String {
        var high = outputBits
        var lines: [String] = []
        for (index, port) in outputs.enumerated() {
            high -= port.width
            let slice = port.width == 1 ? "tb_wanted[\(high)]" : "tb_wanted[\(high + port.width - 1):\(high)]"
            lines.append(
                """
                            \(index == 0 ? "if" : "else if") (\(port.name) !== \(slice))
                                $display("MISMATCH cycle %0d port \(port.name) expected %h actual %h",
                                    tb_cycle, \(slice), \(port.name));
                """)
        }
        return lines.joined(separator: "\n")
    }

    private func range(_ port: PortDescription) -> String { port.width > 1 ? " [\(port.width - 1):0]" : "" }

    /// Records as the lines of a `$readmemh` file, ports side by side, the first leftmost.
    func hexLines(_ records: [UInt64], direction: PortDescription.Direction, cycles: Int) -> [UInt8] {
        let layout = RecordLayout(source.ports, direction)
        let bits = layout.slots.reduce(0) { $0 + $1.port.width }
        var text: [UInt8] = []
        text.reserveCapacity(cycles * (bits / 4 + 2))
        for cycle in 0..<cycles {
            var packed = [UInt64](repeating: 0, count: (bits + 63) / 64 + 1)
            var low = bits
            for slot in layout.slots {
                low -= slot.port.width
                for word in 0..<slot.port.recordWords {
                    let value = records[cycle * layout.words + slot.word + word]
                    let place = low + word * 64
                    packed[place / 64] |= value << UInt64(place % 64)
                    if place % 64 > 0, place / 64 + 1 < packed.count {
                        packed[place / 64 + 1] |= value >> UInt64(64 - place % 64)
                    }
                }
            }
            text.append(contentsOf: hexadecimal(packed, width: bits).utf8)
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// The records of the lines of a `$readmemh` file; nil when they are not `cycles` lines of the ports' width.
    func records(_ text: [UInt8], direction: PortDescription.Direction, cycles: Int) -> [UInt64]? {
        let layout = RecordLayout(source.ports, direction)
        let bits = layout.slots.reduce(0) { $0 + $1.port.width }
        let lines = text.split(separator: UInt8(ascii: "\n"))
        guard lines.count == cycles else { return nil }
        var records: [UInt64] = []
        records.reserveCapacity(cycles * layout.words)
        for line in lines {
            guard let packed = words(ofHex: line, width: bits) else { return nil }
            var low = bits
            for slot in layout.slots {
                low -= slot.port.width
                for word in 0..<slot.port.recordWords {
                    let place = low + word * 64
                    var value = packed[place / 64] >> UInt64(place % 64)
                    if place % 64 > 0 { value |= packed[place / 64 + 1] << UInt64(64 - place % 64) }
                    let used = min(64, slot.port.width - word * 64)
                    records.append(value & (UInt64.max >> UInt64(64 - used)))
                }
            }
        }
        return records
    }

    private func words(ofHex digits: ArraySlice<UInt8>, width: Int) -> [UInt64]? {
        guard digits.count == (width + 3) / 4 else { return nil }
        var words = [UInt64](repeating: 0, count: (width + 63) / 64 + 1)
        for (index, digit) in digits.reversed().enumerated() {
            guard let value = Character(UnicodeScalar(digit)).hexDigitValue else { return nil }
            words[index / 16] |= UInt64(value) << UInt64(index % 16 * 4)
        }
        return words
    }
}
