import CoSim
import Engine
import Foundation
import Testing
import Verification

/// Law: a design with one operator changed is found out, with cycle, port, both values and a wave file that shows it.
@Suite struct PlantedFaultTests {
    struct Fault {
        var design = "dot-product-engine"
        /// How the name of the file begins.
        var file: String
        var text: String
        /// What takes its place.
        var replacement: String
    }

    static let faults = [
        Fault(file: "and_accumulate", text: "previous + term", replacement: "previous | term"),
        Fault(file: "and_accumulate", text: "row & lanes_2", replacement: "row | lanes_2"),
        Fault(
            file: "and_accumulate", text: "weighed << counted_shift", replacement: "weighed >> counted_shift"),
        Fault(file: "sense_amplifier", text: "cells ^ upset", replacement: "cells | upset"),
        Fault(file: "sparse_skip_controller", text: "candidates & ~found", replacement: "candidates | found"),
        Fault(file: "bank_scheduler", text: "address + 8'd1", replacement: "address - 8'd1"),
        Fault(file: "activation_buffer", text: "fill_chunk + 4'd1", replacement: "fill_chunk - 4'd1"),
        Fault(file: "sub_array", text: "previous & write_fail", replacement: "previous ^ write_fail"),
        Fault(
            design: "fixed-point-scale", file: "fixed_point_scale", text: "raised = shifted + 33'd1",
            replacement: "raised = shifted"),
        Fault(
            design: "fixed-point-scale", file: "fixed_point_scale", text: "{rounded, 1'b0} - {32'd0, rounded[31]}",
            replacement: "{rounded, 1'b0}"),
        Fault(
            design: "fixed-point-scale", file: "fixed_point_scale", text: "shifts_twice = twice & shift[5]",
            replacement: "shifts_twice = twice"),
        Fault(design: "requantizer", file: "requantizer", text: "moved[32] | ", replacement: ""),
        Fault(
            design: "residual-adder", file: "residual_adder", text: "first_scale_scaled + second_scale_scaled",
            replacement: "first_scale_scaled - second_scale_scaled"),
        Fault(
            design: "residual-adder", file: "fixed_point_scale_29", text: "raised_again[32:1]",
            replacement: "shifted_again[32:1]"),
        Fault(
            design: "network-engine", file: "pixel_accumulate", text: "previous_2 + term_2",
            replacement: "previous_2 ^ term_2"),
        Fault(design: "network-engine", file: "row_list_controller", text: "rows & ~row", replacement: "rows | row"),
        Fault(design: "network-engine", file: "row_scheduler", text: "address + ", replacement: "address - "),
        Fault(
            design: "network-engine", file: "window_gatherer", text: "data | shifted_codes", replacement: "data ^ codes"
        ),
        Fault(design: "network-engine", file: "window_gatherer", text: "line + ", replacement: "line - "),
        Fault(
            design: "pooling-walker", file: "pooling_walker", text: "result_group + ", replacement: "result_group - "),
        Fault(design: "addition-walker", file: "addition_walker", text: "offset + ", replacement: "offset - "),
        Fault(
            design: "network-engine", file: "network_engine", text: "word_address + ", replacement: "word_address - "),
        Fault(
            design: "packet-receiver", file: "packet_receiver", text: "end_of_items <= depth_of_target",
            replacement: "end_of_items < depth_of_target"),
        Fault(
            design: "packet-receiver", file: "packet_receiver", text: "items_left - 11'd1",
            replacement: "items_left - 11'd2"),
        Fault(
            design: "result-streamer", file: "result_streamer", text: "group_address + {9'd0, words_of_pixel}",
            replacement: "group_address + 25'd1"),
        Fault(
            design: "accelerator", file: "accelerator.v", text: "start_is_pending & ~receiver_receiving",
            replacement: "start_is_pending"),
        Fault(
            design: "accelerator", file: "accelerator.v", text: "engine_layer - 4'd1", replacement: "engine_layer"),
        Fault(
            design: "accelerator", file: "accelerator.v", text: "start_order & ~is_busy", replacement: "start_order"),
        Fault(
            design: "accelerator", file: "accelerator_registers", text: "is_write_mapped ? 2'd0 : 2'd2",
            replacement: "2'd0"),
        Fault(
            design: "write-controller", file: "write_controller", text: "zeros = wrong & ~data",
            replacement: "zeros = wrong"),
        Fault(
            design: "write-controller", file: "write_controller", text: "retries_left - 2'd1",
            replacement: "retries_left"),
        Fault(
            design: "bank-writer", file: "bank_64_64_1_1_1_stt", text: "sense_amplifiers_ready & ~claim",
            replacement: "sense_amplifiers_ready"),
        Fault(design: "bank-writer", file: "sub_array", text: "mask & ~write_fail", replacement: "mask"),
        Fault(
            design: "dual-row-and", file: "sense_amplifier", text: "cells & second_cells",
            replacement: "cells | second_cells"),
        Fault(
            design: "dual-row-and", file: "bank_64_64_1_1_1_sot", text: "claim & starts_on_row", replacement: "claim"),
    ]

    @Test(arguments: 0..<faults.count)
    func aChangedOperatorIsFound(number: Int) throws {
        let fault = Self.faults[number]
        let pair = try #require(Catalog.design(named: fault.design))
        try expectFound(fault, number, in: pair)
    }

    private func expectFound<Pair: BlockPair>(_ fault: Fault, _ number: Int, in pair: Pair.Type) throws {
        _ = Scratch.folder
        let design = try CheckedDesign(pair, Pair.Hardware())
        var files = design.source.files
        let index = try #require(files.firstIndex { $0.name.hasPrefix(fault.file) })
        let text = String(decoding: files[index].text, as: UTF8.self)
        #expect(text.contains(fault.text), "the fault is to be planted in \(files[index].name)")
        files[index] = ModelSource.File(
            name: files[index].name, text: text.replacingOccurrences(of: fault.text, with: fault.replacement))
        var settings = CoSimulationSettings()
        settings.replacement = files
        if Pair.takesUpsetRate { settings.upsetRate = 1e-3 }
        settings.outputFolder = Scratch.folder + "/fault\(number)"
        let result = try design.check(settings)
        let mismatch = try #require(result.mismatch, "\(fault) was not found")
        #expect(mismatch.expected != mismatch.actual)
        let wave = try #require(result.wave)
        let waves = try String(contentsOfFile: wave, encoding: .utf8)
        #expect(waves.contains(mismatch.port), "the wave file has the port")
        #expect(waves.contains("#\(mismatch.cycle * 10 + 20)"), "the wave file reaches the cycle")
    }
}
