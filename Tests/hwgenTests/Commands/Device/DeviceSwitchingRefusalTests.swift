import Foundation
import Testing

/// Law: `hwgen device switching` answers a question that makes no sense, or that its method cannot answer, with status 2
/// and one line that says what was found and what is allowed.
@Suite struct DeviceSwitchingRefusalTests {
    private static let question = ["--overdrive", "2", "--pulse", "3e-9"]

    private func failure(_ arguments: [String]) throws -> String {
        try Executable.failure(["device", "switching"] + arguments, status: 2)
    }

    private func failure(reference arguments: [String]) throws -> String {
        try failure(["--device", "reference-stt"] + arguments)
    }

    @Test func unknownDevice() throws {
        #expect(
            try failure(["--device", "reference-st"] + Self.question)
                == "--device: found 'reference-st', allowed reference-stt, reference-sot, spinlib-stt, "
                + "spinlib-stt-manual, spinlib-sot, retention-stt, nand-spin-8, or a file with the ending .toml; did you "
                + "mean 'reference-stt'?")
    }

    @Test(arguments: [
        (
            "dela=50",
            "--set: found parameter 'dela', allowed those that 'hwgen device list --parameters' shows; did you mean "
                + "'delta'?"
        ),
        (
            "q=1", "--set: found parameter 'q', allowed those that 'hwgen device list --parameters' shows"
        ),
        ("delta=fifty", "--set: delta: found 'fifty', allowed a number"),
        ("delta=inf", "--set: delta: found 'inf', allowed a number"),
        ("diameter_m=40nm", "--set: diameter_m: found '40nm', allowed a number in m, without its unit"),
        ("delta=-5", "device 'reference-stt': delta: found -5.0, allowed 1.0 to 500.0"),
        ("damping=0", "device 'reference-stt': damping: found 0.0, allowed 0.0001 to 1.0"),
        ("temperature_k=-273", "device 'reference-stt': temperature_k: found -273.0, allowed 1.0 to 1000.0 K"),
        (
            "spin_hall_angle=0.3",
            "device 'reference-stt': found spin_hall_angle, which devices of kind 'stt' do not have"
        ),
        ("tmr=1", "device 'reference-stt': resistance_area_ohm_m2 is absent, needed: a device with tmr has it"),
        (
            "curie_temperature_k=250",
            "device 'reference-stt': found 300 K, allowed: below the Curie temperature of 250 K"
        ),
    ])
    func parametersThatCannotBe(setting: String, message: String) throws {
        #expect(try failure(reference: Self.question + ["--set", setting]) == message)
    }

    @Test func hotterThanALawOfTheDevice() throws {
        #expect(
            try failure(["--device", "spinlib-stt", "--set", "temperature_k=800"] + Self.question)
                == "device 'spinlib-stt': at 800 K its anisotropy is no longer perpendicular, allowed: temperatures at "
                + "which the anisotropy field is above zero")
        #expect(
            try failure(
                ["--device", "retention-stt", "--set", "polarization_decay_per_k15=2e-4"] + Self.question)
                == "device 'retention-stt': at 300 K its electrodes are no longer polarised, allowed: temperatures at "
                + "which polarization_decay_per_k15 times T^1.5 is below 1")
    }

    @Test(arguments: [
        (["--overdrive=-1", "--pulse", "3e-9"], "--overdrive: found '-1', allowed 0 to 1000"),
        (["--overdrive", "1001", "--pulse", "3e-9"], "--overdrive: found '1001', allowed 0 to 1000"),
        (["--overdrive", "2", "--pulse=-1e-9"], "--pulse: found '-1e-9', allowed 0 to 0.001"),
        (["--overdrive", "2", "--pulse", "3ns"], "--pulse: found '3ns', allowed a number 0 to 0.001"),
        (["--pulse", "3e-9"], "'hwgen device switching' needs --overdrive: current over the critical current"),
        (["--overdrive", "2"], "'hwgen device switching' needs --pulse: width of the pulse at half its amplitude"),
        (question + ["--rise=-1"], "--rise: found '-1', allowed 0 to 0.001"),
        (question + ["--relax=-1"], "--relax: found '-1', allowed 0 to 0.001"),
        (
            question + ["--rise", "4e-9", "--fall", "4e-9"],
            "pulse: found 3e-09, allowed half of rise and fall together, 4e-09 s, or more"
        ),
        (question + ["--method", "fpp"], "--method: found 'fpp', allowed one of fp, llg, closed; did you mean 'fp'?"),
        (question + ["--direction", "up"], "--direction: found 'up', allowed one of p-to-ap, ap-to-p"),
        (
            question + ["--method", "llg", "--trials", "0"],
            "--trials: found '0', allowed 1 to 1073741824"
        ),
    ])
    func questionsThatMakeNoSense(arguments: [String], message: String) throws {
        #expect(try failure(reference: arguments) == message)
    }

    @Test func deviceIsNeeded() throws {
        #expect(
            try failure(Self.question)
                == "'hwgen device switching' needs --device: a device of 'hwgen device list', or a device file")
    }

    @Test(arguments: [
        (
            ["--overdrive", "1.5", "--pulse", "3e-9"],
            "closed form: found overdrive 1.5, allowed 0.0 to 0.4 and 2.0 to 20.0; the method 'fp' holds everywhere"
        ),
        (
            ["--overdrive", "0.3", "--pulse", "0"],
            "closed form: pulse over the relaxation time, at overdrives below 1: found 0.0, allowed 5.0 or more"
        ),
        (
            question + ["--set", "delta=25"],
            "closed form: thermal stability: found 25.0, allowed 30.0 to 100.0"
        ),
        (question + ["--rise", "1e-9"], "closed form: rise: found 1e-09, allowed 0"),
        (question + ["--fall", "1e-9"], "closed form: fall: found 1e-09, allowed 0"),
        (question + ["--relax", "1e-9"], "closed form: relaxation: found 1e-09, allowed 0"),
        (
            question + ["--set", "slonczewski_lambda=1.5"],
            "closed form: slonczewski_lambda: found 1.5, allowed 1"
        ),
    ])
    func closedFormWhereItDoesNotHold(arguments: [String], message: String) throws {
        #expect(try failure(reference: arguments + ["--method", "closed"]) == message)
    }

    @Test(arguments: [("fp", "fp"), ("closed", "closed")])
    func spinOrbitTorqueNeedsMonteCarlo(method: String, named: String) throws {
        #expect(
            try failure(["--device", "reference-sot", "--method", method] + Self.question)
                == "device 'reference-sot': found method '\(named)', allowed 'llg' for devices of kind 'sot', which are "
                + "not symmetric about their axis")
    }

    @Test(arguments: ["fp", "closed"])
    func fieldAcrossTheAxisNeedsMonteCarlo(method: String) throws {
        #expect(
            try failure(
                ["--device", "nand-spin-8", "--set", "in_plane_field_over_hk=0.1", "--method", method] + Self.question)
                == "methods fp and closed: in_plane_field_over_hk: found 0.1, allowed 0; method 'llg' takes any")
    }

    @Test func monteCarloWhereItDoesNotHold() throws {
        #expect(
            try failure(reference: Self.question + ["--method", "llg", "--set", "slonczewski_lambda=1.2"])
                == "method llg: slonczewski_lambda: found 1.2, allowed 1")
        #expect(
            try failure(reference: Self.question + ["--method", "llg", "--step", "5e-12"])
                == "time step is 5.0 ps; allowed is up to 2.882 ps for this layer and these drives")
    }

    @Test(arguments: [
        (["--trials", "10"], "--trials"), (["--step", "1e-12"], "--step"), (["--noise", "gaussian"], "--noise"),
        (["--precision", "double"], "--precision"), (["--assist", "0.1"], "--assist"),
    ])
    func optionsOfMonteCarloAloneAreNotIgnored(option: [String], name: String) throws {
        #expect(try failure(reference: Self.question + option) == "\(name): has no use with --method fp")
    }

    @Test func assistNeedsAStripAndAJunction() throws {
        let assist = Self.question + ["--method", "llg", "--assist", "0.1"]
        #expect(try failure(reference: assist) == "--assist: has no use with devices of kind 'stt'")
        #expect(
            try failure(["--device", "reference-sot"] + assist) == "--assist: has no use with devices of kind 'sot'")
    }

    @Test func deviceFileThatCannotBeRead() throws {
        #expect(
            try failure(["--device", "nowhere/mine.toml"] + Self.question)
                == "nowhere/mine.toml: cannot be read: No such file or directory")
        let file = "\(Executable.scratch)/unit.toml"
        let printed = try Executable.run(["device", "list", "--toml", "reference-stt"]).output
        try printed.replacingOccurrences(of: "value = 40e-9", with: "value = \"40 nm\"")
            .write(toFile: file, atomically: true, encoding: .utf8)
        #expect(
            try failure(["--device", file] + Self.question)
                == "\(file):4:24: diameter_m.value: found '\"40 nm\"', allowed a number in m, without its unit")
    }
}
