import Configuration
import Devices
import Foundation
import Spintronics
import Testing

/// Law: a device file is read whole or refused with one line that says where and why.
struct DeviceFileTests {
    private static let good = """
        name = "mine"
        kind = "stt"
        summary = "Mine."
        diameter_m = { value = 40e-9, source = "a" }
        thickness_m = { value = 1.3e-9, source = "b" }
        ms_a_per_m = { value = 1100000, source = "c" }
        damping = { value = 0.02, source = "d" }
        polarization = { value = 0.6, source = "e" }
        delta = { value = 50, source = "f" }
        temperature_k = { value = 300, source = "g" }
        """

    private func complaint(replacing old: String, with new: String) -> String? {
        let text = Self.good.replacingOccurrences(of: old, with: new)
        #expect(text != Self.good, "'\(old)' stands in the file")
        do {
            _ = try DeviceFile.parse(text, named: "mine.toml")
            return nil
        } catch {
            return error.description
        }
    }

    @Test func valuesAndSourcesAreRead() throws {
        let device = try DeviceFile.parse(Self.good, named: "mine.toml")
        #expect(device.name == "mine" && device.kind == .stt && device.summary == "Mine.")
        #expect(device.values[.saturation] == .init(1.1e6, source: "c"))
        #expect(device.values.count == 7)
    }

    @Test(
        arguments: [
            (
                "kind = \"stt\"", "kind = \"spt\"",
                "mine.toml:2:8: kind: found 'spt', allowed stt, sot, sot-stt, nand-spin"
            ),
            (
                "damping", "dampning",
                "mine.toml:7:1: found key 'dampning', allowed name, kind, summary and the parameters that 'hwgen device "
                    + "list --parameters' shows; did you mean 'damping'?"
            ),
            (
                "delta = { value = 50, source = \"f\" }", "delta = 50",
                "mine.toml:9:9: delta: found '50', allowed { value = NUMBER, source = \"TEXT\" }"
            ),
            (
                "value = 40e-9", "value = \"40 nm\"",
                "mine.toml:4:24: diameter_m.value: found '\"40 nm\"', allowed a number in m, without its unit"
            ),
            (
                "value = 50", "value = nan",
                "mine.toml:9:19: delta.value: found 'nan', allowed a number"
            ),
            (
                "source = \"a\"", "source = 5",
                "mine.toml:4:40: diameter_m.source: found '5', allowed a text that says where the value comes from"
            ),
            (
                "source = \"a\"", "unit = \"nm\"",
                "mine.toml:4:31: found key 'diameter_m.unit', allowed value and source"
            ),
            (", source = \"a\"", "", "mine.toml: found no diameter_m.source, which every device file has"),
            ("name = \"mine\"", "", "mine.toml: found no name, which every device file has"),
            (
                "value = 0.02", "value = -0.02",
                "mine.toml: device 'mine': damping: found -0.02, allowed 0.0001 to 1.0"
            ),
            (
                "value = 40e-9", "value = 40",
                "mine.toml: device 'mine': diameter_m: found 40.0, allowed 1e-09 to 1e-06 m"
            ),
            (
                "damping = { value = 0.02, source = \"d\" }", "",
                "mine.toml: device 'mine': damping is absent, needed: devices of kind 'stt' have it"
            ),
            (
                "delta = { value = 50, source = \"f\" }", "",
                "mine.toml: device 'mine': delta is absent, needed: it or anisotropy_field_a_per_m"
            ),
            (
                "polarization = { value = 0.6, source = \"e\" }", "",
                "mine.toml: device 'mine': polarization is absent, needed: it or tmr, from which it follows"
            ),
            (
                "polarization = { value = 0.6, source = \"e\" }", "tmr = { value = 1, source = \"e\" }",
                "mine.toml: device 'mine': resistance_area_ohm_m2 is absent, needed: a device with tmr has it"
            ),
            (
                "polarization = {", "spin_hall_angle = { value = 0.3, source = \"h\" }\npolarization = {",
                "mine.toml: device 'mine': found spin_hall_angle, which devices of kind 'stt' do not have"
            ),
            (
                "polarization = {", "anisotropy_field_a_per_m = { value = 2e5, source = \"h\" }\npolarization = {",
                "mine.toml: device 'mine': found delta 50 and an anisotropy_field_a_per_m that makes it 54.519, allowed: "
                    + "one of the two, or both within 1 %"
            ),
            (
                "polarization = {", "curie_temperature_k = { value = 250, source = \"h\" }\npolarization = {",
                "mine.toml: device 'mine': found 300 K, allowed: below the Curie temperature of 250 K"
            ),
            (
                "polarization = {",
                "reference_temperature_k = { value = 200, source = \"h\" }\n"
                    + "anisotropy_slope_a_per_m_k = { value = -3000, source = \"h\" }\npolarization = {",
                "mine.toml: device 'mine': at 300 K its anisotropy is no longer perpendicular, allowed: temperatures at "
                    + "which the anisotropy field is above zero"
            ),
        ])
    func badFilesAreRefused(old: String, new: String, expected: String) {
        #expect(complaint(replacing: old, with: new) == expected)
    }

    @Test func absentFileIsNamed() {
        #expect(throws: DeviceFileError.file(.notReadable(file: "/none.toml", reason: "No such file or directory"))) {
            try DeviceFile.read("/none.toml")
        }
    }

    /// Setting either description of the anisotropy replaces the other.
    @Test func settingOneAnisotropyDropsTheOther() throws {
        let device = try DeviceFile.parse(Self.good, named: "mine.toml")
        let byField = try device.setting(.anisotropyField, to: 1e5)
        #expect(byField[.thermalStability] == nil)
        #expect(try byField.junction().layer.anisotropyFieldAmperesPerMeter == 1e5)
        let back = try byField.setting(.thermalStability, to: 40)
        #expect(try abs(back.junction().layer.thermalStability - 40) < 1e-12)
    }
}
