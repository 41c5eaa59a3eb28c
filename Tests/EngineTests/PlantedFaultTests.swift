import CoSim
import Engine
import Foundation
import Testing
import Verification

/// Law: a design with one operator changed is found out, with cycle, port, both values and a wave file that shows it.
@Suite struct PlantedFaultTests {
    /// File, text, what takes its place.
    static let faults: [(file: String, text: String, fault: String)] = [
        ("and_accumulate", "previous + term", "previous | term"),
        ("and_accumulate", "row & lanes_2", "row | lanes_2"),
        ("and_accumulate", "weighed << counted_shift", "weighed >> counted_shift"),
        ("sense_amplifier", "cells ^ upset", "cells | upset"),
        ("sparse_skip_controller", "candidates & ~found", "candidates | found"),
        ("bank_scheduler", "address + 8'd1", "address - 8'd1"),
        ("activation_buffer", "fill_chunk + 4'd1", "fill_chunk - 4'd1"),
        ("sub_array", "previous & write_fail", "previous ^ write_fail"),
    ]

    @Test(arguments: 0..<faults.count)
    func aChangedOperatorIsFound(number: Int) throws {
        _ = Scratch.folder
        let fault = Self.faults[number]
        let design = try CheckedDesign(DotProductEnginePair.self, Engine.DotProductEngine())
        var files = design.source.files
        let index = try #require(files.firstIndex { $0.name.hasPrefix(fault.file) })
        let text = String(decoding: files[index].text, as: UTF8.self)
        #expect(text.contains(fault.text), "the fault is to be planted in \(files[index].name)")
        files[index] = ModelSource.File(
            name: files[index].name, text: text.replacingOccurrences(of: fault.text, with: fault.fault))
        var settings = CoSimulationSettings()
        settings.replacement = files
        settings.upsetRate = 1e-3
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
