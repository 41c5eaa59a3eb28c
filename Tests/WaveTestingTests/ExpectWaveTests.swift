import BitVectors
import Foundation
import HDL
import Simulation
import Testing
import WaveTesting

/// Law: a picture passes when it is its file to the letter; else both are shown line by line.
@Suite("Waves in tests")
struct ExpectWaveTests {
    enum Phase: HardwareEnum {
        case idle
        case count
        case done
    }

    struct Countdown: Module {
        struct Ports: SignalBundle {
            let start = Input()
            let isDone = Output()
            let left = Output(4)
        }
        func ports() -> Ports { Ports() }

        func build(_ m: Builder<Ports>) {
            let left = m.register("value", 4, reset: 0)
            m.stateMachine("phase", reset: Phase.idle) { phase, on in
                on.case(.idle) {
                    when(m.start) {
                        left.next(3)
                        phase.next(.count)
                    }
                }
                on.case(.count) {
                    left.next(left - 1)
                    when(left == 1) { phase.next(.done) }
                }
                on.case(.done) { phase.next(.idle) }
            }
            m.isDone.drive(left == 0)
            m.left.drive(left)
        }
    }

    private func countdown() throws -> Simulator {
        let simulator = try Simulator(
            elaborate(Countdown()), waves: .signals(["start", "phase", "left", "is_done"]))
        simulator.step()
        simulator.set("start", 1)
        simulator.step()
        simulator.set("start", 0)
        simulator.step(6)
        return simulator
    }

    @Test("a countdown draws bits as lines and words as boxes with the names of an enum")
    func picture() throws {
        try expectWave("countdown", try countdown().waves.text())
    }

    @Test("a narrow picture ends texts that do not fit with an ellipsis")
    func narrow() throws {
        try expectWave(
            "countdown_narrow", try countdown().waves.text(["phase", "left"], cycles: 1..<6, columnWidth: 3))
    }

    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("waves-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test("a picture without a file says how to accept it")
    func missing() throws {
        try withFolder { folder in
            let expected =
                "wave 'a' has no file yet; 'scripts/accept-waves' accepts it:\none\n"
            #expect { try expectWave("a", "one\n", in: folder, isAccepting: false) } throws: { "\($0)" == expected }
        }
    }

    @Test("a changed picture shows both, and passes once it is accepted")
    func changed() throws {
        try withFolder { folder in
            try expectWave("a", "one\ntwo\n", in: folder, isAccepting: true)
            try expectWave("a", "one\ntwo\n", in: folder, isAccepting: false)
            let expected = """
                wave 'a' has changed (- expected, + found); 'scripts/accept-waves' accepts it:
                  one
                - two
                + three
                """
            #expect { try expectWave("a", "one\nthree\n", in: folder, isAccepting: false) } throws: {
                "\($0)" == expected
            }
            try expectWave("a", "one\nthree\n", in: folder, isAccepting: true)
            try expectWave("a", "one\nthree\n", in: folder, isAccepting: false)
        }
    }
}
