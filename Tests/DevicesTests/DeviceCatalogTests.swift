import Devices
import Spintronics
import Testing

/// Law: what follows from a device's parameters is what its sources publish.
struct DeviceCatalogTests {
    private func junction(_ name: String) throws -> Junction {
        try #require(try DeviceCatalog.device(name)).junction()
    }

    @Test func everyDeviceCanBe() throws {
        #expect(DeviceCatalog.names.count == Set(DeviceCatalog.names).count)
        for name in DeviceCatalog.names {
            let device = try #require(try DeviceCatalog.device(name))
            #expect(device.name == name)
        }
        #expect(try DeviceCatalog.device("none") == nil)
    }

    @Test func referenceDerivesWhatItsTablesState() throws {
        let reference = try junction("reference-stt")
        #expect(abs(reference.layer.anisotropyFieldAmperesPerMeter / 1.8342e5 - 1) < 1e-4)
        #expect(abs(reference.layer.relaxationPerSecond / 8.114e8 - 1) < 1e-4)
        #expect(abs(reference.layer.attemptSeconds / 0.309e-9 - 1) < 1e-3)
        #expect(abs(try #require(reference.criticalCurrentAmperes) / 41.95e-6 - 1) < 1e-4)
    }

    /// Thermal stability, critical current, parallel resistance and relaxation time at 300 K, to the digits published.
    @Test(
        arguments: [
            ("spinlib-stt", 35.5, 53.9e-6, 3.98e3, 1.47e-9),
            ("spinlib-stt-manual", 43.0, 59.4e-6, 3.98e3, 1.31e-9),
        ])
    func spinlibDerivesWhatIsPublished(
        name: String, stability: Double, current: Double, ohms: Double, relaxation: Double
    ) throws {
        let found = try junction(name)
        #expect(abs(found.layer.thermalStability - stability) < 0.05)
        #expect(abs(try #require(found.criticalCurrentAmperes) - current) < 0.06e-6)
        #expect(abs(try #require(found.resistance).parallelOhms - ohms) < 5)
        #expect(abs(1 / found.layer.relaxationPerSecond - relaxation) < 0.005e-9)
    }

    @Test func spinlibFollowsItsLawsOfTemperature() throws {
        let hot = try #require(try DeviceCatalog.device("spinlib-stt")).setting(.temperature, to: 400).junction().layer
        let zero = 1.2572e6 / 0.861362
        #expect(abs(hot.saturationAmperesPerMeter / (zero * (1 - 0.213442)) - 1) < 1e-4)
        #expect(abs(hot.anisotropyFieldAmperesPerMeter - (1.14034e5 - 238.73 * 100)) < 1)
    }

    @Test func stringOfSOTJunctionsDerivesWhatIsPublished() throws {
        let found = try junction("spinlib-sot")
        #expect(abs(found.layer.thermalStability - 9.4) < 0.05)
        #expect(abs(try #require(found.strip?.resistanceOhms) - 1000) < 1e-6)
        #expect(abs(try #require(found.resistance).parallelOhms - 7.96e3) < 5)
    }

    /// What an engineer expects of every device: hotter is weaker, and the nominal temperature changes nothing.
    @Test func storageGradeDeviceWeakensWithHeat() throws {
        let device = try #require(try DeviceCatalog.device("retention-stt"))
        var last = Double.infinity
        for celsius in [-40.0, 25, 85, 125] {
            let found = try device.setting(.temperature, to: celsius + 273.15).junction()
            #expect(found.layer.thermalStability < last)
            last = found.layer.thermalStability
        }
        #expect(try abs(device.setting(.temperature, to: 300).junction().layer.thermalStability - 60) < 1e-9)
    }
}
